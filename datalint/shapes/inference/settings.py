"""Single rows that are no examples: the settings of a program, its templates, and the metadata of a package."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.names import DESCRIPTIONS, has_word
from datalint.shapes.evidence.sampling import columns_of
from datalint.shapes.guess import Guess, keys_of
from datalint.support.names.column_names import Strength, strength

#: Keys of a single row beyond which it may be a file of settings or metadata, and characters of a text of such a file.
_FEW_KEYS: Final = 3
_DESCRIPTION: Final = 200
#: A place in a template that a program fills in, or a statement of Jinja, and characters that are looked at.
_PLACE: Final = re.compile(r"\{[a-z][a-z_]{1,30}\}|\{%-? ")
_LOOKED_AT: Final = 2_000


def are_settings(guess: Guess, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether a guess about one row alone reads single words, or a short text next to much else.

    Such are the settings of a program, its templates and the metadata of a package, which are no examples.
    """
    found = dict(guess.columns)
    if len(rows) != 1 or not found.keys() <= {"prompt", "context", "response", "text", "category"}:
        return False
    row = rows[0]
    if not guess.clear and any(_has_places(row.get(key)) for key in guess.named):
        return True
    if "text" in found:
        described = has_word(found["text"], DESCRIPTIONS)
        if guess.clear and not described:
            return False
        short = len(str(row.get(found["text"], ""))) < _DESCRIPTION
        several = len(row) > (1 if described else _FEW_KEYS)
        return several and short and not any(e.code for e in columns_of(rows) if e.key == found["text"])
    if guess.clear:
        return False
    sides = [(meaning, key) for meaning in ("prompt", "response") for key in keys_of(meaning, found.get(meaning, ""))]
    whole = [(meaning, key) for meaning, key in sides if strength(key, meaning) is Strength.WHOLE]
    named = any(meaning == "response" or not isinstance(row.get(key), list | dict) for meaning, key in whole)
    if not named and len(row) > _FEW_KEYS and any(isinstance(value, dict | list) for value in row.values()):
        return True
    values = [row.get(key) for _, key in sides]
    return not named and all(isinstance(value, bool | int | float | list | dict) or _is_word(value) for value in values)


def _has_places(value: object) -> bool:
    """Return whether a text is a template, with places that a program fills in."""
    return isinstance(value, str) and _PLACE.search(value[:_LOOKED_AT]) is not None


def _is_word(value: object) -> bool:
    return isinstance(value, str) and value.isascii() and len(value.split()) < 2
