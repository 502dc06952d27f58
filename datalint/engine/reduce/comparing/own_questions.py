"""The questions of prompts, without the context that these have in common."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import numpy as np

from datalint.support.distinct import distinct

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from datalint.engine.execute.row_reader import PromptPart, Reader, Readers
    from datalint.engine.reduce.comparing.values import Values

#: Share of the pairs of characters that two questions have in common at least, if they ask the same.
_ALIKE: Final = 0.8
#: Characters of a question that are compared, and pairs of rows that are read at a time.
_READ: Final = 20_000
_PAIRS: Final = 4_096
#: Words in keys of questions.
_QUESTIONS: Final = frozenset(("question", "questions", "query", "queries"))


class OwnQuestions:
    """Compares the parts of two prompts that they don't have in common.

    A prompt has several parts if its row has a context of its own, or an instruction with an input. On one long
    paragraph or schema, two different questions have prompts that are very similar.
    """

    def __init__(self, values: Values, reader: Reader | Readers, *, named: bool = False) -> None:
        """Prepare.

        Args:
            values: compares prompts as a whole.
            reader: reads their parts.
            named: whether only parts under a key of a question are compared. An instruction in other words for one
                input asks for the same.
        """
        self._values = values
        self._reader = reader
        self._named = named

    def different(self, first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return which pairs of rows are different examples, as a whole or by what only one of the two prompts has."""
        found = self._values.different(first, second)
        rest = np.flatnonzero(~found)
        found[rest] = self._differ(first[rest], second[rest])
        return found

    def _differ(self, first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return which pairs of rows have a part of their prompt in common, and otherwise ask for something else."""
        result = np.zeros(len(first), np.bool_)
        for start in range(0, len(first), _PAIRS):
            some = slice(start, start + _PAIRS)
            rows = distinct(np.concatenate([first[some], second[some]])).tolist()
            parts = dict(zip(rows, self._reader.prompt_parts(rows), strict=True))
            pairs = zip(first[some].tolist(), second[some].tolist(), strict=True)
            result[some] = [self._ask_otherwise(parts[one], parts[other]) for one, other in pairs]
        return result

    def _ask_otherwise(self, one: list[PromptPart], other: list[PromptPart]) -> bool:
        shared = {part.text for part in one} & {part.text for part in other}
        mine, theirs = ([part for part in some if part.text not in shared] for some in (one, other))
        if not (shared and mine and theirs) or (self._named and not all(map(_is_question, (*mine, *theirs)))):
            return False
        ours, others = (_pairs_of("\n".join(part.text for part in some)) for some in (mine, theirs))
        return 2 * (ours & others).total() < _ALIKE * (ours.total() + others.total())


def _is_question(part: PromptPart) -> bool:
    """Return whether a part is under a key that names a question."""
    # Only pairs of prompts in parts need the names of columns.
    from datalint.support.names.column_names import fold_name

    return not _QUESTIONS.isdisjoint(fold_name(part.path.rpartition(".")[2]))


def _pairs_of(text: str) -> Counter[str]:
    """Return the pairs of neighbouring characters of a text, with their counts."""
    text = text[:_READ].casefold()
    return Counter(map(str.__add__, text, text[1:]))
