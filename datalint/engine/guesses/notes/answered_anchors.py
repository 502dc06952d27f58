"""Notes about answers next to texts for embeddings, which may be questions with passages that answer them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, Final

from datalint.shapes.base import Shape
from datalint.shapes.guess import Guess

_CONTRASTIVE: Final = "contrastive"
#: Keys of questions, of passages that match, of answers, and of passages as DPR has them, where answers are for checks.
_QUESTIONS: Final = ("query", "question")
_PASSAGES: Final = ("positive", "positives", "positive_docs", "positive_documents", "positive_texts", "pos")
_ANSWERS: Final = ("answer", "response", "output", "completion")
_RETRIEVED: Final = ("positive_ctxs", "positive_passages")
#: Rows that are looked at, and the share of them that have an answer at least.
_ROWS: Final = 100
_MANY: Final = 0.5


def answered_anchors(first: Mapping[str, Any], shape: Shape, rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the note on the answer to the question of rows like the ``first``; empty for none."""
    if shape.name != _CONTRASTIVE or any(key in first for key in _RETRIEVED):
        return ""
    asked, about, answers = ([key for key in keys if key in first] for keys in (_QUESTIONS, _PASSAGES, _ANSWERS))
    if len(asked) != 1 or len(about) != 1 or len(answers) != 1:
        return ""
    some = [row.get(answers[0]) for row in islice(rows, _ROWS)]
    if sum(bool(each) and isinstance(each, str | list) for each in some) < _MANY * len(some):
        return ""
    option = Guess.of({"prompt": asked[0], "context": about[0], "response": answers[0]}).option
    return f'"{answers[0]}" is not read, as the rows have texts for embeddings; to learn it: {option}'
