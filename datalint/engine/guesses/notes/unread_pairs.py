"""Notes about lists of questions with their answers that are not read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, Final

from datalint.privacy.display import excerpt
from datalint.shapes.base import Shape
from datalint.shapes.fields import fields_of
from datalint.support.lazy_pattern import lazy_pattern

#: Rows that are looked at, and keys of a row.
_ROWS: Final = 100
_MOST: Final = 64
#: Names of a question and of its answer in an item.
_ASKED: Final = frozenset(("q", "question"))
_ANSWERED: Final = frozenset(("a", "answer", "answers"))
#: The beginning of such a list that is written as text, and the name of an answer in it.
_BEGINS: Final = lazy_pattern(r"(?i)\s{0,9}\[\s{0,9}\{\s{0,9}['\"](?:q|question)['\"]\s{0,9}:")
_ANSWER: Final = lazy_pattern(r"(?i)['\"](?:a|answers?)['\"]\s{0,9}:")


def unread_pairs(first: Mapping[str, Any], shape: Shape, rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the note on a list of questions with their answers in rows like the ``first``; empty for none."""
    if shape.fields is None or len(first) > _MOST:
        return ""
    read = {key for key, _ in fields_of(shape, first)}
    keys = [key for key, value in first.items() if key not in read and _are_pairs(value)]
    if not keys:
        return ""
    some = list(islice(rows, _ROWS))
    keys = [key for key in keys if 2 * sum(_are_pairs(row.get(key)) for row in some) > len(some)]
    named = " and ".join(f'"{excerpt(key, 40)}"' for key in keys)
    return f"the questions and answers in {named} are not read; write each pair as a row to learn them" if keys else ""


def _are_pairs(value: object) -> bool:
    """Return whether a value is a list of objects with a question and an answer, which may be written as text."""
    if isinstance(value, str):
        return _BEGINS.match(value) is not None and _ANSWER.search(value) is not None
    item = value[0] if isinstance(value, list) and value else None
    if not isinstance(item, dict) or not all(isinstance(key, str) for key in item):
        return False
    names = {key.lower() for key in item}
    return not names.isdisjoint(_ASKED) and not names.isdisjoint(_ANSWERED)
