"""Prompts that ask for one query, or one call of a tool, in several wordings, as data on queries has them by design."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from datalint.api import Dataset
from datalint.rules.common.duplicates.instruction_wordings import reworded
from datalint.rules.common.texts.programs import is_query

#: Rows from which on several wordings are the design of the data: Spider has two of each query, most of them unlike.
_LEAST: Final = 20
#: Pairs of rows that are read to see whether their answers are queries, evenly spaced, the share of them that are at
#: least, pairs that are compared, and those that are read at a time.
_SAMPLE: Final = 64
_MOSTLY: Final = 0.5
_READ: Final = 10_000
_BLOCK: Final = 512
#: A call of a tool as JSON: its name, then its arguments.
_CALL: Final = (
    r'\s*+(?:<\w{1,40}>\s*+)?+(?:\[\s*+)?+\{\s*+"(?:name|function|function_name|tool|tool_name|action)"\s*:\s*"[\w.:/-]{1,100}"\s*,'
    r'\s*"(?:arg|param|kwargs|action_in|input)'
)
_WORD: Final = r"[^\W\d_]+|\d+"


def rows_of_queries(data: Dataset) -> frozenset[int]:
    """Return the rows with the query or call of their anchor that ask for it in other words, if these are many.

    Prompts that differ in signs alone are none of them.
    """
    pairs = sorted((member, group.rows[0]) for group in data.near for member in group.rows[1:])
    if len(pairs) < _LEAST:
        return frozenset()
    pairs = reworded(data, pairs)
    if len(pairs) < _LEAST:
        return frozenset()
    some = [member for member, _ in pairs[:: max(len(pairs) // _SAMPLE, 1)][:_SAMPLE]]
    if sum(_is_query(text.response) for text in data.texts(some)) < _MOSTLY * len(some):
        return frozenset()
    found: set[int] = set()
    for start in range(0, min(len(pairs), _READ), _BLOCK):
        found.update(_asked_otherwise(data, pairs[start : start + _BLOCK]))
    return frozenset(found) if len(found) >= _LEAST else frozenset()


def _asked_otherwise(data: Dataset, pairs: Sequence[tuple[int, int]]) -> Iterator[int]:
    """Yield the first row of each pair of one query whose prompts differ in words."""
    rows = sorted({row for pair in pairs for row in pair})
    texts = dict(zip(rows, data.texts(rows), strict=True))
    for member, anchor in pairs:
        mine, other = texts[member], texts[anchor]
        if _is_query(mine.response) and _words(mine.prompt) != _words(other.prompt):
            yield member


def _is_query(text: str) -> bool:
    return is_query(text) or re.match(_CALL, text) is not None


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(_WORD, text.casefold()))
