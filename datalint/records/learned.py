"""Whether the model learns the values of a category, or these only sort the rows."""

from __future__ import annotations

from typing import Final

import polars as pl

from datalint.records.analyses import Category

#: How a key was found that nobody configured and no response is by itself, rows to each different response at least
#: where the model learns the values, and the shape whose values are intents.
_FOUND: Final = ("found by name", "guessed")
_ROWS: Final = 3
#: Times as many pairs of a value and a response as there are responses, from which a response says nothing of its
#: value.
_PAIRS: Final = 1.5
_INTENTS: Final = "intents"


def is_learned(examples: pl.DataFrame, category: Category) -> bool:
    """Return whether the model learns the values of a category, rather than that they only sort the rows."""
    if category.origin not in _FOUND or (examples["shape"] == _INTENTS).any():
        return True
    return are_answers(examples, category)


def are_answers(examples: pl.DataFrame, category: Category) -> bool:
    """Return whether the responses depend on the values of a category alone, and these on the responses.

    Letters of options that answer questions of several subjects depend on no subject, and neither do those of one.
    """
    answers = pl.DataFrame(
        {
            "value": category.values,
            "response": examples["response_hash"],
            "is_answered": examples["response_chars"] > 0,
        }
    ).drop_nulls("value")
    most = max(len(category.counts), answers.height // _ROWS)
    # Different responses alone are counted several times as fast as pairs.
    responses = answers["response"].n_unique()
    if not answers["is_answered"].any() or responses > most or (category.is_constant and responses > 1):
        return False
    pairs = answers.select("value", "response").unique().height
    return pairs <= min(most, _PAIRS * max(responses, len(category.counts)))
