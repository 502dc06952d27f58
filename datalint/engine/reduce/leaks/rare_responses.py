"""Rows with one long response that few rows have, for different prompts, as of one text from two sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from datalint.engine.execute.row_reader import Reader, Readers
from datalint.support.distinct import distinct
from datalint.support.lazy_pattern import lazy_pattern
from datalint.support.numbers import counted

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from datalint.records.analyses import Text

#: Characters of a response from which it says more than a label, and rows that may have it if it is no stock phrase.
_CHARS: Final = 30
_ROWS: Final = 5
#: Different responses, and share of the evaluation rows, from which a note names rows with a response of training.
_NAMED, _NAMED_SHARE = 3, 0.05
#: Responses that are read, evenly spaced, how many have a part that is a label, and the share of such parts in labels.
_READ: Final = 200
_COMMON: Final = 3
_LABELS: Final = 0.5
#: What is between the labels of a response, as in JSON.
_BETWEEN: Final = lazy_pattern(r'[\n\t{}\[\]":,;|]+')


def rare_responses(examples: pl.DataFrame, fetch: Callable[[Sequence[int]], list[Text]]) -> NDArray[np.int64]:
    """Return a number for the response of each row that other rows have too; -1 for other rows.

    Responses that are short or that many rows have do not count, and none do where they may be labels: if more rows
    have a long response of many rows, or if responses are made of the same short parts, such as the labels of several
    tasks. Responses are compared as they are normalised: case and white space do not count. ``fetch`` reads the texts
    of rows.
    """
    numbers = np.full(examples.height, -1, np.int64)
    wanted = (examples["prompt_chars"] > 0) & (examples["response_chars"] >= _CHARS)
    long = np.flatnonzero(wanted.to_numpy())
    found = np.unique(
        examples["response_hash"].to_numpy()[long], return_index=True, return_inverse=True, return_counts=True
    )
    _, first, number, count = found
    shared = (count > 1) & (count <= _ROWS)
    if count[shared].sum() <= count[count > _ROWS].sum():
        return numbers
    heads = long[np.sort(first[count <= _ROWS])]
    read = heads[:: -(-len(heads) // _READ)]
    if _are_labels([text.response for text in fetch(read.tolist())]):
        return numbers
    numbers[long] = np.where(shared[number], number, -1)
    return numbers


def _are_labels(responses: Sequence[str]) -> bool:
    """Return whether different responses are mostly made of short parts that several of them have."""
    parts = [[part for each in _BETWEEN.split(text.lower()) if (part := each.strip())] for text in responses]
    counts = Counter(part for each in parts for part in {*each})
    sizes = [(len(part), len(part) < _CHARS and counts[part] >= _COMMON) for each in parts for part in each]
    return sum(size for size, common in sizes if common) > _LABELS * sum(size for size, _ in sizes)


def shared_responses(numbers: NDArray[np.int64], sides: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which rows that are not on side 0, training, have a rare response that a row of training has too.

    ``numbers`` are those of :func:`rare_responses`.
    """
    rare = numbers >= 0
    shared: NDArray[np.bool_] = rare & (sides != 0) & np.isin(numbers, numbers[rare & (sides == 0)])
    return shared


def find_shared_responses(
    training: pl.DataFrame, held: pl.DataFrame, readers: tuple[Reader, Reader], leaked: Collection[int]
) -> int:
    """Return how many evaluation rows but ``leaked`` ones have a rare response of a training row; 0 for few."""
    columns = ("prompt_chars", "response_chars", "response_hash")
    both = pl.concat([each.select(columns) for each in (training, held)])
    numbers = rare_responses(both, Readers(*readers, training.height).texts)
    sides = np.repeat(np.array([0, 1]), [training.height, held.height])
    numbers[[training.height + row for row in leaked]] = -1
    shared = numbers[shared_responses(numbers, sides)]
    enough = len(distinct(shared)) >= _NAMED and len(shared) >= _NAMED_SHARE * held.height
    return len(shared) if enough else 0


def shared_responses_note(count: int, rows: int) -> str:
    """Return the note on ``count`` such rows in an evaluation set of ``rows`` rows."""
    return (
        f"{count:,} of {counted(rows, 'evaluation row')} have a long response that is also in training, for another "
        "prompt: the model may have memorized it; datalint split keeps such rows together"
    )
