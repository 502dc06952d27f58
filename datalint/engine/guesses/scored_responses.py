"""Responses with a label that is a score, such as how harmful they are: the score is learned instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from datalint.shapes.fields import fields_of, keys_of

if TYPE_CHECKING:
    from datalint.shapes.base import Shape
    from datalint.shapes.guess import Guess

#: Shapes of a question and its answer, and names of what is learned of both: a score under another name may say which
#: rows are good.
_SHAPES: Final = frozenset(("question-answer", "prompt-completion"))
_LABELS: Final = frozenset(("label", "labels", "target_score", "label_score"))
#: Keys of a row that are looked at, rows at least, the share of them that must have a number, and different ones that
#: are no whole numbers at least: a scale of a few steps may be one of classes.
_MOST: Final = 64
_LEAST: Final = 20
_NEARLY_ALL: Final = 0.9
_DIFFERENT: Final = 10


def may_be_scored(known: Shape, row: Mapping[str, Any]) -> bool:
    """Return whether a row of a prompt and its response may have a number as its label."""
    if known.name not in _SHAPES or len(row) > _MOST:
        return False
    return any(key.lower() in _LABELS and _is_number(value) for key, value in row.items())


def scored_responses(known: Shape, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess that learns the score of a response; None for labels of a few values, or several labels."""
    labels = [key for key in rows[0] if key.lower() in _LABELS] if len(rows) >= _LEAST else []
    if len(labels) != 1 or known.fields is None:
        return None
    (label,) = labels
    numbers = [value for row in rows if _is_number(value := row.get(label))]
    parted = {float(value) for value in numbers if value is not None and value % 1}
    if len(numbers) < _NEARLY_ALL * len(rows) or len(parted) < _DIFFERENT:
        return None
    from datalint.shapes.guess import JOIN, Guess, can_be_typed

    fields = [field for field in fields_of(known, rows[0]) if field.key != label]
    keys = {part: keys_of(fields, part) for part in ("prompt", "context", "response")}
    if not all(map(can_be_typed, (label, *keys["prompt"], *keys["context"], *keys["response"]))):
        return None
    if len(keys["prompt"]) != 1 or len(keys["response"]) != 1:
        return None
    context = JOIN.join((*keys["context"], *keys["response"]))
    found = {"prompt": keys["prompt"][0], "context": context, "response": label}
    return Guess.of(found, clear=True, basis="values").about(rows, known.name)


def _is_number(value: object) -> bool:
    """Return whether a value is a finite number, and no flag."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < float("inf")
