"""Keys whose value is the name of another key, for rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from datalint.support.lazy_pattern import lazy_pattern
from datalint.support.names.picked_keys import picking_key

#: What a text has, and the number or mark of a class has not: two letters in a row, or one sign for a word.
_WORD: Final = lazy_pattern(r"[^\W\d_]{2}|[\u0e00-\u0fff\u3040-\u9fff\uac00-\ud7a3]")


#: Words at the end of the name of what a model answered.
_ANSWERS: Final = lazy_pattern(r"(?i)(?<=[a-z0-9])[ _-]{1,2}(?:response|answer|output|completion|reply|generation)$")


def picked_text(row: Mapping[str, Any]) -> str | None:
    """Return the key of a row whose value is the name of another one, which holds a text; None for no such key.

    The other name may say that it is an answer as well: ``gpt4`` names ``gpt4_answer``.
    """
    plain = {_model(key): value for key, value in row.items()}
    row = plain if len(plain) == len(row) else row
    if (key := picking_key([row])) is None:
        return None
    name = str(row[key]).strip().casefold()
    texts = [value for other, value in row.items() if name and other != key and other.strip().casefold() == name]
    return key if any(isinstance(text, str) and _WORD.search(text) is not None for text in texts) else None


def _model(key: str) -> str:
    """Return the name of the model whose answer a key holds, or the key itself."""
    return _ANSWERS.sub("", key)
