"""Read several lines of JSON Lines as one record, and find where the next record begins if that fails."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from datalint.sources.json_truth.fast_path import reread
from datalint.sources.json_truth.raw_breaks import parse_leniently
from datalint.sources.json_truth.truth import Parsed, parse_exactly
from datalint.sources.readers.glued_lines import rows_on
from datalint.sources.readers.lines import SPACE

#: How a line begins that begins a record with a key.
_KEY: Final = re.compile(rb'\{[ \t]*+"')
#: How a line begins that goes on with the record around an object.
_AROUND: Final = (b"]", b"}", b",")


def read_group(group: Sequence[bytes]) -> tuple[Parsed, Sequence[bytes]]:
    """Parse lines as one record, with line breaks inside its strings too; also return the lines that belong to it."""
    found = parse_exactly(b"\n".join(group))
    if found.refused and (size := _first_record(group)):
        group = group[:size]
        found = parse_leniently(b"\n".join(group))
    return found, group


def without_blank_end(group: Sequence[bytes]) -> Sequence[bytes]:
    """Return lines, the first of which is not blank, without the blank ones at their end."""
    size = len(group)
    while not group[size - 1].strip(SPACE):
        size -= 1
    return group[:size]


def _first_record(group: Sequence[bytes]) -> int:
    """Return the number of lines of the first value, 0 if it does not end at the end of a line."""
    from datalint.sources.json_truth.explain import first_value_end

    try:
        text = b"\n".join(group).decode("utf-8")
    except UnicodeDecodeError:
        return 0
    end = first_value_end(text)
    rest_of_line = text[end:].split("\n", 1)[0] if end >= 0 else "x"
    return text.count("\n", 0, end) + 1 if not rest_of_line.strip() else 0


def next_record(pieces: Sequence[bytes], first: int, end: int, may_join: Callable[[int], bool]) -> int:
    """Return the line after ``first`` at which another record begins, ``end`` if none before that does.

    It begins at the left. Either it begins with a key, as the record on line ``first`` does, or it is read: an object,
    several ones, or one on several lines. ``may_join`` is called with the bytes that would be joined, and returns
    whether they may be.
    """
    has_key = _KEY.match(pieces[first]) is not None
    for index in range(first + 1, end):
        line = pieces[index]
        if line[:1] != b"{":
            continue
        if (has_key and _KEY.match(line)) or _is_read(line) or _begins_object(pieces, index, end, may_join):
            return index
    return end


def _is_read(line: bytes) -> bool:
    return reread(line) is not None or bool(rows_on(line))


def _begins_object(pieces: Sequence[bytes], first: int, end: int, may_join: Callable[[int], bool]) -> bool:
    if not may_join(0):
        return False
    group = pieces[first:end]
    if not may_join(sum(map(len, group))):
        return False
    found, group = read_group(group)
    after = next((line.lstrip(SPACE) for line in pieces[first + len(group) : end] if line.strip(SPACE)), b"")
    return not found.refused and not after.startswith(_AROUND)
