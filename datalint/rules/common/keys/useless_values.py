"""Values that make a row useless: identifiers that a spreadsheet shortened, and labels that are all empty."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from datalint.rules.common.keys.texts_elsewhere import is_beyond_label
from datalint.support.shortened_ids import is_shortened, names_id

_LONGEST: Final = 60
#: Meanings of what is learned of a text.
_LEARNED: Final = ("category", "response")


def shortened_id(row: Mapping[str, Any]) -> str | None:
    """Return the key of the identifier of a row without any text, if the last digits of its number are lost."""
    found = [key for key, value in row.items() if names_id(key) and is_shortened(value)]
    said = any(isinstance(value, list | dict) or is_beyond_label(str(value)) for value in row.values())
    return found[0] if len(found) == 1 and not said else None


def empty_label(row: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return the key of the label of a row, which is empty, and that of its only text; None for any other row."""
    empty = [key for key, value in row.items() if value == "" and _is_learned(key)]
    texts = [key for key, value in row.items() if isinstance(value, str) and any(map(str.isalpha, value))]
    return (empty[0], texts[0]) if len(empty) == len(texts) == 1 else None


def _is_learned(key: str) -> bool:
    from datalint.support.names.column_names import Strength, strength  # few files have a row of unknown shape

    return len(key) <= _LONGEST and any(strength(key, meaning) >= Strength.HEAD for meaning in _LEARNED)
