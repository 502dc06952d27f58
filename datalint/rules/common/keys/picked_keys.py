"""Keys whose value is the name of another key, for rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from datalint.support.lazy_pattern import lazy_pattern
from datalint.support.names.picked_keys import picking_key

#: What a text has, and the number or mark of a class has not: two letters in a row, or one sign for a word.
_WORD: Final = lazy_pattern(r"[^\W\d_]{2}|[\u0e00-\u0fff\u3040-\u9fff\uac00-\ud7a3]")


def picked_text(row: Mapping[str, Any]) -> str | None:
    """Return the key of a row whose value is the name of another one, which holds a text; None for no such key."""
    if (key := picking_key([row])) is None:
        return None
    name = str(row[key]).strip().casefold()
    texts = [value for other, value in row.items() if other != key and other.strip().casefold() == name]
    return key if any(isinstance(text, str) and _WORD.search(text) is not None for text in texts) else None
