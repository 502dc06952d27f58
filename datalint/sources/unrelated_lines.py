"""Texts in two languages with equally many lines that are no translations: long lines are not next to long ones."""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import Final

from datalint.core.files import open_regular
from datalint.support.names.language_codes import OF_PARTS

#: The bytes that are read of each text, and the least number of lines in them.
READ: Final = 4 << 20
_LEAST: Final = 200
#: The correlation of the lengths of lines from which on they may be translations, for which it is about 0.75.
_RELATED: Final = 0.1


def are_unrelated(path: Path, other: Path) -> bool:
    """Return whether two texts are in two languages by their names, and the lengths of their lines do not correlate.

    Both have as many lines. Texts that are too short to tell, or whose lines are equally long, are not unrelated.
    """
    if not _are_in_languages(path, other):
        return False
    try:
        return have_other_lengths(_head(path), _head(other))
    except OSError:
        return False


def have_other_lengths(head: bytes, other: bytes) -> bool:
    """Return whether the lengths of many lines at the beginning of two texts do not correlate."""
    pairs = [pair for pair in zip(_lengths(head), _lengths(other), strict=False) if all(pair)]
    if len(pairs) < _LEAST:
        return False
    from statistics import StatisticsError, correlation

    try:
        return correlation(*([math.log(length) for length in side] for side in zip(*pairs, strict=True))) < _RELATED
    except StatisticsError:
        return False


def _are_in_languages(path: Path, other: Path) -> bool:
    """Return whether one word in the names of two files, or of their folders, differs, and is a language in both."""
    from datalint.support.names.language_names import LANGUAGE_NAMES

    mine, theirs = _words(path), _words(other)
    differing = [pair for pair in zip(mine, theirs, strict=False) if pair[0] != pair[1]]
    known = {*OF_PARTS, *LANGUAGE_NAMES}
    return len(mine) == len(theirs) and bool(differing) and all({*pair} <= known for pair in differing)


def _words(path: Path) -> list[str]:
    return re.findall("[a-z]+", f"{path.resolve().parent.name}/{path.name}".lower())


def _head(path: Path) -> bytes:
    with open_regular(path) as file:
        return file.read(READ)


def _lengths(head: bytes) -> list[int]:
    """Return the characters of each line; the last one may be cut where reading ends, and is left out."""
    return [len(line.decode("utf-8", "replace").strip()) for line in head.split(b"\n")[:-1]]
