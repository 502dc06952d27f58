"""Pairs of English and another language whose sides are swapped, in contrast to nearly all others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

import polars as pl

from datalint.api import Chunk, Dataset, Hit, NamedTuple, percent
from datalint.rules.common.pairs.translated_years import pairs_of
from datalint.rules.common.texts.language import LEAST, identified, writes

#: Pairs with English on the usual side at least, the share of them up to which others are swapped: more are meant to be.
_LEAST: Final = 50
_SHARE: Final = 0.05
#: Pairs that are kept of each kind, those of the usual kind whose languages are identified, and how many must agree.
_KEPT: Final = 200
_SAMPLE: Final = 40
_AGREE: Final = 0.8
#: Letters of a side that is identified.
_LETTERS: Final = 30
#: A part of the keys that name the language or the direction of a row.
_NAMING: Final = ("lang", "direction", "locale")


class Sides(NamedTuple):
    """Rows; pairs with English words in the prompt alone and in the response alone, and the first rows of both."""

    rows: int
    asked: int = 0
    answered: int = 0
    first_asked: tuple[int, ...] = ()
    first_answered: tuple[int, ...] = ()


def find_sides(chunk: Chunk) -> Sides:
    """Sort the pairs of a chunk by which side has function words of English."""
    long = (pl.col("prompt").str.len_bytes() >= LEAST) & (pl.col("response").str.len_bytes() >= LEAST)
    pairs = chunk.once(pairs_of)
    pairs = pairs.filter(long) if pairs.height else pairs
    if pairs.is_empty():
        return Sides(chunk.examples.height)
    words = pairs.select("at", asked=writes("en", pl.col("prompt")), answered=writes("en", pl.col("response")))
    asked = words.filter(pl.col("asked") & ~pl.col("answered"))["at"].to_list()
    answered = words.filter(~pl.col("asked") & pl.col("answered"))["at"].to_list()
    return Sides(chunk.examples.height, len(asked), len(answered), tuple(asked[:_KEPT]), tuple(answered[:_KEPT]))


def joined_sides(one: Sides, other: Sides) -> Sides:
    """Put two partials one after the other; row numbers of the second move behind the first's."""
    asked, answered = (
        (*mine, *(at + one.rows for at in theirs))[:_KEPT]
        for mine, theirs in ((one.first_asked, other.first_asked), (one.first_answered, other.first_answered))
    )
    return Sides(one.rows + other.rows, one.asked + other.asked, one.answered + other.answered, asked, answered)


def swapped_sides(data: Dataset, sides: Sides) -> Iterator[Hit]:
    """Yield a hit at each of few pairs whose languages are those of nearly all others in the opposite order."""
    kinds = ((sides.asked, sides.first_asked), (sides.answered, sides.first_answered))
    (few, odd), (many, usual) = sorted(kinds, key=lambda each: each[0])
    if not 0 < few <= _SHARE * many or many < _LEAST:
        return
    known = [
        (one.name, two.name)
        for _, one, two in identified(data, usual[:_SAMPLE], _LETTERS)
        if one is not None and two is not None and one.differs(two)
    ]
    if not known:
        return
    (first, second), agreeing = Counter(known).most_common(1)[0]
    if agreeing < _AGREE * min(len(usual), _SAMPLE):
        return
    records = dict(zip(odd, data.records(odd), strict=True))
    for row, one, two in identified(data, odd, _LETTERS):
        if one is None or two is None or (one.name, two.name) != (second, first) or _names_language(records[row]):
            continue
        share = percent(many / (many + few))
        yield Hit(f"the prompt is {second} and the response {first}, {share} of the pairs are the reverse", at=row)


def _names_language(record: Mapping[str, Any]) -> bool:
    return any(part in key.lower() for key in record for part in _NAMING)
