"""Columns of objects that have right answers in them, such as what a program needs to judge an answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final

from datalint.support.names.column_names import fold_name
from datalint.support.written_lists import parse_list

#: Words of the names of right answers, whose keys may have another word after them.
_RIGHT: Final = frozenset(("gt", "gold", "golden", "groundtruth", "expected"))
#: Rows that are looked at, characters of one value, keys of it, and objects within objects.
_ROWS: Final = 20
_LONGEST: Final = 20_000
_KEYS: Final = 200
_DEEPEST: Final = 4


def hold_answers(rows: Sequence[Mapping[str, Any]], key: str) -> bool:
    """Return whether most values under a key are objects, perhaps written as text, with a right answer by its name."""
    values = [value for row in rows[:_ROWS] if (value := row.get(key)) not in (None, "", [], {})]
    return bool(values) and 2 * sum(map(_has_answer, values)) > len(values)


def _has_answer(value: object) -> bool:
    if isinstance(value, str):
        value = parse_list(value) if value.lstrip()[:1] in ("{", "[") and len(value) <= _LONGEST else None
    return any(map(_is_right, islice(_keys_in(value, _DEEPEST), _KEYS)))


def _keys_in(value: object, depth: int) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (key for key in value if isinstance(key, str))
    if depth and isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _keys_in(item, depth - 1)


def _is_right(key: str) -> bool:
    words = fold_name(key)
    return not _RIGHT.isdisjoint(words[:1]) or words[:2] == ("ground", "truth")
