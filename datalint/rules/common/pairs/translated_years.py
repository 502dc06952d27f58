"""Years of the two sides of translations, which are the same in both, and pairs that hold no words."""

from __future__ import annotations

from typing import Final

import polars as pl

from datalint.api import Chunk, NamedTuple
from datalint.rules.common.frames import picked
from datalint.rules.common.kept_rows import KeptRows, count_rows, joined_rows, kept_rows, listed_rows
from datalint.support.lazy_pattern import lazy_pattern

#: Shapes of rows that may be translations.
PAIR_SHAPES: Final = ("translation", "mapped")
#: What a year has in it, a year that stands alone, and the most of a text that are compared.
_CENTURIES: Final = ("19", "20")
_YEAR: Final = lazy_pattern(r"(?<!\w)(?<!\d[.,/:-])(?:19|20)\d\d(?!\w|[.,/:-]\d)")
_MOST: Final = 3
#: Pairs with the same years at least, and the share of the others from which on years are not translated.
_LEAST: Final = 20
_SHARE: Final = 0.1


class Years(NamedTuple):
    """Rows; pairs, those without a word, and the first of them; those with the same years, and those with other ones, each
    with its number and a year of both sides."""

    rows: int
    pairs: int = 0
    wordless: int = 0
    first: int | None = None
    same: int = 0
    other: KeptRows = {}

    def differing(self) -> list[tuple[int, str, str]]:
        """Return the rows with other years on both sides, and the first of these, if nearly all have the same."""
        few = self.same >= _LEAST and count_rows(self.other) <= _SHARE * self.same
        return [(at, here, there) for at, here, there in listed_rows(self.other)] if few else []


def pairs_of(chunk: Chunk) -> pl.DataFrame:
    """Return the prompts and responses of examples that may be translations, with their numbers, ``at``."""
    one, other = (chunk.examples["shape"] == name for name in PAIR_SHAPES)
    is_pair = one | other
    return pl.DataFrame([is_pair.arg_true().alias("at"), *picked(chunk.examples, is_pair, "prompt", "response")])


def find_years(chunk: Chunk) -> Years:
    """Compare the years of the pairs of a chunk, of which few are looked at one by one."""
    prompt, response = pl.col("prompt"), pl.col("response")
    pairs = chunk.once(pairs_of)
    pairs = pairs.filter(prompt != "", response != "") if pairs.height else pairs
    if pairs.is_empty():
        return Years(chunk.examples.height)
    equal = pairs.filter(prompt == response).select("at", "prompt").iter_rows()
    wordless = [at for at, text in equal if not any(map(str.isalpha, text))]
    dated = pairs.filter(prompt.str.contains_any([*_CENTURIES])).filter(response.str.contains_any([*_CENTURIES]))
    same, other = 0, []
    for at, *texts in dated.select("at", "prompt", "response").iter_rows():
        one, two = (_YEAR.findall(text) for text in texts)
        if not 0 < len(one) == len(two) <= _MOST:
            continue
        if sorted(one) == sorted(two):
            same += 1
        else:
            other.append((at, min({*one} - {*two}, default=one[0]), min({*two} - {*one}, default=two[0])))
    first = wordless[0] if wordless else None
    return Years(chunk.examples.height, pairs.height, len(wordless), first, same, kept_rows(other))


def joined_years(one: Years, other: Years) -> Years:
    """Put two partials one after the other; row numbers of the second move behind the first's."""
    first = one.first if one.first is not None or other.first is None else other.first + one.rows
    return Years(
        one.rows + other.rows,
        one.pairs + other.pairs,
        one.wordless + other.wordless,
        first,
        one.same + other.same,
        joined_rows(one.other, other.other, one.rows),
    )
