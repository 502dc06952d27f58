"""The questions of prompts, without the context that these have in common."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import numpy as np

from datalint.support.distinct import distinct

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from datalint.engine.execute.row_reader import Readers

#: Share of the pairs of characters that two questions have in common at least, if they ask the same.
_ALIKE: Final = 0.8
#: Characters of a question that are compared, and pairs of rows that are read at a time.
_READ: Final = 20_000
_PAIRS: Final = 4_096


class OwnQuestions:
    """Compares the parts of two prompts that they don't have in common.

    A prompt has several parts if its row has a context of its own, or an instruction with an input. On one long
    paragraph, two different questions have prompts that are very similar.
    """

    def __init__(self, reader: Readers) -> None:
        """Prepare; ``reader`` reads rows of both splits."""
        self._reader = reader

    def differ(self, first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return which pairs of rows have a part of their prompt in common, and otherwise ask for something else."""
        result = np.zeros(len(first), np.bool_)
        for start in range(0, len(first), _PAIRS):
            some = slice(start, start + _PAIRS)
            rows = distinct(np.concatenate([first[some], second[some]])).tolist()
            prompts = self._reader.prompt_parts(rows)
            parts = {row: [each.text for each in found] for row, found in zip(rows, prompts, strict=True)}
            pairs = zip(first[some].tolist(), second[some].tolist(), strict=True)
            result[some] = [_ask_otherwise(parts[one], parts[other]) for one, other in pairs]
        return result


def _ask_otherwise(one: list[str], other: list[str]) -> bool:
    shared = {*one} & {*other}
    mine, theirs = ("\n".join(each for each in some if each not in shared) for some in (one, other))
    if not (shared and mine and theirs):
        return False
    ours, others = (_pairs_of(text) for text in (mine, theirs))
    return 2 * (ours & others).total() < _ALIKE * (ours.total() + others.total())


def _pairs_of(text: str) -> Counter[str]:
    """Return the pairs of neighbouring characters of a text, with their counts."""
    text = text[:_READ].casefold()
    return Counter(map(str.__add__, text, text[1:]))
