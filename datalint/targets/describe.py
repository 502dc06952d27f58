"""A target in words."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import Any, Final

from datalint.config.values import json_ready
from datalint.support.numbers import percent
from datalint.targets.spec import Format, Target

#: Columns of the text.
WIDTH: Final = 80
_VERBS: Final = {
    "rejects": "rejects a row with",
    "drops": "drops a row in silence with",
    "truncates": "truncates a row with",
    "alters": "reads a row otherwise with",
}
_FORMS: Final = {"string": "JSON text", "object": "an object", "either": "JSON text or an object", "none": "not read"}


def to_dict(target: Target) -> dict[str, Any]:
    """Return everything that is known of a target as plain data, with the keys of target files."""
    return {"name": target.name, **json_ready(target)}


def describe(target: Target) -> Iterator[str]:
    """Yield the lines that describe a target."""
    yield from _wrapped(f"{target.name}: {target.title} ({target.kind}), as of {target.date.isoformat()}")
    if target.status:
        yield from _wrapped(target.status[:1].upper() + target.status[1:])
    yield from _section("formats", map(_format, target.formats))
    yield from _section("limits", described_limits(target))
    yield ""
    yield from _wrapped(f"tool arguments: {_FORMS[target.arguments]}. {target.arguments_says}")
    for outcome, verb in _VERBS.items():
        yield from _section(verb, (check.says for check in target.checks if check.outcome == outcome))
    if target.mixed == "refuses":
        yield from ("", "rows of several formats in a file: it refuses the file")
    if target.other_keys != "ignores":
        yield from ("", f"other keys of a row: {target.other_keys} the row")
    ignored = (f"{each.key}{' of a turn' if each.within == 'message' else ''}: {each.says}" for each in target.ignores)
    yield from _section("ignores", ignored)
    yield from _section("also, in silence", target.silent)
    yield from _section("sources", target.sources)


def described_limits(target: Target) -> Iterator[str]:
    """Yield the limits of a target in words."""
    limits = target.limits
    yield from _between("training rows", limits.min_rows, limits.max_rows)
    yield from _between("training and evaluation rows", limits.min_all_rows, None)
    if limits.advised_rows:
        yield f"training rows: {limits.advised_rows:,} or more are advised"
    if limits.max_bytes:
        yield f"training file: at most {limits.max_bytes:,} bytes"
    yield from _between("evaluation rows", limits.min_evaluation_rows, limits.max_evaluation_rows)
    if limits.max_evaluation_bytes:
        yield f"evaluation file: at most {limits.max_evaluation_bytes:,} bytes"
    if limits.max_evaluation_share:
        yield f"evaluation file: at most {percent(limits.max_evaluation_share)} of the training file"
    if limits.evaluation == "refused":
        yield "evaluation file: none"
    if limits.extensions:
        yield f"files: {', '.join(limits.extensions)}"
    length = target.length
    if length.tokens:
        where = f" (default of {length.option})" if length.option else ""
        rest = "" if length.unanswered == length.outcome else f", and {length.unanswered} one whose answers are cut off"
        yield f"tokens of a row: {length.tokens:,}{where}; it {length.outcome} a longer row{rest}"
    for name, tokens in length.models.items():
        yield f"tokens of a row for {name}: {tokens:,}"


def _between(what: str, least: int | None, most: int | None) -> Iterator[str]:
    if least is not None or most is not None:
        parts = [f"at least {least:,}"] if least is not None else []
        parts += [f"at most {most:,}"] if most is not None else []
        yield f"{what}: {', '.join(parts)}"


def _format(each: Format) -> str:
    optional = f", optional {', '.join(each.optional)}" if each.optional else ""
    shape = f" [{each.shape}, {each.kind}]" if each.shape else f" [{each.kind}]"
    return f"{each.name}: {', '.join(each.keys)}{optional}{shape}"


def _section(title: str, rows: Iterable[str]) -> Iterator[str]:
    lines = list(rows)
    if lines:
        yield from ("", f"{title}:")
    for line in lines:
        yield from _wrapped(line, "  ")


def _wrapped(text: str, indent: str = "") -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=f"{indent}  " if indent else "",
        break_long_words=False,
        break_on_hyphens=False,
    )
