"""Answers of a known shape with a flag of who wrote one, a person or a model: the flag is learned instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import starmap
from typing import TYPE_CHECKING, Any

from datalint.engine.guesses.critiques import SHAPES
from datalint.shapes.fields import fields_of, keys_of
from datalint.support.names.answer_flags import may_flag_answer

if TYPE_CHECKING:
    from datalint.shapes.base import Shape
    from datalint.shapes.guess import Guess


def may_have_author(known: Shape, row: Mapping[str, Any]) -> bool:
    """Return whether a row of a known shape may say who wrote its answer."""
    return known.name in SHAPES and known.fields is not None and any(starmap(may_flag_answer, row.items()))


def with_author(known: Shape, rows: Sequence[dict[str, Any]]) -> Guess | None:
    """Return the guess that reads the answer and learns who wrote it; None if questions have one kind of answers."""
    from datalint.shapes.evidence.sampled import LEAST_ROWS
    from datalint.shapes.inference.labelled.answer_authors import flag_of_answers, who_answered

    fields = fields_of(known, rows[0]) if rows else ()
    asked, answered = (keys_of(fields, part) for part in ("prompt", "response"))
    if len(rows) < LEAST_ROWS or len(fields) != 2 or not len(asked) == len(answered) == 1:
        return None
    flag = flag_of_answers(rows, [key for key in rows[0] if key not in (asked[0], answered[0])])
    guess = who_answered(rows, asked[0], answered[0], flag) if flag else None
    return guess and guess.about(rows, known.name)
