"""What ``datalint init`` prints: how the data is read, as text or as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from datalint.core.kind import REQUESTS
from datalint.support.numbers import counted

if TYPE_CHECKING:
    from datalint.core.kind import Kind
    from datalint.operations.init import Understanding

#: Characters of a line.
_WIDTH: Final = 80
#: Characters of a path that are shown at least.
_LEAST_PATH: Final = 20
#: Keys that a line names.
_KEYS: Final = 6
#: Shapes of a file that a line names.
_SHAPES: Final = 3
#: Characters of the labels of lines.
_LABEL: Final = 12
#: The shape of rows of numbers of tokens, of which no text is read.
_TOKEN_IDS: Final = "pretokenized"
#: What each kind of data is for.
_KINDS: Final = {
    "sft": "supervised fine-tuning",
    "preference": "preference tuning",
    "rl": "prompts for reinforcement learning",
    "text": "texts to continue",
    "evaluation": "an evaluation set",
}
#: What rows of some shapes are, unless they are an evaluation set.
_BY_SHAPE: Final = {"contrastive": "texts for embeddings", REQUESTS: "requests of a batch"}


def shown_path(path: Path) -> str:
    """Return a path as it may be shown."""
    from datalint.privacy.display import printable

    here = Path.cwd()
    return printable(str(path.relative_to(here) if path.is_relative_to(here) else path))


def show_reading(
    found: Sequence[Understanding],
    files: int,
    held: Sequence[str],
    nearby: str,
    kind_given: Kind | None,
    card: str,
) -> None:
    """Print how each file is read, and what is not."""
    from datalint.privacy.display import printable
    from datalint.report.inert import inert
    from datalint.report.summary import short_path

    for number, each in enumerate(found):
        amount = printable(f"  {_amount(each)}")
        path = short_path(each.path, max(_WIDTH - 1 - len(amount), _LEAST_PATH))
        click.echo(inert(f"{path}{amount}"))
        if each.rows_of:
            _line("row", each.rows_of)
        _line(
            "shape",
            f"{each.shape}{_others(each)}{_guessed(each)}"
            if each.rows
            else "none: no row could be read; datalint check says why",
        )
        if not number:  # the first file stands for the others, except for its shape
            for label, words in _details(each, held, nearby, kind_given, card):
                _line(label, words)
    if files > len(found):
        click.echo(f"and {files - len(found):,} more files")


def _line(label: str, words: str) -> None:
    from datalint.privacy.display import printable, shortened
    from datalint.report.inert import inert

    click.echo(inert(shortened(printable(f"  {label:<{_LABEL}}{words}"), _WIDTH - 1)))


def _details(
    each: Understanding, held: Sequence[str], nearby: str, kind_given: Kind | None, card: str
) -> Iterator[tuple[str, str]]:
    """Yield the lines on the keys of a file and what it is for, each as its label and words."""
    from datalint.privacy.display import excerpt

    for part, keys in each.keys.items():
        yield part, f"{_names(keys)}  {excerpt(each.examples.get(part, ''), _WIDTH)}"
    for key in _explained(each):
        yield "key", f"{key}  {excerpt(each.samples[key], _WIDTH)}"
    yield from _about(each)
    named = _BY_SHAPE.get(each.shape or "") if each.kind != "evaluation" else None
    kind = named or _KINDS[each.kind]
    because = f"by what {card} says" if card else "by its name or keys"
    yield "kind", kind if kind_given or each.kind != "evaluation" else f"{kind}, {because}"
    if held or each.kind != "evaluation":
        yield "evaluation", _names(held) if held else _without_evaluation(each, kind_given, nearby)


def _without_evaluation(each: Understanding, kind_given: Kind | None, nearby: str) -> str:
    """Return what to do if no evaluation set was found, or the data may be one by the names that a check looks at."""
    from datalint.verdict.evaluation_hint import has_weak_sign

    read = [key for part in each.keys.values() for key in part]
    keys = [*read, *each.samples, *each.metadata, *each.unread] if each.kind == "sft" else []
    if kind_given is None and has_weak_sign([each.path], keys):
        return f"this may be one itself: --kind evaluation, or --kind {each.kind}"
    if nearby:
        return f"{nearby} may be one: if it is, set eval to it"
    return "no file found next to it; set eval to a file, or to false"


def _amount(each: Understanding) -> str:
    rows = counted(each.rows, "row") if each.whole else f"the first {each.rows:,} rows"
    separator = each.table.delimiter
    written = f", separated by {'tab' if separator == chr(9) else separator}" if separator else ""
    return f"{each.container}{written}{', no header' if each.table.header is False else ''}, {rows}"


def _others(each: Understanding) -> str:
    """Return how many rows have the shape of most of them, and which others the rest have; empty for none."""
    if not each.others:
        return ""
    others = ", ".join(f"{name} in {count:,}" for name, count in islice(each.others.items(), _SHAPES))
    return f" in {each.rows - sum(each.others.values()):,} rows, {others}"


def is_unread(each: Understanding) -> bool:
    """Whether rows, or the other rows of a file, are not understood, and nothing is guessed."""
    guessed = each.guess is not None and each.guess.columns
    return each.shape != _TOKEN_IDS and not guessed and (not each.keys or each.shape == "unknown")


def _guessed(each: Understanding) -> str:
    if each.shape == _TOKEN_IDS:
        return ": token ids, which need no --columns"
    if each.guess is None or not each.guess.columns:
        said = ": say what their keys mean with --columns" if each.others else ": say what the keys mean with --columns"
        return said if is_unread(each) else ""
    words = each.guess.mapping.replace(",", ", ")
    from datalint.engine.guesses.columns import basis_of

    return f", guessed from the {basis_of(each.guess)}" if each.guess.clear else f"; perhaps {words}"


def _about(each: Understanding) -> Iterator[tuple[str, str]]:
    """Yield facts about a file other than its texts."""
    if each.samples:
        shown = _explained(each)
        if others := [key for key in each.samples if key not in shown]:
            yield "other keys", _names(others)
    else:
        if each.unread:
            yield "not read", _names(each.unread)
        if each.metadata:
            yield "metadata", _names(each.metadata)
    if each.category is not None and each.values:
        where = "" if each.whole else f" in the first {each.rows:,} rows"
        sorted_by = "; sorted by it?" if each.values == 1 and not each.whole else ""
        yield "category", f"{each.category}, {counted(each.values, 'value')}{where}{sorted_by}"
    else:
        yield "category", _possible(each.candidates)
    yield "review", each.review or "none found (such as reviewed): quality is not fully assessed"


def _possible(candidates: Sequence[str]) -> str:
    """Return how to name a category, with the keys that may be one."""
    if len(candidates) == 1:
        return f"none found; {candidates[0]} could be one: set balance.field to it"
    example = f", such as {candidates[0]}" if candidates else ""
    return f"none found; set balance.field to a key{example}"


def _explained(each: Understanding) -> list[str]:
    """Return the keys of which values are shown: those of an unclear guess, else the longest ones."""
    from datalint.engine.guesses.key_order import texts_first

    guessed = [key for key in each.guess.named if key in each.samples] if each.guess is not None else []
    return guessed or list(texts_first(list(each.samples), [each.samples])[:_KEYS])


def _names(keys: Sequence[str]) -> str:
    more = f" and {len(keys) - _KEYS} more" if len(keys) > _KEYS else ""
    return ", ".join(keys[:_KEYS]) + more


def reading_as_json(found: Sequence[Understanding], held: Sequence[str], text: str, target: Path | None) -> str:
    """Return how the data is read, and the configuration that was written, as JSON."""
    import orjson

    from datalint.privacy.display import printable, printable_lines
    from datalint.report.inert import inert_json

    files = [
        {
            "path": printable(each.path),
            "container": each.container,
            "rows": each.rows,
            "whole": each.whole,
            "shape": each.shape,
            "kind": each.kind,
            "keys": {part: [printable(key) for key in keys] for part, keys in each.keys.items()},
            "guess": None
            if each.guess is None or not each.guess.columns
            else {"option": each.guess.option, "clear": each.guess.clear},
            "category": None if each.category is None else printable(each.category),
            "review": None if each.review is None else printable(each.review),
            "metadata": [printable(key) for key in each.metadata],
            "unread": [printable(key) for key in each.unread],
        }
        for each in found
    ]
    written = None if target is None else shown_path(target)
    document = {
        "files": files,
        "evaluation": [printable(path) for path in held],
        "configuration": printable_lines(text),
        "written": written,
    }
    return inert_json(orjson.dumps(document, option=orjson.OPT_INDENT_2)).decode()
