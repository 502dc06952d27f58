"""Changes of fixes, row by row, for a person to look at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import merge
from operator import itemgetter
from typing import TYPE_CHECKING, Any, TypeAlias

import polars as pl

from datalint.core.fix import Action, Steps
from datalint.core.rule import Rule
from datalint.fixes.decisions import NewLine
from datalint.fixes.new_lines import lost_lines, new_lines
from datalint.fixes.rows import row_texts
from datalint.sources.encoding import UTF8_BOM
from datalint.sources.json_truth.fast_path import reread
from datalint.sources.readers.json_lines.reader import JsonLines
from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    from datalint.fixes.result import Fixes
    from datalint.sources import Source

#: Rows that are read at a time.
_BLOCK = 1024
#: Bytes of a file that show what a byte-order mark stands before; many more than are shown, as a secret may be in them.
_FIRST_LINE = 1 << 16


class Value(NamedTuple):
    """A value that differs before and after; ``key`` is the new name of a renamed key."""

    path: Steps
    before: Any
    after: Any
    key: str | None = None


class Change(NamedTuple):
    """A row or line that is changed (``values``), written anew (``lines``) or removed (``reason``), or a file that is.

    ``text`` is the JSON text of a row that is removed, the bytes of a line without a row that is removed, or those of a
    line that is written anew: with the same values, as the ``lines``, also the first one of a file without its mark.
    Without ``text``, these are an example: a row of a file that is written in another encoding, or the first row of an
    array whose rows become lines.
    """

    file: str
    line: int | None
    row: int | None
    rules: tuple[Rule, ...]
    values: tuple[Value, ...] = ()
    reason: str = ""
    text: bytes = b""
    removed: bool = False
    lines: tuple[bytes, ...] = ()


#: A change after its file, by number, and line.
Placed: TypeAlias = tuple[tuple[int, int], Change]


def changes(fixes: Fixes) -> Iterator[Change]:
    """Yield every change: of files as a whole, then of rows and of lines without a row, in order."""
    rules = [active.rule for active in fixes.plan.rules]
    for file, layouts in sorted(fixes.layouts.items()):
        for action, why in layouts.items():
            # Each line of JSON Lines that is not JSON is shown by itself.
            if action is Action.JSON and isinstance(fixes.sources[file], JsonLines):
                continue
            text, lines = b"", _decoded(fixes, file) if action is Action.ENCODING else ()
            lines = _first_row(fixes, file) if action is Action.ONE_LINE else lines
            if action is Action.BYTE_ORDER_MARK and (line := _first_line(fixes.sources[file])):
                text, lines = UTF8_BOM + line, (line,)
            path = fixes.files[file].path
            yield Change(path, None, None, (rules[why.rule],), reason=why.reason, text=text, lines=lines)
    every = (_of_lines(fixes, rules), _of_new_lines(fixes, rules), _of_rows(fixes, rules))
    for _, change in merge(*every, key=itemgetter(0)):
        yield change


def _first_line(source: Source) -> bytes:
    """Return the beginning of the first line of a file after its byte-order mark; empty where there is none to see."""
    content = getattr(source, "content", None)
    data = b"" if content is None else content.read(0, min(_FIRST_LINE, content.size))
    return data.removeprefix(UTF8_BOM).split(b"\n")[0].rstrip(b"\r") if data.startswith(UTF8_BOM) else b""


def _decoded(fixes: Fixes, file: int) -> tuple[bytes, ...]:
    """Return the JSON text of the first row of a file with letters that its encoding is about, or of its first row.

    None where lines with such letters are shown one by one.
    """
    if any(True for _ in new_lines(fixes, file)):
        return ()
    rows = fixes.examples.filter(pl.col("file") == file).head(_BLOCK).select("file", "line", "row", "offset")
    texts = row_texts(fixes.sources, rows)
    return next(((text,) for text in texts if not text.isascii()), tuple(texts[:1]))


def _first_row(fixes: Fixes, file: int) -> tuple[bytes, ...]:
    """Return the JSON text of the first row of an array; none where lines that become rows are shown one by one."""
    if any(True for _ in new_lines(fixes, file)):
        return ()
    rows = fixes.examples.filter(pl.col("file") == file).head(1).select("file", "line", "row", "offset")
    return tuple(row_texts(fixes.sources, rows))


def _of_lines(fixes: Fixes, rules: Sequence[Rule]) -> Iterator[Placed]:
    for file in sorted({file for file, _ in fixes.lines}):
        path = fixes.files[file].path
        for line, text in lost_lines(fixes, file):
            why = fixes.lines[file, line]
            yield (file, line), Change(path, line, None, (rules[why.rule],), reason=why.reason, text=text, removed=True)


def _of_new_lines(fixes: Fixes, rules: Sequence[Rule]) -> Iterator[Placed]:
    for file in sorted(fixes.layouts):
        path = fixes.files[file].path
        for new in new_lines(fixes, file):
            its = tuple(rules[rule] for rule in _rules_of(fixes, file, new))
            yield (file, new.line), Change(path, new.line, new.row + 1, its, text=new.before, lines=new.after)


def _rules_of(fixes: Fixes, file: int, new: NewLine) -> Iterator[int]:
    """Yield the rule with a finding in a line that is written anew, or else in the file."""
    if (rule := fixes.new_lines.get((file, new.line))) is not None:
        yield rule
        return
    action = Action.ONE_LINE if b"\n" in new.before else Action.ENCODING
    if (why := fixes.layouts[file].get(action)) is not None:
        yield why.rule


def _of_rows(fixes: Fixes, rules: Sequence[Rule]) -> Iterator[Placed]:
    numbers = sorted({*fixes.repaired, *fixes.removed})
    for start in range(0, len(numbers), _BLOCK):
        block = numbers[start : start + _BLOCK]
        rows = fixes.examples[block].select("file", "line", "row", "offset")
        texts = row_texts(fixes.sources, rows)
        for number, text, (file, line, row, _) in zip(block, texts, rows.iter_rows(), strict=True):
            path, place = fixes.files[file].path, (file, line or 0)
            if (gone := fixes.removed.get(number)) is not None:
                rule = (rules[gone.rule],)
                shown = _line_of(text) if fixes.files[file].has_texts else text
                yield place, Change(path, line, row, rule, reason=gone.reason, text=shown, removed=True)
            else:
                each = fixes.repaired[number]
                values = tuple(differences(reread(text), reread(each.line)))
                yield place, Change(path, line, row, tuple(rules[rule] for rule in each.rules), values)


def _line_of(text: bytes) -> bytes:
    """Return the text of a row of a plain text, as it is in its file, for the JSON text of the row."""
    row = reread(text)
    said = row.get("text") if isinstance(row, dict) and len(row) == 1 else None
    return said.encode("utf-8", "surrogatepass") if isinstance(said, str) else text


def differences(before: Any, after: Any, path: Steps = ()) -> Iterator[Value]:
    """Yield the values that differ; keys are renamed where they stand, and lists keep their length."""
    if isinstance(before, dict) and isinstance(after, dict) and len(before) == len(after):
        for (old, one), (new, other) in zip(before.items(), after.items(), strict=True):
            if old != new:
                yield Value((*path, old), None, None, new)
            yield from differences(one, other, (*path, new))
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for index, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from differences(one, other, (*path, index))
    elif before != after or type(before) is not type(after):
        yield Value(path, before, after)
