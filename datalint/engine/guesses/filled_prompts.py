"""Prompts in two languages, of which the one that a known shape reads is empty in rows where the other one is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from datalint.shapes.fields import fields_of, keys_of

if TYPE_CHECKING:
    from datalint.shapes.base import Shape
    from datalint.shapes.guess import Guess

#: Keys of a row that are looked at.
_MOST: Final = 64
#: Rows that are needed, and the share of them whose prompt is empty.
_LEAST: Final = 20
_EMPTY: Final = 0.05


def may_be_filled(known: Shape, row: Mapping[str, Any]) -> bool:
    """Return whether a row has a key that is named as its prompt, but for the name of a language."""
    return bool(_other_languages(known, row))


def filled_prompts(known: Shape, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess that the prompt is in the other language, if that has one where the known prompt is empty."""
    if len(rows) < _LEAST or known.fields is None:
        return None
    from datalint.shapes.guess import Guess, can_be_typed

    keys: dict[str, str] = {part: key for key, part in fields_of(known, rows[0])}
    if keys.keys() != {"prompt", "response"}:
        return None
    empty = [row for row in rows if not _has_text(row, keys["prompt"])]
    filled = [key for key in _other_languages(known, rows[0]) if all(_has_text(row, key) for row in empty)]
    if len(empty) < _EMPTY * len(rows) or len(filled) != 1 or not all(map(can_be_typed, (*filled, keys["response"]))):
        return None
    return Guess.of(keys | {"prompt": filled[0]}, clear=True, basis="values").about(rows, known.name)


def _other_languages(known: Shape, row: Mapping[str, Any]) -> list[str]:
    """Return the keys that are named as the prompt of a row, but for the name of a language."""
    if known.fields is None or len(row) > _MOST:
        return []
    prompts = keys_of(fields_of(known, row), "prompt")
    longer = [key for key in row for prompt in prompts if key.startswith(prompt) and key != prompt]
    if len(prompts) != 1 or not longer:
        return []
    from datalint.shapes.evidence.named_languages import are_translations

    return [key for key in longer if are_translations(key, prompts[0])]


def _has_text(row: Mapping[str, Any], key: str) -> bool:
    value = row.get(key)
    return isinstance(value, str) and bool(value.strip())
