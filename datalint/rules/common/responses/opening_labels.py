"""Labels that responses begin with, such as "Answer:", and their rare spellings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import polars as pl

from datalint.api import NamedTuple
from datalint.rules.common.frames import picked
from datalint.rules.common.lazy_pattern import lazy_pattern

#: Characters at the beginning of a response in which its label ends, and signs of which one ends it.
_HEAD: Final = 32
_ENDS: Final = (":", "：", " - ", " – ", " — ", " = ")
#: A label of one to four words, perhaps in bold, with the sign that ends it.
_LABEL: Final = lazy_pattern(r"\**[^\W\d_]\w*(?: \w+){0,3}\** ?\**(?:[:：]|[-–—=](?= ))")
#: Different labels, from which on responses begin with other things than labels.
_MOST: Final = 2_000


class Opening(NamedTuple):
    """How many responses begin with a label, the first of them, and its path."""

    many: int
    at: int
    path: str


#: Labels as they are written, with the sign behind them; None if there are too many.
Openings = dict[str, Opening] | None


class RareOpening(NamedTuple):
    """A label that few responses begin with, and the spelling that nearly all others have, with their number."""

    label: str
    found: Opening
    usual: str
    many: int


def openings_of(turns: pl.DataFrame) -> Openings:
    """Return the labels of responses, of a frame with ``example``, ``path`` and ``text``."""
    heads = turns.select("example", "path", head=pl.col("text").str.head(_HEAD))
    found: dict[str, Opening] = {}
    for at, path, head in picked(heads, heads["head"].str.contains_any([*_ENDS]), *heads.columns).iter_rows():
        if (match := _LABEL.match(head)) is not None:
            mine = found.get(match.group())
            found[match.group()] = Opening(1, at, path) if mine is None else mine._replace(many=mine.many + 1)
    return _bounded(found)


def joined_openings(one: Openings, other: Openings, rows: int) -> Openings:
    """Add up; rows of ``other`` come after the ``rows`` of ``one``."""
    if one is None or other is None:
        return None
    found = dict(one)
    for label, each in other.items():
        mine = found.get(label)
        found[label] = each._replace(at=each.at + rows) if mine is None else mine._replace(many=mine.many + each.many)
    return _bounded(found)


def rare_openings(found: Openings, responses: int, share: float) -> Iterator[RareOpening]:
    """Yield the labels that differ in case or signs alone from one that a ``share`` of the responses begin with."""
    if not found:
        return
    usual = max(found, key=lambda label: (found[label].many, label))
    if found[usual].many < share * responses:
        return
    for label in sorted(found, key=lambda label: found[label].at):
        if label != usual and _folded(label) == _folded(usual):
            yield RareOpening(label, found[label], usual, found[usual].many)


def _bounded(found: Mapping[str, Opening]) -> Openings:
    return dict(found) if len(found) <= _MOST else None


def _words(label: str) -> str:
    """Return a label without the sign behind it."""
    return label[:-1].rstrip()


def _folded(label: str) -> str:
    return _words(label).strip("* ").casefold()
