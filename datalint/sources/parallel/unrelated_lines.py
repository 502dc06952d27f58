"""Texts in two languages with equally many lines that are no translations: long lines are not next to long ones."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Final

from datalint.core.files import open_regular
from datalint.sources.parallel.roles import roles_of

#: The bytes that are read of each text, the least number of lines in them, and the characters of one side of a line.
READ: Final = 4 << 20
_LEAST: Final = 20
_CHARS: Final = 15
#: The correlation of the lengths of lines from which on they may be translations, for which it is about 0.75 or more,
#: and the deviation of the logarithms of lengths under which lines are equally long.
_RELATED: Final = 0.3
_VARIED: Final = 0.1


def are_unrelated(path: Path, other: Path) -> bool:
    """Return whether two texts are in two languages by their names, and the lengths of their lines do not correlate.

    Both have as many lines. Texts that are too short to tell, or whose lines are equally long, are not unrelated.
    """
    roles = roles_of(path, other)
    if roles is None or not roles.languages:
        return False
    try:
        return have_other_lengths(_head(path), _head(other))
    except OSError:
        return False


def have_other_lengths(head: bytes, other: bytes) -> bool:
    """Return whether the lengths of the lines at the beginning of two texts do not correlate; words are too short."""
    pairs = [pair for pair in zip(_lengths(head), _lengths(other), strict=False) if all(pair) and max(pair) >= _CHARS]
    if len(pairs) < _LEAST:
        return False
    from statistics import correlation, pstdev

    sides = [[math.log(length) for length in side] for side in zip(*pairs, strict=True)]
    return min(map(pstdev, sides)) >= _VARIED and correlation(*sides) < _RELATED


def _head(path: Path) -> bytes:
    with open_regular(path) as file:
        return file.read(READ)


def _lengths(head: bytes) -> list[int]:
    """Return the characters of each line; the last one may be cut where reading ends, and is left out."""
    return [len(line.decode("utf-8", "replace").strip()) for line in head.split(b"\n")[:-1]]
