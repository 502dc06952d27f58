"""Values that make a row useless: identifiers that a spreadsheet shortened, and labels that are all empty."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from datalint.rules.common.keys.texts_elsewhere import is_beyond_label
from datalint.rules.common.lazy_pattern import lazy_pattern

#: The name of an identifier, and its number as a spreadsheet shortens it: ``1.32567E+18``, or with zeros at its end.
_ID: Final = lazy_pattern(r"(?i)(?:.{0,40}[_ -])?ids?|[a-z]{1,20}ID")
_SHORTENED: Final = lazy_pattern(r"\s*(?:[0-9](?:\.[0-9]{1,14})?E\+1[4-9]|[1-9][0-9]{9,13}0{6,9})\s*")
_LONGEST: Final = 60
#: Meanings of what is learned of a text.
_LEARNED: Final = ("category", "response")


def shortened_id(row: Mapping[str, Any]) -> str | None:
    """Return the key of the identifier of a row without any text, if the last digits of its number are lost."""
    found = [
        key
        for key, value in row.items()
        if len(key) <= _LONGEST and _ID.fullmatch(key.strip()) and _SHORTENED.fullmatch(str(value)[:_LONGEST])
    ]
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
