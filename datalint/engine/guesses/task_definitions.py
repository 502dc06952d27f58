"""Inputs and outputs whose task is defined in a sentence under a key of its own, which begins the prompt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from datalint.shapes.fields import fields_of, keys_of
from datalint.support.lazy_pattern import lazy_pattern

if TYPE_CHECKING:
    from datalint.shapes.base import Shape
    from datalint.shapes.guess import Guess

#: Names of keys with the definition of a task.
_TASKS: Final = lazy_pattern(r"(?i)(?:task|tasks|(?:task)?[ _-]?(?:definitions?|descriptions?|instructions?|prompt))")
#: Keys of a row that are looked at.
_MOST: Final = 64
#: Words of a definition, on average, at least: fewer are the name of a task. Characters that are looked at.
_WORDS: Final = 5
_LOOKED_AT: Final = 1_000
#: Share of the rows that must have a definition, and signs of a script without spaces that are a sentence.
_NEARLY_ALL: Final = 0.9
_SIGNS: Final = 12
#: The prompt of such rows; any other one says what is to be done itself.
_INPUTS: Final = frozenset(("input", "inputs"))


def may_define(known: Shape, row: Mapping[str, Any]) -> bool:
    """Return whether a row has an input with its output, and may have a definition of the task."""
    return known.name == "prompt-completion" and bool(_definition(known, row))


def defined(known: Shape, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess that puts the definition of the task before each input; None for other rows."""
    from datalint.shapes.guess import JOIN, Guess, can_be_typed

    key = _definition(known, rows[0])
    sizes = [len(words) for row in rows if (words := _words(row.get(key)))]
    if not can_be_typed(key) or len(sizes) < _NEARLY_ALL * len(rows) or sum(sizes) < _WORDS * len(sizes):
        return None
    prompt, response = (_keys(known, rows[0], side)[0] for side in ("prompt", "response"))
    guess = Guess.of({"prompt": JOIN.join((key, prompt)), "response": response}, clear=True, basis="names")
    return guess.about(rows, known.name)


def _definition(known: Shape, row: Mapping[str, Any]) -> str:
    """Return the only key of a row that may define a task; empty for none."""
    if len(row) > _MOST:
        return ""
    prompts, responses = (_keys(known, row, side) for side in ("prompt", "response"))
    if len(prompts) != 1 or len(responses) != 1 or prompts[0] not in _INPUTS:
        return ""
    found = [key for key in row if _TASKS.fullmatch(key) and key not in known.keys and _words(row[key])]
    return found[0] if len(found) == 1 else ""


def _keys(known: Shape, row: Mapping[str, Any], side: str) -> list[str]:
    fields = fields_of(known, row)
    return keys_of(fields, side)


def _words(value: object) -> list[str]:
    """Return the words of a text, which may be the only item of a list; the signs of one without spaces."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if not isinstance(value, str):
        return []
    words = value[:_LOOKED_AT].split()
    return [*value[:_LOOKED_AT]] if len(words) == 1 and len(value) >= _SIGNS and not value.isascii() else words
