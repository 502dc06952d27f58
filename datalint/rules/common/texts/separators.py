"""Prompts that end in one separator throughout a dataset, and those that have nothing before it."""

from __future__ import annotations

from collections import Counter
from typing import Final

import polars as pl

from datalint.api import Chunk, NamedTuple, excerpt

#: The signs after white space, or alone, that end a prompt, and the most of them.
_MOST: Final = 12
_ENDING: Final = rf"(?:^|\s)([^\w\s]{{1,{_MOST}}})$"
#: What follows most words, in ASCII: an end that has this before it is no such sign. Searched first, since making the
#: automaton of all words takes longer than all of the rest.
_AFTER_WORD: Final = r"[0-9A-Za-z_]\S?$"
#: Signs that end a sentence, before which French has a space.
_SENTENCE: Final = "?!.…？！。؟¿¡"
#: Share of the prompts that a separator ends, and prompts from which on it is one.
_SHARE: Final = 0.9
_LEAST: Final = 20
_SHOWN: Final = 40


class Endings(NamedTuple):
    """Prompts of one turn, how many end in which signs, and the rows of those without anything else, with both."""

    prompts: int = 0
    endings: tuple[tuple[str, int], ...] = ()
    bare: tuple[tuple[int, str, str], ...] = ()

    def separated(self) -> tuple[str, list[tuple[int, str]]]:
        """Return the separator that ends nearly all prompts, and the rows of nothing else, each with its prompt."""
        counts = [(count, sign) for sign, count in self.endings if count >= _SHARE * self.prompts]
        if self.prompts < _LEAST or not counts:
            return "", []
        separator = counts[0][1]
        return separator, [(row, prompt) for row, prompt, ending in self.bare if ending == separator]


def asked_once(chunk: Chunk) -> pl.Series:
    """Return which examples are one prompt with a response that is not empty, and without media."""
    examples = chunk.examples
    return (examples["roles"] == "ua") & ~examples["has_media"] & (examples["response"] != "")


def find_endings(chunk: Chunk, marks: str) -> Endings:
    """Count the signs that end the prompts of a chunk; a bare prompt has only ``marks`` before them."""
    # Longer signs than those of a separator are no whole text here either.
    end = pl.col("prompt").str.strip_chars_end().str.tail(_MOST + 2).alias("end")
    asked = chunk.once(asked_once)
    rows = pl.DataFrame([asked.arg_true().alias("at"), chunk.examples["prompt"].filter(asked)])
    is_ended = ~rows.select(end.str.contains(_AFTER_WORD)).to_series()
    if not is_ended.any():
        return Endings(rows.height)
    may = rows.with_columns(end).filter(is_ended)
    endings = may.select("at", "prompt", pl.col("end").str.extract(_ENDING).alias("ending"))
    ended = endings.filter(pl.col("ending").is_not_null() & (pl.col("ending").str.strip_chars(_SENTENCE) != ""))
    before = pl.col("prompt").str.strip_chars_end().str.strip_suffix(pl.col("ending")).str.strip_chars(marks)
    bare = ended.filter(before == "")
    return Endings(
        rows.height,
        tuple(ended["ending"].value_counts(name="rows").sort("ending").iter_rows()),
        tuple((at, excerpt(prompt.strip(), _SHOWN), ending) for at, prompt, ending in bare.iter_rows()),
    )


def join_endings(one: Endings, other: Endings, size: int) -> Endings:
    """Put two partials one after the other; ``size`` is the number of rows of the first."""
    counts = Counter(dict(one.endings)) + Counter(dict(other.endings))
    moved = ((row + size, prompt, ending) for row, prompt, ending in other.bare)
    return Endings(one.prompts + other.prompts, tuple(sorted(counts.items())), (*one.bare, *moved))
