"""Datasets with several answers to each input by design: reference texts, captions, translations, refusals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from datalint.engine.reduce.comparing.word_sequences import words_in
from datalint.records.analyses import Text
from datalint.support.distinct import evenly_spaced
from datalint.support.duplicates import count_repeated, repeated

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Inputs with several answers that show a design, the share of the rows that have one, and the answers of one at most:
#: more are those of an instruction that says what to make up. Where there is a design, some inputs have more answers.
_LEAST: Final = 20
_MOSTLY: Final = 0.5
_MOST_ANSWERS: Final = 12
_SOME_ANSWERS: Final = 50
#: Inputs that are read, evenly spaced, answers of each, and their characters.
_READ: Final = 32
_ANSWERS: Final = 4
_CHARS: Final = 2_000
#: Share of the words that two answers have in common from which one is a copy of the other with some words changed.
_ALIKE: Final = 0.7


def rows_of_several(examples: pl.DataFrame, texts: Callable[[Sequence[int]], list[Text]]) -> NDArray[np.bool_]:
    """Return the rows whose input has several answers, if most rows of the dataset have such an input; else none.

    ``examples`` has the columns that :class:`~datalint.engine.reduce.comparing.values.Values` needs. Where most answers
    to one input are copies of each other with some words changed, no row is one of these: somebody has multiplied the
    rows. Of preferences the chosen answers count, which are often several to one rejected answer.
    """
    found = np.zeros(examples.height, np.bool_)
    inputs = examples["context"].alias("input")
    if 2 * count_repeated(inputs.to_numpy()) < examples.height:
        return found
    rows = examples.select(inputs, "response_hash", "response_chars").with_row_index("i")
    rows = rows.filter(repeated(inputs) & (pl.col("response_chars") > 0))
    every = rows.group_by("input", maintain_order=True).agg(
        pl.col("i"), pl.col("i").filter(pl.col("response_hash").is_first_distinct()).alias("first")
    )
    groups = every.filter(pl.col("first").list.len().is_between(2, _MOST_ANSWERS))
    if groups.height < _LEAST or groups["i"].list.len().sum() <= _MOSTLY * examples.height:
        return found
    some = groups["first"].gather(evenly_spaced(groups.height, _READ))
    if _are_copies([each[:_ANSWERS] for each in some.to_list()], texts):
        return found
    several = every.filter(pl.col("first").list.len().is_between(2, _SOME_ANSWERS))
    found[several["i"].explode(empty_as_null=False).to_numpy()] = True
    return found


def _are_copies(groups: Sequence[Sequence[int]], texts: Callable[[Sequence[int]], list[Text]]) -> bool:
    rows = sorted(row for group in groups for row in group)
    words = {
        row: words_in((text.chosen or text.response)[:_CHARS]) for row, text in zip(rows, texts(rows), strict=True)
    }
    alike = [
        len(words[one] & words[other]) >= _ALIKE * len(words[one] | words[other])
        for group in groups
        for one, other in combinations(group, 2)
    ]
    return sum(alike) > len(alike) / 2
