"""Two questions and their documents in one row, under keys that differ in a number: ``q1``, ``q2``, ``doc1``, ``doc2``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from datalint.api import excerpt
from datalint.support.names.column_names import Strength, fold_name, strength

#: Characters of a key up to which its number is found, the pairs of a row, and the series of keys.
_KEY: Final = 60
_PAIRS: Final = 2
#: Meanings of the keys of what belongs to a question.
_ABOUT: Final = ("context", "text", "response")


def said_of_pairs(value: Mapping[str, Any]) -> str | None:
    """Return what to do with a row of two questions with their documents or answers; None for any other row."""
    series: dict[str, list[str]] = {}
    for key, item in value.items():
        numbers = re.findall(r"[0-9]+", key) if len(key) <= _KEY else []
        if len(numbers) == 1 and isinstance(item, str) and " " in item.strip():
            series.setdefault(key.replace(numbers[0], "#"), []).append(key)
        elif isinstance(item, str) and " " in item.strip() and strength(key, "about") < Strength.HEAD:
            return None  # a text that both are about
    if len(series) != _PAIRS or any(len(keys) != _PAIRS for keys in series.values()):
        return None
    asked = [keys for keys in series.values() if strength(_bare(keys[0]), "prompt") is Strength.WHOLE]
    others = [keys for keys in series.values() if keys not in asked]
    if len(asked) != 1 or not any(strength(_bare(others[0][0]), each) >= Strength.HEAD for each in _ABOUT):
        return None
    pairs = [" and ".join(f'"{excerpt(key, 40)}"' for key in pair) for pair in zip(asked[0], others[0], strict=True)]
    said = f"{pairs[0]} are one pair, and {pairs[1]} another: write each as a row"
    if strength(_bare(others[0][0]), "response") >= Strength.HEAD:
        return said
    return f'{said} with "query" and "positive", and the other text as "negative" where they are compared'


def _bare(key: str) -> str:
    """Return the words of a key without its number."""
    return "_".join(fold_name(re.sub(r"[0-9]+", " ", key)))
