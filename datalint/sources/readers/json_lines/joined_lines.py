"""Read several lines of JSON Lines as one record, and find where the next record begins if that fails."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from datalint.sources.json_truth.fast_path import reread
from datalint.sources.json_truth.raw_breaks import parse_leniently
from datalint.sources.json_truth.truth import Parsed, parse_exactly
from datalint.sources.readers.json_lines.glued_lines import rows_on
from datalint.sources.readers.lines import SPACE
from datalint.support.lazy_pattern import lazy_pattern

#: The beginning of a line that starts an object with a key, and the key.
_KEY: Final = lazy_pattern(rb'\{[ \t]*+"([^"\\]{0,200}+)"?+')
#: The beginning of a line that continues the record around an object, and the end of a line before an object in it.
_AROUND: Final = (b"]", b"}", b",")
_OPENS: Final = (b"[", b"{", b":")
#: A record without keys.
_EMPTY: Final = b"{}"


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

    It begins at the left: with the first key of the record on line ``first``, or, where the line before does not show
    that it is a part of that record, with any key or as an object that is read. ``may_join`` is called with the bytes
    that would be joined, and returns whether they may be.
    """
    key = _KEY.match(pieces[first])
    before = pieces[first]
    for index in range(first + 1, end):
        line = pieces[index]
        if line[:1] == b"{":
            other = _KEY.match(line)
            is_element = _is_element(before)
            is_inside = is_element or before.rstrip(SPACE).endswith(_OPENS)
            if key is not None and other is not None and (not is_inside or other[1] == key[1]):
                return index
            if rows_on(line):
                return index
            is_inside = is_element or line.rstrip(SPACE).endswith(b",")
            if not is_inside and line.strip(SPACE) == _EMPTY:
                return index
            names = _names(pieces, index, end, may_join)
            if names and (not is_inside or (key is not None and names[0].encode("utf-8", "replace") == key[1])):
                return index
        before = line if line.strip(SPACE) else before
    return end


def _is_element(line: bytes) -> bool:
    """Return whether a line is an object that another one follows in a list."""
    return line.rstrip(SPACE)[-2:] == b"}," and reread(line) is not None


def _names(pieces: Sequence[bytes], first: int, end: int, may_join: Callable[[int], bool]) -> list[str]:
    """Return the keys of the object that begins on a line, on one or several; none if it is not read, or inside
    another one."""
    value, size = reread(pieces[first]), 1
    if value is None and may_join(0):
        group = pieces[first:end]
        if may_join(sum(map(len, group))):
            found, group = read_group(group)
            value, size = None if found.refused else found.value, len(group)
    if value is None:
        return []
    after = next((line.lstrip(SPACE) for at in range(first + size, end) if (line := pieces[at]).strip(SPACE)), b"")
    return [] if after.startswith(_AROUND) else list(value)
