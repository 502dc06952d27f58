"""A prompt that was guessed from the first rows of a file, and that most of its rows leave empty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from datalint.shapes.guess import keys_of
from datalint.shapes.key_paths import value_of

if TYPE_CHECKING:
    from datalint.shapes.guess import Guess

#: Share of the rows without a prompt from which the key of a guess is no prompt.
_EMPTY: Final = 0.5


def is_emptied(guess: Guess, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether most of the rows are empty under all keys that a guess from values takes as the prompt.

    A key that is named as a prompt is one, and its empty rows are mistakes.
    """
    prompt = dict(guess.columns).get("prompt")
    if not guess.clear or guess.basis != "values" or prompt is None:
        return False
    keys = keys_of("prompt", prompt)
    return sum(all(_is_empty(value_of(row, key)) for key in keys) for row in rows) > _EMPTY * len(rows)


def _is_empty(value: object) -> bool:
    return value is None or value in ("", [], {}) or (isinstance(value, str) and not value.strip())
