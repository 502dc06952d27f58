"""Writes the elements of one JSON value: as JSON Lines, or as the array that they were read from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import orjson

from datalint.core.errors import DatalintError
from datalint.core.fix import Action
from datalint.fixes.decisions import Decisions, Lost, NewLine, Pieces
from datalint.fixes.json_spans import on_one_line
from datalint.fixes.repair import as_json, as_utf8
from datalint.privacy.display import printable
from datalint.sources.json_layout import WHITE
from datalint.sources.json_truth.raw_breaks import escape_controls
from datalint.sources.opening import line_of
from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    from datalint.fixes.state import Removed
    from datalint.sources.readers.documents.reader import Document


class _Element(NamedTuple):
    """The bytes of an element with the white space around it, its place, the line of its value, and its row, if any."""

    data: bytes
    start: int
    line: int
    row: int | None


def as_lines(decisions: Decisions, source: Document) -> Pieces:
    """Yield the rows as JSON Lines, and other JSON values as lines of their own; what is no JSON has no place there.

    Raises:
        DatalintError: if there are elements, and none that a row can be read from.
    """
    holds_any = not decisions.fixes.files[decisions.file].rows_refused
    for element in _elements(decisions, source):
        if element.row is not None:
            holds_any = True
            found = _changed(decisions, element.row, element.data)
            if found is element.data and source.nameless is not None:
                found = source.row_of(found.strip(WHITE), element.start)
            yield found if isinstance(found, Lost) else on_one_line(_as_json(decisions, as_utf8(found))) + b"\n"
        elif value := element.data.strip(WHITE):
            why = _reason(decisions, element)
            holds = why is None and source.nameless is None and _is_json(value)
            holds_any |= holds
            yield on_one_line(value) + b"\n" if holds else decisions.lost_line(element.line, why, value)
    if not holds_any:
        raise DatalintError(
            f"{printable(source.path)}: no row can be read from it, so there is nothing to write as JSON Lines; "
            "datalint check says why"
        )
    if source.tail >= 0:
        yield _tail(decisions, source)[1]


def as_array(decisions: Decisions, source: Document) -> Pieces:
    """Yield the file with the elements that stay, each with its bytes unless it was changed."""
    content = source.content
    if not len(source.starts):
        yield from content.blocks()
        return
    head = content.read(0, int(source.starts[0]))
    bare = not head.removeprefix(b"\xef\xbb\xbf").strip(WHITE)
    yield head.removeprefix(b"\xef\xbb\xbf") if Action.BYTE_ORDER_MARK in decisions.layouts else head
    if bare:
        yield b"["
    kept = b""
    end = b""
    count = 0
    removes_lines = any(file == decisions.file for file, _ in decisions.fixes.lines)
    for element in _elements(decisions, source):
        end = element.data[len(element.data.rstrip(WHITE)) :]
        found = _decided(decisions, element)
        if isinstance(found, Lost):
            yield found
        elif found is not None:
            if count:
                yield kept + b","
            kept = found
            count += 1
    # What stands before the end of the array still does if the last element is gone.
    yield kept.rstrip(WHITE) + end
    if bare:
        yield b"]\n"
    elif source.tail >= 0 and (lost := _tail(decisions, source))[0]:
        yield content.read(int(source.stops[-1]), source.tail)
        yield lost[1]
    elif not source.broken:
        yield content.read(int(source.stops[-1]), content.size)
    elif removes_lines:
        yield b"]\n"


def _decided(decisions: Decisions, element: _Element) -> bytes | Lost | None:
    """Return what becomes of an element: its bytes, a lost line, or None if it is left out."""
    if element.row is not None:
        found = _changed(decisions, element.row, element.data)
        return found if isinstance(found, Lost) else _written(decisions, found)
    value = element.data.strip(WHITE)
    if Action.JSON in decisions.layouts and not value:
        return None
    why = _reason(decisions, element)
    if why is None:
        return element.data
    return decisions.lost_line(element.line, why, value) if value else None


def new_elements(decisions: Decisions, source: Document) -> Iterator[NewLine]:
    """Yield the elements that :func:`as_array` writes anew though their values stay."""
    for element in _elements(decisions, source):
        if element.row is not None and not decisions.is_touched(element.row):
            before, after = element.data.strip(WHITE), _written(decisions, element.data).strip(WHITE)
            if before != after:
                yield NewLine(element.line, element.row, before, (after,))


def _written(decisions: Decisions, element: bytes) -> bytes:
    """Return the element of a row as JSON, and without line breaks in its texts, where rows are to be written so."""
    found = _as_json(decisions, element)
    return escape_controls(found) if Action.ONE_LINE in decisions.layouts else found


def _tail(decisions: Decisions, source: Document) -> tuple[bool, Lost]:
    """Return whether the text after the array is removed, and that text as removed."""
    data = source.content.read(source.tail, source.content.size)
    line = line_of(source.content, source.tail)
    why = decisions.reasons([line])[0]
    return why is not None, decisions.lost_line(line, why, data.strip(WHITE))


def _as_json(decisions: Decisions, element: bytes) -> bytes:
    """Return an element with its value as JSON, where rows are to be written so."""
    if Action.JSON not in decisions.layouts or (made := as_json(value := element.strip(WHITE))) is value:
        return element
    start = element.find(value)
    return element[:start] + made + element[start + len(value) :]


def _reason(decisions: Decisions, element: _Element) -> Removed | None:
    """Return why what is no row is removed; its problem may be on any of its lines."""
    lines = element.data.strip(WHITE).count(b"\n") + 1
    return decisions.reasons(range(element.line, element.line + lines))[0]


def _is_json(value: bytes) -> bool:
    """Whether a value that no row was read from is JSON, such as a list or a text."""
    try:
        orjson.loads(value)
    except orjson.JSONDecodeError:
        return False
    return True


def _changed(decisions: Decisions, row: int, data: bytes) -> bytes | Lost:
    """Return an element after its fixes."""
    if (why := decisions.removed(row)) is not None:
        return decisions.lost(row, why, data.strip(WHITE))
    if (line := decisions.repaired(row)) is None:
        return data
    value = data.strip(WHITE)
    start = data.find(value)
    return data[:start] + line + data[start + len(value) :]


def _elements(decisions: Decisions, source: Document) -> Iterator[_Element]:
    rows = {offset: row for row, offset in enumerate(decisions.rows["offset"].to_list())}
    line, done = 1, 0
    with source.content.open() as file:
        for start, stop in zip(source.starts.tolist(), source.stops.tolist(), strict=True):
            file.seek(done)
            line += file.read(start - done).count(b"\n")
            row = rows.get(start)
            if row is None and source.broken and start == int(source.starts[-1]):
                # What follows may be a part of it.
                stop = source.content.size
            file.seek(start)
            data = file.read(stop - start)
            margin = data[: len(data) - len(data.lstrip(WHITE))].count(b"\n")
            yield _Element(data, start, line + margin, row)
            line += data.count(b"\n")
            done = stop
