"""The questions of prompts, without the context that these have in common."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Final

import numpy as np
import orjson

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
    paragraph or schema, two different questions have prompts that are very similar. So have two requests in one JSON
    object each, with a state that both share; as a request is brief and may be paraphrased, these differ only if their
    answers do.
    """

    def __init__(
        self,
        values: Values,
        reader: Reader | Readers,
        *,
        named: bool = False,
        answers: NDArray[np.uint64] | None = None,
    ) -> None:
        """Prepare.

        Args:
            values: compares prompts as a whole.
            reader: reads their parts.
            named: whether only parts under a key of a question are compared. An instruction in other words for one
                input asks for the same.
            answers: hashes of the responses of the rows, 0 for none; without them, JSON objects are not divided.
        """
        self._values = values
        self._reader = reader
        self._named = named
        self._answers = answers

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
            result[some] = [self._ask_otherwise(*self._divided(parts, one, other)) for one, other in pairs]
        return result

    def _divided(
        self, parts: dict[int, list[PromptPart]], one: int, other: int
    ) -> tuple[list[PromptPart], list[PromptPart]]:
        """Return the parts of two prompts: the members of their objects if both are one and the answers differ."""
        found = parts[one], parts[other]
        if self._answers is None or any(len(each) != 1 for each in found):
            return found
        if self._answers[one] == self._answers[other] or not (self._answers[one] and self._answers[other]):
            return found
        mine, theirs = (_members(each[0]) for each in found)
        return (mine, theirs) if mine and theirs else found

    def _ask_otherwise(self, one: list[PromptPart], other: list[PromptPart]) -> bool:
        shared = {part.text for part in one} & {part.text for part in other}
        mine, theirs = ([part for part in some if part.text not in shared] for some in (one, other))
        if not (shared and mine and theirs) or (self._named and not all(map(_is_question, (*mine, *theirs)))):
            return False
        ours, others = (_pairs_of("\n".join(part.text for part in some)) for some in (mine, theirs))
        return 2 * (ours & others).total() < _ALIKE * (ours.total() + others.total())


def _members(part: PromptPart) -> list[PromptPart]:
    """Return the values of the JSON object that a part is, each with its path; none of any other text."""
    if not part.text.startswith("{"):
        return []
    try:
        value = orjson.loads(part.text)
    except orjson.JSONDecodeError:
        return []
    return [part._replace(path=f"{part.path}.{key}", text=json.dumps([key, each])) for key, each in value.items()]


def _is_question(part: PromptPart) -> bool:
    """Return whether a part is under a key that names a question."""
    # Only pairs of prompts in parts need the names of columns.
    from datalint.support.names.column_names import fold_name

    return not _QUESTIONS.isdisjoint(fold_name(part.path.rpartition(".")[2]))


def _pairs_of(text: str) -> Counter[str]:
    """Return the pairs of neighbouring characters of a text, with their counts."""
    text = text[:_READ].casefold()
    return Counter(map(str.__add__, text, text[1:]))
