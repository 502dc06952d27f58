"""Detect prose whose lines were broken at a width: a line is a part of a sentence, and no text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from datalint.records.record import Problem

#: Lines that are looked at, and pairs of a line and the next one that are needed.
_MOST: Final = 2000
_LEAST: Final = 15
#: The width in characters, at least and at most, and where it is among the lengths of all lines.
_NARROW: Final = 55
_WIDE: Final = 160
_MARGIN: Final = 0.9
#: Share of the lines that may be longer than the width and a tenth.
_LONGER: Final = 0.02
_TENTH: Final = 1.1
#: Share of the lines that the first word of the next one would make longer than the width, and of these whose next one
#: begins with a small letter.
_FULL: Final = 0.7
_GOES_ON: Final = 0.5
#: Characters by which lines may be shorter than the margin.
_RAGGED: Final = 2
#: Marks of which a part of the lines of prose has one, this part, and characters by which overlapping lines are found.
_MARKS: Final = (".", ",", ";", ":", "!", "?")
_MARKED: Final = 0.4
_OVERLAP: Final = 15


def width_of_wrapped(lines: Sequence[bytes]) -> int:
    """Return the width at which the lines of a text were broken; 0 if they were not."""
    texts = [line.decode("utf-8", "replace").strip() for line in lines[:_MOST]]
    pairs = [(one, other) for one, other in pairwise(texts) if one and other]
    if len(pairs) < _LEAST:
        return 0
    sizes = sorted(len(one) for one, _ in pairs)
    width = sizes[int(_MARGIN * len(sizes))]
    longer = sum(size > width * _TENTH for size in sizes)
    if not _NARROW <= width <= _WIDE or longer > _LONGER * len(sizes):
        return 0
    full = [other for one, other in pairs if len(one) + 1 + len(other.split(None, 1)[0]) >= width - _RAGGED]
    goes_on = sum(other[0].islower() for other in full)
    if len(full) < _FULL * len(pairs) or goes_on < _GOES_ON * len(full):
        return 0
    marked = sum(any(f"{mark} " in f"{one} " for mark in _MARKS) for one, _ in pairs)
    # Windows of a text overlap.
    again = sum(_overlap(one, other) for one, other in pairs)
    return width if marked >= _MARKED * len(pairs) and again <= _LONGER * len(pairs) else 0


def _overlap(one: str, other: str) -> bool:
    """Whether a line begins with the last words of the one before it."""
    at = one.find(other[:_OVERLAP])
    return at >= 0 and other.startswith(one[at:])


def note_on_wrapped(head: bytes, *, cut: bool) -> Problem | None:
    """Return the note on a text whose lines are read one by one, although they were broken at a width."""
    width = width_of_wrapped(head.split(b"\n")[: -1 if cut else None])
    if not width:
        return None
    message = (
        f"lines of prose that were broken at about {width} characters, each of which is read as a text: join those of "
        "a paragraph, or write a blank line after each paragraph"
    )
    return Problem("invalid-row", message, severity="info", is_note=True)
