"""Rows that follow each other without the comma, line break or brackets that their file needs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import Final

import numpy as np

from datalint.records.record import Problem
from datalint.sources.base import Places
from datalint.sources.content import Content
from datalint.sources.json_layout import WHITE, Elements, elements
from datalint.sources.opening import Opening, line_of

#: What is between two rows without a comma, and between the last element of an array and the first one of the next.
_BARE: Final = re.compile(rb"\}[ \t\r\n]*\{|\][ \t\r\n]*\[")
_NEXT: Final = re.compile(rb"\][ \t\r\n]*(?:,[ \t\r\n]*)?\[")
_END: Final = re.compile(rb"\][ \t\r\n,]*")
#: The maximum number of bytes between two rows or arrays.
_MOST: Final = 1 << 12


def apart(content: Content, found: Elements, begin: int = 0) -> tuple[Places, Places]:
    """Return the places of elements, two rows without a comma between them as two elements; ``begin`` is the text's.

    Of two such rows, the second one begins where the first one stops.
    """
    starts, stops = found.starts + begin, found.stops + begin
    joints = ((close + begin, opens + begin + 1) for close, opens in found.joints.tolist())
    cuts = [close + 1 for close, after in joints if _is_bare(content, close, after)]
    if not cuts:
        return starts, stops
    return np.sort(np.concatenate((starts, cuts))), np.sort(np.concatenate((stops, cuts)))


def _is_bare(content: Content, start: int, stop: int) -> bool:
    return stop - start <= _MOST and _BARE.fullmatch(content.read(start, stop)) is not None


def joined(starts: Places, stops: Places) -> Places:
    """Return the indices of the elements with no comma before them."""
    return np.flatnonzero(starts[1:] == stops[:-1]) + 1


def all_arrays(opening: Opening) -> tuple[Places, Places, Problem] | None:
    """Return the elements of arrays that a text consists of, one after the other; None for any other text."""
    content = opening.content
    found = _in_brackets(content, opening.start, 2)
    starts, stops = apart(content, found, opening.start - 1)
    if found.end >= 0 or not len(starts):
        return None
    others = np.flatnonzero(starts[1:] - stops[:-1] > 1).tolist()
    places = [(int(stops[at]), int(starts[at + 1])) for at in others]
    if not others or not all(_fits(content, *place, _NEXT) for place in places):
        return None
    if not _fits(content, int(stops[-1]), content.size, _END):
        return None
    message = f"{len(others) + 1:,} arrays one after the other; the elements of all are read as rows"
    problem = Problem("concatenated-json", message, line_of(content, places[0][1]), rewritable=True)
    return starts, stops, problem


def _fits(content: Content, start: int, stop: int, form: re.Pattern[bytes]) -> bool:
    return stop - start <= _MOST and form.fullmatch(content.read(start, stop)) is not None


def all_objects(opening: Opening) -> tuple[Places, Places] | None:
    """Return the objects of a text that has several one after the other, with commas or nothing between some of them.

    None for any other text, and for one that JSON Lines are read from: each object begins on a line of its own.
    """
    content = opening.content
    found = _in_brackets(content, opening.start, 1)
    starts, stops = apart(content, found, opening.start - 1)
    if found.end >= 0 or len(starts) < 2:
        return None
    if not content.read(int(starts[-1]), content.size).strip(WHITE):
        # After the last comma.
        starts, stops = starts[:-1], stops[:-1]
    bare = joined(starts, stops).tolist()
    heads = (content.read(start, start + _MOST) for start in starts[bare].tolist())
    margins = (head[: len(head) - len(head.lstrip(WHITE))] for head in heads)
    # A line break is all that JSON Lines needs there.
    broken = {at: len(margin) for at, margin in zip(bare, margins, strict=True) if b"\n" in margin}
    if len(broken) == len(starts) - 1:
        return None
    starts[list(broken)] += np.array([*broken.values()], np.int64)
    return starts, stops


def _in_brackets(content: Content, start: int, level: int) -> Elements:
    """Return the elements of a text as if a bracket stood before it; their places are greater by one."""
    blocks: Iterator[bytes] = content.blocks(start)
    return elements(chain([b"["], blocks), level)
