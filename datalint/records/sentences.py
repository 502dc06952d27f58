"""Whether a value of a row has a text of some words, and is not only names, labels and numbers."""

from __future__ import annotations

from typing import Any, Final

#: Words, and characters of a script without spaces, from which on a text is more than a name or a label.
_WORDS: Final = 2
_CHARS: Final = 8


def has_sentence(value: Any) -> bool:
    """Return whether a value of a row is a text of some words, or has one in it."""
    if isinstance(value, str):
        words = any(map(str.isalpha, value)) and len(value.split()) >= _WORDS
        return words or (not value.isascii() and len(value) >= _CHARS)
    if isinstance(value, dict):
        return any(map(has_sentence, value.values()))
    return isinstance(value, list) and any(map(has_sentence, value))
