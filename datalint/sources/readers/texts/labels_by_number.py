"""Lines of a number and its labels, between tabs: the texts that these belong to are in another file."""

from __future__ import annotations

from typing import Final

from datalint.support.lazy_pattern import lazy_pattern

#: A number, perhaps with letters in it, and labels.
_LINE: Final = lazy_pattern(rb"[\w-]{0,40}\d{3,20}(?:\t[^\t\r\n]{1,80}){1,20}\t{0,20}\r?")
#: Lines at least, the share of them that must be so, and how often a label comes on average.
_LEAST: Final = 20
_NEARLY_ALL: Final = 0.95
_OFTEN: Final = 4


def are_labels_by_number(head: bytes, *, cut: bool) -> bool:
    """Return whether lines are numbers, no two the same, with labels of which each comes several times."""
    if b"\t" not in head:
        return False
    lines = [line for line in head.split(b"\n") if line.strip()]
    lines = lines[: -1 if cut else None]
    found = [line.rstrip(b"\t\r").split(b"\t") for line in lines if _LINE.fullmatch(line)]
    if len(found) < max(_LEAST, _NEARLY_ALL * len(lines)):
        return False
    labels = [label for _, *some in found for label in some]
    return len({number for number, *_ in found}) == len(found) and len({*labels}) * _OFTEN <= len(labels)
