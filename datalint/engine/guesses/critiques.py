"""Questions and answers of a known shape with a critique of the answer: the critique or the revision is learned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from datalint.shapes.fields import fields_of
from datalint.support.names.feedback_keys import is_feedback

if TYPE_CHECKING:
    from datalint.shapes.base import Shape
    from datalint.shapes.guess import Guess

#: Shapes of a prompt and its response.
SHAPES: Final = frozenset(
    ("question-answer", "prompt-completion", "alpaca", "problem-solution", "prompt-answer", "request-response")
)


def may_criticize(known: Shape, row: Mapping[str, Any]) -> bool:
    """Return whether a row of a known shape may have a critique of its answer under another key."""
    return known.name in SHAPES and known.fields is not None and any(map(is_feedback, row))


def criticized(known: Shape, rows: Sequence[dict[str, Any]]) -> Guess | None:
    """Return the guess that reads the answer and learns its critique; None if that is not sure.

    If the answer was revised because of its critique, the revision is learned, and neither of the two is read.
    """
    from datalint.shapes.evidence.sampling import columns_of
    from datalint.shapes.guess import Guess, can_be_typed, of_parts
    from datalint.shapes.inference.texts.critiques import as_critic
    from datalint.shapes.inference.texts.learned_parts import revision_of

    fields = fields_of(known, rows[0]) if rows else ()
    if not all(can_be_typed(field.key) for field in fields) or any(field.part == "history" for field in fields):
        return None
    plain = Guess.of(of_parts(fields), clear=True, basis="names")
    columns = columns_of(rows)
    revised = revision_of(columns)
    guess = as_critic(plain, columns, rows)
    if revised and can_be_typed(revised):
        guess = Guess.of(of_parts(fields) | {"response": revised}, clear=True, basis="names")
    if guess is None or guess == plain:
        return None
    return guess.about(rows, known.name)
