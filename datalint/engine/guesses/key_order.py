"""The order in which a message names the keys of rows: those with the longest texts first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

#: Keys that a message names in any case, and characters of a value that count.
_NAMED: Final = 6
_MOST: Final = 1_000


def texts_first(keys: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Return keys by the lengths of their texts in some rows, the longest first; few keys in the order that they have.

    Identifiers, addresses and numbers say the least about what a row is.
    """
    if len(keys) <= _NAMED:
        return tuple(keys)
    from statistics import median

    sizes = {key: median(_size(row.get(key)) for row in rows) for key in keys}
    return tuple(sorted(keys, key=lambda key: -sizes[key]))


def _size(value: Any) -> int:
    if isinstance(value, list | dict):
        return min(len(str(value)), _MOST)
    if not isinstance(value, str):
        return 0
    text = value[:_MOST].strip()
    is_code = text.isascii() and len(text.split()) < 2
    return 1 if is_code and text else len(text)
