"""Prompts and responses with labels of both, which are learned, although the known shape of rows leaves them out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from datalint.support.lazy_pattern import lazy_pattern

if TYPE_CHECKING:
    from datalint.shapes.base import Shape
    from datalint.shapes.guess import Guess

#: Shapes of rows with a prompt and a response, which may be null, and the keys of both.
_SHAPES: Final = frozenset(("prompt-completion", "question-answer", "prompt-only"))
_PAIRS: Final = (
    *(("prompt", "response"), ("prompt", "completion"), ("prompt", "output"), ("prompt", "answer")),
    *(("query", "response"), ("input", "output"), ("question", "answer"), ("question", "response")),
)
#: What the keys of such labels contain.
_LABEL: Final = lazy_pattern(r"(?i)label|harm|safe|toxic|jailbreak|refus")


def may_judge_sides(known: Shape, row: Mapping[str, Any]) -> bool:
    """Return whether a row may have labels of its prompt and of its response, by its keys."""
    return known.name in _SHAPES and any(map(_LABEL.search, row)) and _pair(row) is not None


def labels_of_sides(rows: Sequence[dict[str, Any]]) -> Guess | None:
    """Return the guess that labels of prompts and responses are learned; None where it is not clear that they are."""
    from datalint.shapes.evidence.sampling import columns_of
    from datalint.shapes.guess import can_be_typed
    from datalint.shapes.inference.labelled.judged_sides import judged_sides

    pair = _pair(rows[0])
    if pair is None:
        return None
    filled = [row for row in rows if row]
    columns = [each for each in columns_of(filled) if can_be_typed(each.key)]
    guess = judged_sides({"prompt": pair[0], "response": pair[1]}, columns, filled)
    return guess.about(filled) if guess is not None and guess.clear else None


def _pair(row: Mapping[str, Any]) -> tuple[str, str] | None:
    return next((pair for pair in _PAIRS if pair[0] in row and pair[1] in row), None)
