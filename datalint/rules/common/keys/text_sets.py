"""Rows of two or three texts in a list, as sentence-transformers is trained on them, and what to do with them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from datalint.api import excerpt
from datalint.support.letters import letters_of

#: Names of such lists, without signs and in small letters.
_NAMES: Final = frozenset("texts textpair set pair triplet triplets triple triples".split())
#: How texts of a list of so many are called.
_CALLED: Final = {2: ("two", "anchor and positive"), 3: ("three", "anchor, positive and negative")}
_SHOWN: Final = 40


def said_of_set(row: Mapping[str, Any]) -> str | None:
    """Return what to do with a row that has two or three texts in a list, and nothing else; None for any other row."""
    if len(row) != 1:
        return None
    ((key, texts),) = row.items()
    if letters_of(key[:_SHOWN]) not in _NAMES or not isinstance(texts, list):
        return None
    if len(texts) not in _CALLED or not all(isinstance(each, str) and each.strip() for each in texts):
        return None
    number, names = _CALLED[len(texts)]
    return f'write the {number} texts of "{excerpt(key, _SHOWN)}" under keys of their own, such as {names}'
