"""Responses that end in two full stops of Chinese or Japanese, of which a program appended the second."""

from __future__ import annotations

from functools import cache
from typing import Final

import polars as pl

from datalint.api import Chunk, NamedTuple, has_any, passing
from datalint.rules.common.frames import picked
from datalint.rules.common.responses.nearly_all import Share, joined, share_of
from datalint.rules.common.texts.turns import learned_texts

_TWICE: Final = "。。"
#: Ends of an ellipsis.
_MORE: Final = ("。。。", "…。。")
#: Responses with such an end from which on they are reported, and their share.
_LEAST: Final = 10
_SHARE: Final = 0.02
#: Texts with several full stops in another place, or more of them, for each that ends in two, from which on people type
#: them as an ellipsis.
_TYPED: Final = 0.1


class DoubledStops(NamedTuple):
    """How many responses end in two full stops, and how many have several in another way."""

    ends: Share
    typed: int


def find_doubled_stops(chunk: Chunk) -> DoubledStops:
    """Count the responses of a chunk with several full stops in a row."""
    turns = chunk.turns
    said = learned_texts(chunk) & (turns["role"] != "text") & (turns["chars"] > 0)
    if turns["text"].str.len_bytes().sum() == turns["chars"].sum():
        return DoubledStops(Share(chunk.examples.height, int(said.sum()), 0, None), 0)  # all is ASCII
    texts = picked(turns, said, "example", "text", "chars").with_columns(_doubled().alias("doubled"))
    found = texts.filter("doubled")["text"].str.strip_chars()
    # At the end, and nowhere else.
    once = found.str.ends_with(_TWICE) & (found.str.count_matches(_TWICE, literal=True) == 1)
    for more in _MORE:
        once &= ~found.str.ends_with(more)
    has = texts["doubled"].scatter(texts["doubled"].arg_true(), once)
    return DoubledStops(share_of(chunk, texts["example"], has), len(found) - int(once.sum()))


@cache
def _doubled() -> pl.Expr:
    text = pl.col("text")
    beyond_ascii = text.str.len_bytes() != pl.col("chars")
    return passing(beyond_ascii, text, lambda some: has_any(some, (_TWICE,)))


def join_doubled_stops(one: DoubledStops, other: DoubledStops) -> DoubledStops:
    """Add up; rows of ``other`` come after those of ``one``."""
    return DoubledStops(joined(one.ends, other.ends), one.typed + other.typed)


def many_end_doubled(found: DoubledStops) -> bool:
    """Return whether so many responses end in two full stops, and so few have others, that a program appended one."""
    ends = found.ends
    return ends.having >= max(_LEAST, _SHARE * ends.texts) and found.typed <= _TYPED * ends.having
