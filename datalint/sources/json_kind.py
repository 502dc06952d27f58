"""Distinguish JSON Lines, one array of rows, and one object of splits, by the first values of a text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import orjson

from datalint.records.record import Problem
from datalint.sources.base import Source
from datalint.sources.content import Content
from datalint.sources.data_files import LINES
from datalint.sources.json_layout import WHITE, Elements, elements
from datalint.sources.limits import MOST_ROW, over_limit
from datalint.sources.opening import Opening, first_text
from datalint.sources.readers.json_lines.ends import line_end
from datalint.sources.readers.json_lines.reader import WRONG_NAME, JsonLines

_PEEKED_LINES: Final = 20
#: Bytes at the end of a line that are looked at.
_TAIL: Final = 64


def open_json(opening: Opening, position: int, suffix: str, more: tuple[Problem, ...]) -> Source:
    """Return the source for a text of JSON whose first byte is at ``position``."""
    content = opening.content
    opener = content.read(position, position + 1)
    found = None
    if opener == b"[":
        found, first_end = _first_array(content, opening.start, position)
    else:
        first_end = line_end(content, position + 1)
    second = first_text(content, first_end)
    if found is not None and (second < 0 or not _is_value(content, position, first_end)):
        whole = found.end >= 0 and first_text(content, opening.start + found.end) < 0
        if whole or second < 0 or not _has_rows(content, second):
            if suffix in LINES:
                message = f"one JSON array in a {suffix} file (JSON Lines: one object a line)"
                more = (*more, Problem("json-array", message, 1))
            from datalint.sources.readers.documents.outline import open_array

            return open_array(opening, found, more)
    if opener == b"{" and second >= 0 and _is_element(content, position, first_end):
        from datalint.sources.readers.documents.outline import open_without_brackets

        unbracketed = open_without_brackets(opening)
        if unbracketed is not None:
            return unbracketed
    if opener == b"{" and suffix == ".json":
        if second < 0:
            return _object(opening)
        if _is_value(content, position, first_end):
            more = (*more, WRONG_NAME)
        elif _opens_list(content, first_end) or not _is_object(content, second, line_end(content, second + 1)):
            end = elements(content.blocks(position), 1).end
            if end >= 0 and first_text(content, position + end) < 0:
                return _object(opening)
    if opener == b"{" and second >= 0 and not _is_value(content, position, first_end):
        from datalint.sources.readers.documents.outline import open_joined

        joined = open_joined(opening)
        if joined is not None:
            return joined
    if opener in (b"[", b'"') and second >= 0:
        from datalint.sources.readers.bare_lines import open_bare_lines

        rows = open_bare_lines(opening, position)
        if rows is not None:
            return rows
    return open_lines(opening, *more)


def _first_array(content: Content, start: int, position: int) -> tuple[Elements, int]:
    """Return the elements of the array at ``position``, and the end of the line on which it begins.

    An array on one line, which may be the whole file, is read once for both.
    """
    done, newline = start, -1

    def blocks() -> Iterator[bytes]:
        nonlocal done, newline
        for block in content.blocks(start):
            if newline < 0 <= (here := block.find(b"\n", max(position - done, 0))):
                newline = done + here
            done += len(block)
            yield block

    found = elements(blocks(), 1)
    return found, line_end(content, done + 1) if newline < 0 else newline + 1


def _object(opening: Opening) -> Source:
    from datalint.sources.readers.documents.outline import open_object

    return open_object(opening)


def open_lines(opening: Opening, *more: Problem) -> Source:
    """Return the source for JSON Lines."""
    problems = (*opening.problems, *more)
    return JsonLines(
        opening.path, opening.content, opening.original, opening.start, "jsonl", problems, opening.chunk_bytes
    )


def _has_rows(content: Content, start: int) -> bool:
    """Return whether the lines after a bad first line are JSON Lines rather than the inside of a broken array."""
    rows = 0
    for _ in range(_PEEKED_LINES):
        end = line_end(content, start + 1)
        rows += _is_object(content, start, end)
        start = end
    return rows > 1


def _is_value(content: Content, start: int, stop: int) -> bool:
    """Return whether a range is one JSON value; one over the limits counts if it begins like a row."""
    data = content.read(start, min(stop, start + MOST_ROW + 1))
    if over_limit(data) is not None:
        return data.lstrip()[:1] in (b"{", b"[")
    try:
        orjson.loads(data)
    except orjson.JSONDecodeError:
        return False
    return True


def _is_element(content: Content, start: int, stop: int) -> bool:
    """Return whether a line is an object with a comma after it."""
    end = start + len(content.read(start, min(stop, start + MOST_ROW + 1)).rstrip(WHITE))
    return content.read(end - 1, end) == b"," and _is_object(content, start, end - 1)


def _opens_list(content: Content, stop: int) -> bool:
    """Return whether a line ends with an opening bracket, so that the next lines are elements that may lack commas."""
    return content.read(max(stop - _TAIL, 0), stop).rstrip(WHITE).endswith(b"[")


def _is_object(content: Content, start: int, stop: int) -> bool:
    return content.read(start, start + 1) == b"{" and _is_value(content, start, stop)


def first_line_is_json(content: Content, position: int) -> bool:
    """Return whether the line at ``position``, which is an opening bracket, is a JSON value or that bracket alone."""
    end = line_end(content, position + 1)
    return _is_value(content, position, end) or not 0 <= first_text(content, position + 1) < end
