"""Lists of tokens as elements of an array: sentences whose tokens are objects with the same keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import orjson

from datalint.support.names.token_keys import TOKENS

#: Further names of what a token is, characters of one at most, and share of the tokens that are one word.
_FORMS: Final = frozenset(("form", "wordform", "surface", "text", "orth"))
_LONGEST: Final = 40
_MOSTLY: Final = 0.95
#: Tokens of a sentence on average.
_TOKENS: Final = 3


def are_sentences(lists: Sequence[list[Any]]) -> bool:
    """Return whether lists are sentences: their items are objects with the keys of a token, which has no blanks."""
    items = [item for each in lists for item in each]
    if not all(lists) or len(items) < _TOKENS * len(lists) or not all(isinstance(item, dict) for item in items):
        return False
    keys = _common(items)
    return len(keys) > 1 and any(_are_words([item[key] for item in items]) for key in keys if _names_tokens(key))


def by_key(element: bytes) -> bytes:
    """Return the object with a list for each key that all tokens of an element have; empty for any other element."""
    try:
        items = orjson.loads(element)
    except orjson.JSONDecodeError:
        return b""
    if not isinstance(items, list) or not items or not all(isinstance(item, dict) for item in items):
        return b""
    keys = _common(items)
    return orjson.dumps({key: [item[key] for item in items] for key in keys}) if keys else b""


def _common(items: Sequence[dict[str, Any]]) -> list[str]:
    """Return the keys that all objects have, in the order of the first one."""
    shared = set(items[0]).intersection(*items[1:])
    return [key for key in items[0] if key in shared]


def _names_tokens(key: str) -> bool:
    return key.lower() in TOKENS or key.lower() in _FORMS


def _are_words(values: Sequence[object]) -> bool:
    """Whether values are texts of one word, of which there are several."""
    words = [value for value in values if isinstance(value, str) and len(value) <= _LONGEST and len(value.split()) == 1]
    return len(words) >= _MOSTLY * len(values) and len(set(words)) > 1
