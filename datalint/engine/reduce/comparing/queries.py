"""Comparison of prompts that queries answer: whether the queries have different results."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from datalint.engine.reduce.comparing.differing import Difference

#: The parts of a query that decide its result: values, signs and functions.
_VALUE: Final = (
    r"(?<=')[^'\n]+(?=')|(?<=\")[^\"\n]+(?=\")|[<>=!]+|\b\d+(?:\.\d+)?|\b(?:max|min|avg|sum|count|asc|desc|distinct|not"
    r"|having|union|intersect|except)\b"
)
#: Functions and clauses without which its result is different, and a condition that says little.
_FUNCTION: Final = r"\b(?:max|min|avg|sum|count)(?=\s?\()|\bdistinct\b"
_CLAUSE: Final = r"\b(?:having|union|intersect|except|where|limit|order\s+by|group\s+by)\b"
#: A name of a table or column, what is between its words, and letters that two forms of a word share.
_NAME: Final = r"[^\W\d]\w*"
_BETWEEN: Final = r"[_\d]+"
_STEM: Final = 4
_KNOWN: Final = r"(?i)\b(?:where|and)\s+[\w.`\"]+\s*(?:is\s+not\s+null\b|(?:!=|<>)\s*'-*')"


def are_other_queries(found: Difference) -> bool:
    """Return whether a prompt has words of its own, and each query has a value or sign that the other lacks."""
    if not _are_queries(found) or not (any(found.own) or found.opposed):
        return False
    mine, theirs = (Counter(re.findall(_VALUE, each.answer.casefold())) for each in (found.one, found.other))
    return bool(mine - theirs and theirs - mine)


def are_queries_for_more(found: Difference) -> bool:
    """Return whether one of two queries has a function that the other lacks, and each prompt another word.

    "Which boats" and "how many boats" ask for rows and their number. Clauses count if a prompt has a word of its own:
    some queries limit what others do not though the same is asked.
    """
    if not _are_queries(found):
        return False
    own = any(found.own)
    if not (own or all(found.only)):
        return False
    one, other = (re.sub(_KNOWN, "", each.answer).casefold() for each in (found.one, found.other))
    return _of(_FUNCTION, one) != _of(_FUNCTION, other) or (own and _of(_CLAUSE, one) != _of(_CLAUSE, other))


def name_other_columns(found: Difference) -> bool:
    """Return whether two queries differ in one name, and the prompts in words that one of the two names has alone.

    "The new split number" and "the number" ask for ``NEW_SPLIT_NUMBER`` and ``NUMBER``.
    """
    if not _are_queries(found) or not found.words:
        return False
    mine, theirs = (Counter(re.findall(_NAME, each.answer.casefold())) for each in (found.one, found.other))
    here, there = mine - theirs, theirs - mine
    if len(here) != 1 or len(there) != 1:
        return False
    one, other = (set(re.split(_BETWEEN, *each)) for each in (here, there))
    parts = [(names, only) for names, only in zip((one - other, other - one), found.only, strict=True) if names]
    return bool(parts) and all(any(_is_of(word, names) for word in only) for names, only in parts)


def _is_of(word: str, names: set[str]) -> bool:
    """Whether a word is one of a name, but for the last letters of either."""
    return any(word == name or (min(len(word), len(name)) >= _STEM and word[:_STEM] == name[:_STEM]) for name in names)


def _are_queries(found: Difference) -> bool:
    return found.one.is_query and found.other.is_query


def _of(kind: str, query: str) -> Counter[str]:
    return Counter(each.split()[0] for each in re.findall(kind, query))
