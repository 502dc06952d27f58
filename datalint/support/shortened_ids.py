"""Identifiers of which a spreadsheet cut the last digits: ``1.32567E+18``, or zeros at the end of a long number."""

from __future__ import annotations

from typing import Final

from datalint.support.lazy_pattern import lazy_pattern

#: The name of an identifier, and its number as a spreadsheet shortens it.
_ID: Final = lazy_pattern(r"(?i)(?:.{0,40}[_ -])?ids?|[a-z]{1,20}ID")
_SHORTENED: Final = lazy_pattern(r"(?i)\s*(?:[0-9](?:\.[0-9]{1,14})?E\+1[4-9]|[1-9][0-9]{9,13}0{6,9})\s*")
_LONGEST: Final = 60


def names_id(key: str) -> bool:
    """Return whether a key is the name of an identifier."""
    return len(key) <= _LONGEST and _ID.fullmatch(key.strip()) is not None


def is_shortened(value: object) -> bool:
    """Return whether a value is a number whose last digits are lost, as a text or as a number."""
    return _SHORTENED.fullmatch(str(value)[:_LONGEST]) is not None
