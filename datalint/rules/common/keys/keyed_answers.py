"""Answers under their prompts, which are the keys of one object."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from datalint.api import excerpt

#: Pairs of an object at least, and the share of its keys that have several words.
_LEAST: Final = 3
_SEVERAL: Final = 0.5
_SHOWN: Final = 30


def said_of_keyed_answers(row: Mapping[str, Any]) -> str | None:
    """Return what to do with an object whose keys may be prompts, and its values their responses; None for any other.

    Names of columns in several words begin with a capital letter, and those of settings are one word.
    """
    keys = [key.strip() for key in row]
    if len(keys) < _LEAST or not all(isinstance(value, str) and value.strip() for value in row.values()):
        return None
    if not any(key == key.lower() or key.endswith("?") for key in keys) or any(map(_is_title, keys)):
        return None
    several = [key for key in keys if " " in key]
    answers = sum(" " in value.strip() for value in row.values())
    if len(several) < _SEVERAL * len(keys) or answers < _SEVERAL * len(keys):
        return None
    shown = excerpt(several[0], _SHOWN)
    return f'if keys such as "{shown}" are prompts, write each pair as a row: {{"prompt": KEY, "completion": VALUE}}'


def _is_title(key: str) -> bool:
    """Return whether each word of a key of several begins with a capital letter, as in the header of a table."""
    words = re.findall(r"[^\W\d_]+", key)
    return len(words) > 1 and all(word[0].isupper() for word in words) and not key.endswith("?")
