"""Rows with one long response that few rows have, for different prompts, as of one text from two sources."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from datalint.support.numbers import counted

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Characters of a response from which it says more than a label, and rows that may have it if it is no stock phrase.
_CHARS: Final = 30
_ROWS: Final = 5
#: Rows to a response, on average, from which responses are a set of labels.
_LABELLED: Final = 10
#: Different responses, and share of the evaluation rows, from which a note names rows with a response of training.
_NAMED, _NAMED_SHARE = 3, 0.05


def rare_responses(examples: pl.DataFrame) -> NDArray[np.int64]:
    """Return a number for the response of each row; -1 if it is short, if many rows have it, or if it may be a label.

    Responses are compared as they are normalised: case and white space do not count.
    """
    numbers = np.full(examples.height, -1, np.int64)
    answered = (examples["prompt_chars"] > 0) & (examples["response_chars"] > 0)
    if examples["response_hash"].filter(answered).n_unique() * _LABELLED <= int(answered.sum()):
        return numbers
    long = np.flatnonzero((answered & (examples["response_chars"] >= _CHARS)).to_numpy())
    _, number, count = np.unique(examples["response_hash"].to_numpy()[long], return_inverse=True, return_counts=True)
    numbers[long] = np.where(count[number] <= _ROWS, number, -1)
    return numbers


def shared_responses(examples: pl.DataFrame, sides: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which rows that are not on side 0, training, have a rare response that a row of training has too."""
    numbers = rare_responses(examples)
    rare = numbers >= 0
    trained = np.zeros(len(numbers) + 1, np.bool_)
    trained[numbers[rare & (sides == 0)]] = True
    shared: NDArray[np.bool_] = rare & trained[numbers] & (sides != 0)
    return shared


def find_shared_responses(training: pl.DataFrame, held: pl.DataFrame, leaked: Collection[int]) -> int:
    """Return how many evaluation rows but ``leaked`` ones have a rare response of a training row; 0 for few."""
    columns = ("prompt_chars", "response_chars", "response_hash")
    both = pl.concat([each.select(columns) for each in (training, held)])
    ours, theirs = np.split(rare_responses(both), [training.height])
    theirs[list(leaked)] = -1
    shared = theirs[(theirs >= 0) & np.isin(theirs, ours)]
    enough = len(np.unique(shared)) >= _NAMED and len(shared) >= _NAMED_SHARE * held.height
    return len(shared) if enough else 0


def shared_responses_note(count: int, rows: int) -> str:
    """Return what a report says of ``count`` such rows of an evaluation set of ``rows``."""
    return (
        f"{count:,} of {counted(rows, 'evaluation row')} have a long response that training has too, for another "
        "prompt: the model may know it by heart, and datalint split keeps such rows together"
    )
