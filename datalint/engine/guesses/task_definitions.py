"""Inputs and outputs whose task is defined in a sentence under a key of its own, which begins the prompt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from datalint.shapes.evidence import definitions
from datalint.shapes.fields import fields_of, keys_of

if TYPE_CHECKING:
    from datalint.shapes.base import Shape
    from datalint.shapes.guess import Guess

#: Keys of a row that are looked at.
_MOST: Final = 64


def may_define(known: Shape, row: Mapping[str, Any]) -> bool:
    """Return whether a row has an input with its output, and may have a definition of the task."""
    return known.name == "prompt-completion" and bool(_definition(known, row))


def defined(known: Shape, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess that puts the definition of the task before each input; None for other rows."""
    from datalint.shapes.guess import JOIN, Guess, can_be_typed

    key = _definition(known, rows[0])
    if not can_be_typed(key) or not definitions.defines(key, rows):
        return None
    prompt, response = (_keys(known, rows[0], side)[0] for side in ("prompt", "response"))
    guess = Guess.of({"prompt": JOIN.join((key, prompt)), "response": response}, clear=True, basis="names")
    return guess.about(rows, known.name)


def _definition(known: Shape, row: Mapping[str, Any]) -> str:
    """Return the only key of a row that may define a task; empty for none."""
    if len(row) > _MOST:
        return ""
    prompts, responses = (_keys(known, row, side) for side in ("prompt", "response"))
    if len(prompts) != 1 or len(responses) != 1 or prompts[0] not in definitions.INPUTS:
        return ""
    found = [key for key in row if key not in known.keys and definitions.may_define(key, row[key])]
    return found[0] if len(found) == 1 else ""


def _keys(known: Shape, row: Mapping[str, Any], side: str) -> list[str]:
    fields = fields_of(known, row)
    return keys_of(fields, side)
