"""Rows of Alpaca's layout that share one instruction, of which some have no input: nothing is asked in these."""

from __future__ import annotations

import hashlib
from typing import Final

import polars as pl

from datalint.api import Chunk, NamedTuple
from datalint.rules.common.texts.turns import BLANK

_INSTRUCTION: Final = "$.instruction"
_INPUT: Final = "$.input"


class Shared(NamedTuple):
    """The digest of the only instruction of some rows, empty where there are several, and the rows without an input."""

    digest: str
    without: list[int]


def shared_instruction(chunk: Chunk) -> Shared:
    """Return the only instruction of a chunk, and its rows without an input."""
    turns = chunk.turns
    if not turns.height or turns["path"][0] != _INSTRUCTION:
        return Shared("", [])
    instructions = turns.filter(pl.col("path") == _INSTRUCTION)
    if instructions.height != chunk.examples.height or instructions["text"].n_unique() != 1:
        return Shared("", [])
    text = instructions["text"][0]
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    asked = turns.filter((pl.col("path") == _INPUT) & (pl.col("text").str.strip_chars_start(BLANK) != ""))
    missing = set(range(chunk.examples.height)) - set(asked["example"])
    return Shared(digest, sorted(missing))


def join_shared(one: Shared, other: Shared, sizes: tuple[int, int]) -> Shared:
    """Put the results for two parts, with rows of these ``sizes``, one after the other."""
    if not all(sizes):
        return one if sizes[0] else other
    if not one.digest or one.digest != other.digest:
        return Shared("", [])
    return Shared(one.digest, [*one.without, *(row + sizes[0] for row in other.without)])
