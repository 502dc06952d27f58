"""Rows of a known shape whose prompt is the number of a task or a theme, and whose texts mean something else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from datalint.shapes.fields import fields_of, keys_of

if TYPE_CHECKING:
    from datalint.shapes.base import Shape
    from datalint.shapes.guess import Guess

#: Shapes that a name alone may make of a number.
_SHAPES: Final = frozenset(("prompt-only", "prompt-completion", "question-answer"))
#: Digits of such a number.
_DIGITS: Final = 4


def may_number_prompts(known: Shape, row: Mapping[str, Any]) -> bool:
    """Return whether the prompt of a row may be the number of one."""
    return known.name in _SHAPES and _prompt(known, row) is not None


def of_numbered_prompts(known: Shape, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return what is proposed for rows with numbers as prompts, which several rows share; None for other rows."""
    from datalint.shapes.evidence.sampling import columns_of
    from datalint.shapes.guess import Guess
    from datalint.shapes.inference.texts.numbered_prompts import numbers_prompts
    from datalint.shapes.inference.translated_keys import infer

    key = _prompt(known, rows[0]) if rows else None
    columns = columns_of(rows)
    if not any(each.key == key and numbers_prompts(each, columns, len(rows)) for each in columns):
        return None
    guess = infer(rows) or Guess(())
    return guess.about(rows, known.name)._replace(clear=False, basis="")


def _prompt(known: Shape, row: Mapping[str, Any]) -> str | None:
    """Return the only key of the prompt of a row, if it holds a whole number of few digits."""
    fields = fields_of(known, row)
    keys = keys_of(fields, "prompt")
    value = row[keys[0]] if len(keys) == 1 else None
    return keys[0] if isinstance(value, int | str) and str(value).strip().isdecimal() and _is_short(value) else None


def _is_short(value: int | str) -> bool:
    return len(str(value).strip()) <= _DIGITS
