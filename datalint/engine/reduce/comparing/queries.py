"""Prompts whose answers are queries: whether these find something else."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from datalint.engine.reduce.comparing.differing import Difference

#: What of a query decides what it finds: values, signs and functions.
_VALUE: Final = (
    r"(?<=')[^'\n]+(?=')|(?<=\")[^\"\n]+(?=\")|[<>=!]+|\b\d+(?:\.\d+)?|\b(?:max|min|avg|sum|count|asc|desc|distinct|not"
    r"|having|union|intersect|except)\b"
)
#: Functions and clauses without which it finds something else, and a condition that says little.
_FUNCTION: Final = r"\b(?:max|min|avg|sum|count)(?=\s?\()|\bdistinct\b"
_CLAUSE: Final = r"\b(?:having|union|intersect|except|where|limit|order\s+by|group\s+by)\b"
_KNOWN: Final = r"(?i)\b(?:where|and)\s+[\w.`\"]+\s*(?:is\s+not\s+null\b|(?:!=|<>)\s*'-*')"


def are_other_queries(found: Difference) -> bool:
    """Return whether a prompt has words of its own, and two queries have another value or sign in the place of one."""
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


def _are_queries(found: Difference) -> bool:
    return found.one.is_query and found.other.is_query


def _of(kind: str, query: str) -> Counter[str]:
    return Counter(each.split()[0] for each in re.findall(kind, query))
