"""``datalint init``: show how a dataset is read, and write a configuration for it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from datalint.cli.options import GroupedCommand, format_option, panel_option, reading_options
from datalint.cli.overwriting import Input, OutputPath, refuse_overwriting
from datalint.cli.trust_options import check_outputs, confine_option, confinement
from datalint.cli.values import RunOptions
from datalint.core.errors import DatalintError
from datalint.core.kind import REQUESTS
from datalint.support.numbers import counted

if TYPE_CHECKING:
    from datalint.cli.values import InputOptions
    from datalint.config.model import Settings
    from datalint.core.kind import Kind
    from datalint.operations.init import Understanding
    from datalint.sources import Source

NAME: Final = "datalint.toml"
#: Characters of a line, files that are shown, and keys that a line names.
_WIDTH: Final = 80
#: Characters of a path that are shown at least.
_LEAST_PATH: Final = 20
_FILES: Final = 3
_KEYS: Final = 6
#: Shapes of a file that a line names.
_SHAPES: Final = 3
_LABEL: Final = 12
_TOKEN_IDS: Final = "pretokenized"
_FILE: Final = "File"
_KINDS: Final = {
    "sft": "supervised fine-tuning",
    "preference": "preference tuning",
    "rl": "prompts for reinforcement learning",
    "text": "texts to continue",
    "evaluation": "an evaluation set",
}
#: What rows of some shapes are, unless they are an evaluation set.
_BY_SHAPE: Final = {"contrastive": "texts for embeddings", REQUESTS: "requests of a batch"}


@click.command(
    "init",
    cls=GroupedCommand,
    epilog="\b\nExamples:\n  datalint init train.jsonl\n  datalint init data/ --print\n"
    "  datalint init train.csv --columns prompt=Q,response=A --force\n",
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@reading_options
@panel_option("--print", "only_print", panel=_FILE, is_flag=True, help="Show the configuration, and write nothing.")
@panel_option("--force", panel=_FILE, is_flag=True, help="Overwrite an existing datalint.toml.")
@confine_option
@format_option("text", "json")
def command(paths: tuple[str, ...], only_print: bool, force: bool, output_format: str, **given: Any) -> None:
    """Show how a dataset is read, and write datalint.toml.

    The file has the inputs, and what was guessed or differs from the default, so that `datalint check` needs no
    options. It goes into the working folder if the inputs are below it, otherwise into their folder.
    """
    from datalint.cli.starting_file import starting_text
    from datalint.config.files import Disk
    from datalint.config.load import load_settings
    from datalint.core.registry import Registry
    from datalint.engine.guesses.held_out import are_held_out
    from datalint.operations.init import understand
    from datalint.privacy.display import printable_lines
    from datalint.report.inert import inert
    from datalint.setup.card_words import evaluation_card
    from datalint.setup.evaluation import found_inputs, locate
    from datalint.sources import open_sources
    from datalint.sources.find import local_files

    trust, options = RunOptions.of(given).trust, RunOptions.of(given).inputs
    given = {key: value for key, value in _given(options).items() if value is not None}
    settings = load_settings(registry=Registry.default(), isolated=True, overrides=given)
    target = _target(paths)
    if not only_print:
        _refuse(target, force=force)
        check_outputs(trust, [target])
        refuse_overwriting(
            [OutputPath(_shown(target), str(target))], (Input("input", str(p)) for p in local_files(paths))
        )
    sources = open_sources(
        list(paths),
        split=options.split,
        stdin_filename=options.stdin_filename,
        table=settings.table,
        confine=confinement(trust),
    )
    columns = {str(meaning): key for meaning, key in settings.columns.items()}
    held_out = are_held_out(sources, settings.kind)
    shown = sources[:_FILES]
    held = found_inputs(locate(settings, list(paths), options.split, sources), settings)
    card = "" if held else evaluation_card(settings, sources)
    found = [
        understand(each, columns, settings.category, held=held_out, kind=settings.kind, card=card) for each in shown
    ]
    if output_format == "text":
        # What the keys hold is shown before the question what they mean.
        nearby = "" if held else _proposed(replace(settings, files=Disk(confinement(trust))), sources)
        _show(found, len(sources), held, nearby, settings.kind, card)
    text = starting_text(_data(paths, target.parent), found, given, ask=not only_print and output_format == "text")
    lines = [*printable_lines(text).splitlines(), *([""] if only_print else [])]
    if output_format == "json":
        click.echo(_json(found, held, text, None if only_print else target))
    else:
        click.echo("\n".join(["", *map(inert, lines)]) if only_print else "")
    if only_print:
        return
    from datalint.cli.writing import write_atomically

    write_atomically(target, text.encode())
    if output_format == "text":
        for line in lines:
            click.echo(inert(f"  {line}"))
        # What was only guessed is a comment in it.
        edit = "edit [columns] in it, then " if "\n# [columns]\n" in text else ""
        why = ", which says why rows are not read" if not edit and any(map(_is_unread, found)) else ""
        click.echo(f"\nwrote {_shown(target)}; next: {edit}datalint check{why}")


def _given(options: InputOptions) -> dict[str, Any]:
    """Return what the options say, by key of the configuration."""
    return {
        "kind": options.kind,
        "columns": options.columns or None,
        "delimiter": options.delimiter,
        "quote": options.quote,
        "header": options.header,
    }


def _target(paths: Sequence[str]) -> Path:
    """Return where the configuration goes."""
    here = Path.cwd()
    first = paths[0]
    if first == "-" or "://" in first:
        return here / NAME
    place = Path(os.path.normpath(here / first))
    if place.is_relative_to(here):
        return here / NAME
    return (place if place.is_dir() else place.parent) / NAME


def _refuse(target: Path, *, force: bool) -> None:
    """Raise DatalintError where there is a configuration already."""
    from datalint.config.document import NAMES, read_document

    for name in NAMES:
        path = target.with_name(name)
        if not os.path.lexists(path) or (force and name == NAME):
            continue
        try:
            if name != NAME and read_document(path, name) is None:
                continue  # a pyproject.toml without a table for datalint
        except DatalintError:
            pass  # a broken one is a configuration as well
        hint = "--force overwrites it, and " if name == NAME else ""
        raise DatalintError(f"{_shown(path)} exists; {hint}--print shows what would be written")


def _shown(path: Path) -> str:
    from datalint.privacy.display import printable

    here = Path.cwd()
    return printable(str(path.relative_to(here) if path.is_relative_to(here) else path))


def _data(paths: Sequence[str], folder: Path) -> list[str]:
    """Return the inputs as a configuration in a folder names them; none for standard input."""
    here = Path.cwd()
    files = [path if "://" in path else Path(os.path.relpath(here / path, folder)).as_posix() for path in paths]
    return [] if "-" in paths else files


def _proposed(settings: Settings, sources: Sequence[Source]) -> str:
    """Return the file near the data that a check proposes as its evaluation set; empty for none."""
    from datalint.setup.possible_evaluation import undecided

    near = undecided(settings, sources)
    if near is None or near.versions or near.training:
        return ""
    return os.path.normpath(Path(sources[0].path).parent / near.path)


def _show(
    found: Sequence[Understanding],
    files: int,
    held: Sequence[str],
    nearby: str,
    kind_given: Kind | None,
    card: str,
) -> None:
    from datalint.privacy.display import excerpt, printable, shortened
    from datalint.report.inert import inert
    from datalint.report.summary import short_path

    def line(label: str, words: str) -> None:
        click.echo(inert(shortened(printable(f"  {label:<{_LABEL}}{words}"), _WIDTH - 1)))

    for number, each in enumerate(found):
        amount = printable(f"  {_amount(each)}")
        path = short_path(each.path, max(_WIDTH - 1 - len(amount), _LEAST_PATH))
        click.echo(inert(f"{path}{amount}"))
        line(
            "shape",
            f"{each.shape}{_others(each)}{_guessed(each)}"
            if each.rows
            else "none: no row could be read; datalint check says why",
        )
        if number:
            continue  # the first file stands for the others, except for its shape
        for part, keys in each.keys.items():
            line(part, f"{_names(keys)}  {excerpt(each.examples.get(part, ''), _WIDTH)}")
        for key in _explained(each):
            line("key", f"{key}  {excerpt(each.samples[key], _WIDTH)}")
        for label, words in _about(each):
            line(label, words)
        named = _BY_SHAPE.get(each.shape or "") if each.kind != "evaluation" else None
        kind = named or _KINDS[each.kind]
        because = f"by what {card} says" if card else "by its name or keys"
        line("kind", kind if kind_given or each.kind != "evaluation" else f"{kind}, {because}")
        if held or each.kind != "evaluation":
            line("evaluation", _names(held) if held else _without_evaluation(each, kind_given, nearby))
    if files > len(found):
        click.echo(f"and {files - len(found):,} more files")


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


def _is_unread(each: Understanding) -> bool:
    """Whether rows, or the other rows of a file, are not understood, and nothing is guessed."""
    guessed = each.guess is not None and each.guess.columns
    return each.shape != _TOKEN_IDS and not guessed and (not each.keys or each.shape == "unknown")


def _guessed(each: Understanding) -> str:
    if each.shape == _TOKEN_IDS:
        return ": token ids, which need no --columns"
    if each.guess is None or not each.guess.columns:
        said = ": say what their keys mean with --columns" if each.others else ": say what the keys mean with --columns"
        return said if _is_unread(each) else ""
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


def _json(found: Sequence[Understanding], held: Sequence[str], text: str, target: Path | None) -> str:
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
    written = None if target is None else _shown(target)
    document = {
        "files": files,
        "evaluation": [printable(path) for path in held],
        "configuration": printable_lines(text),
        "written": written,
    }
    return inert_json(orjson.dumps(document, option=orjson.OPT_INDENT_2)).decode()
