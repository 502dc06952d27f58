"""Variants of short texts with a label, as data on intents collects them."""

from __future__ import annotations

from typing import Final

import polars as pl

from datalint.api import Dataset

#: Shapes of texts with a label, characters of a text and of a label at most, and rows for each label at least.
_LABELLED: Final = ("text-label", "mapped")
_CHARS: Final = 60
_LABEL: Final = 40
_ROWS: Final = 20
#: Similarity from which two texts differ in a sign rather than in a word.
_SAME: Final = 0.9
#: Share of the rows, and rows, from which on variants are what the data is made of.
_SHARE: Final = 0.1
_LEAST: Final = 20


def variants_of_utterances(data: Dataset) -> frozenset[int]:
    """Return the rows with a short text of their anchor in other words and with its label, if these are very many."""
    least = max(_SHARE * data.size, _LEAST)
    pairs = [
        (member, group.rows[0])
        for group in data.near
        for member, similarity in zip(group.rows[1:], group.similarities[1:], strict=True)
        if similarity < _SAME
    ]
    if len(pairs) < least:
        return frozenset()
    short = data.examples.select(
        "response_hash",
        pl.col("shape").is_in(_LABELLED)
        & pl.col("prompt_chars").is_between(1, _CHARS)
        & pl.col("response_chars").is_between(1, _LABEL),
    )
    if short["response_hash"].n_unique() * _ROWS > data.size:
        return frozenset()
    brief, label = short["shape"].to_list(), short["response_hash"].to_list()
    found = [one for one, other in pairs if brief[one] and brief[other] and label[one] == label[other]]
    return frozenset(found) if len(found) >= least else frozenset()
