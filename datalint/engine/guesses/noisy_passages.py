"""Questions with answers and lists of passages that have the answer or not, as RGB tests how models use what was found.

Texts for embeddings have the same keys, but no answer, or a passage or two for each anchor.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from datalint.shapes.base import Shape
    from datalint.shapes.guess import Guess

_SHAPE: Final = "contrastive"
_QUESTIONS: Final = ("query", "question")
_ANSWERS: Final = ("answer", "answers")
_MATCHING: Final = "positive"
_OTHERS: Final = "negative"
#: Passages of a row at least, on average, and the share of the rows whose answer one of the first ones has.
_SEVERAL: Final = 2
_ANSWERED: Final = 0.5
#: Passages with wrong answers, which some of its sets have as well.
_MORE: Final = "positive_wrong"


def may_have_noise(known: Shape, row: Mapping[str, Any]) -> bool:
    """Return whether a row has a question, an answer, and lists of passages that match and that do not."""
    named = known.name == _SHAPE and any(key in row for key in _QUESTIONS) and any(key in row for key in _ANSWERS)
    return named and all(isinstance(row.get(key), list) for key in (_MATCHING, _OTHERS))


def with_noise(known: Shape, rows: Sequence[dict[str, Any]]) -> Guess | None:
    """Return the guess that learns the answers from all passages; None if these are pairs for embeddings."""
    first = rows[0]
    asked, answered = (next(key for key in keys if key in first) for keys in (_QUESTIONS, _ANSWERS))
    lists = [passages for row in rows if isinstance(passages := row.get(_MATCHING), list)]
    if sum(map(len, lists)) < _SEVERAL * len(rows):
        return None
    if sum(_is_answered(row.get(answered), row.get(_MATCHING)) for row in rows) < _ANSWERED * len(rows):
        return None
    from datalint.shapes.guess import JOIN, Guess

    passages = JOIN.join(key for key in first if key in (_MATCHING, _OTHERS, _MORE))
    guess = Guess.of({"prompt": asked, "context": passages, "response": answered}, clear=True, basis="values")
    return guess.about(rows, known.name)


def _is_answered(answer: object, passages: object) -> bool:
    """Whether a passage has the answer, or one of several."""
    texts = [each.lower() for each in _texts(passages)] if isinstance(passages, list) else []
    return any(said.lower() in text for said in _texts(answer) for text in texts)


def _texts(answer: object) -> Iterator[str]:
    """Yield an answer without the stop at its end, or each of the answers in lists of them."""
    if isinstance(answer, str) and answer.strip(" ."):
        yield answer.strip(" .")
    elif isinstance(answer, list):
        for item in answer:
            for each in item if isinstance(item, list) else [item]:
                if isinstance(each, str) and each.strip(" ."):
                    yield each.strip(" .")
