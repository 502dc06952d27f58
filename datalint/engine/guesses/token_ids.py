"""Prompts and responses that are lists of token ids, with the same pair as texts next to them (P3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from datalint.engine.guesses.notes.second_pairs import has_texts, named_pairs
from datalint.shapes.fields import fields_of, keys_of

if TYPE_CHECKING:
    from datalint.shapes.base import Shape
    from datalint.shapes.guess import Guess

#: Items of a list that are looked at.
_ITEMS: Final = 50
#: Share of the rows that must be so.
_NEARLY_ALL: Final = 0.9


def may_be_token_ids(known: Shape, row: Mapping[str, Any]) -> bool:
    """Return whether the prompt and the response of a row may be token ids."""
    sides = _sides(known, row)
    return sides is not None and all(_are_ids(row.get(key)) for key in sides)


def texts_of_token_ids(known: Shape, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess that the texts of such a pair are read instead; None if rows have none, or several."""
    sides = _sides(known, rows[0]) if rows else None
    if sides is None or sum(all(_are_ids(row.get(key)) for key in sides) for row in rows) < _NEARLY_ALL * len(rows):
        return None
    pairs = [*named_pairs(rows[0], *sides)]
    pairs = [pair for pair in pairs if sum(has_texts(row, pair) for row in rows) >= len(rows) / 2]
    if len(pairs) != 1:
        return None
    from datalint.shapes.guess import Guess

    prompt, response = pairs[0]
    return Guess.of({"prompt": prompt, "response": response}, clear=True, basis="values").about(rows, known.name)


def _sides(known: Shape, row: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return the keys of the prompt and the response of a row, None for one that has several or none of either."""
    if known.kind != "sft" or known.fields is None:
        return None
    fields = fields_of(known, row)
    prompts, responses = (keys_of(fields, each) for each in ("prompt", "response"))
    return (prompts[0], responses[0]) if len(prompts) == len(responses) == 1 else None


def _are_ids(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(type(each) is int and each >= 0 for each in value[:_ITEMS])
