"""A row with typical values, by which rows of unknown shape are described, so that all of them have one message."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

#: Rows of a sample from which on values that repeat are labels, and the most distinct values among them.
_LEAST: Final = 20
_FEW: Final = 0.2
#: Share of rows in which a key has a value, for its typical one to be such a value.
_FILLED: Final = 0.1
#: Characters of a text, items of a list or object and levels that are kept.
_CHARS: Final = 300
_ITEMS: Final = 8
_KEYS: Final = 64
_DEPTH: Final = 5


def typical_row(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return a row with a typical value under each key of some rows, as JSON: of labels the shortest, else the median.

    Long values are cut. Keys that most rows lack have a value only if enough rows have one.
    """
    keys = dict.fromkeys(key for row in rows for key in row)
    return json.dumps({key: _typical([row.get(key) for row in rows]) for key in list(keys)[:_KEYS]}, default=str)


def _typical(values: Sequence[Any]) -> Any:
    """Return the typical one of the values under a key."""
    filled = [value for value in values if value not in (None, "", [], {})]
    if not filled or len(filled) < _FILLED * len(values):
        return next((value for value in values if value is not None), None) if not filled else None
    written = [json.dumps(value, default=str, sort_keys=True) for value in filled]
    ranked = sorted(range(len(filled)), key=lambda place: (len(written[place]), place))
    texts = all(isinstance(value, str) for value in filled)
    labels = texts and len(filled) >= _LEAST and len(set(written)) <= _FEW * len(filled)
    return _cut(filled[ranked[0 if labels else len(ranked) // 2]], _DEPTH)


def _cut(value: Any, depth: int) -> Any:
    """Return a value without the ends of its long texts and lists."""
    if isinstance(value, str):
        return value[:_CHARS]
    if isinstance(value, list):
        return [_cut(each, depth - 1) for each in value[:_ITEMS]] if depth else []
    if isinstance(value, dict):
        return {key: _cut(each, depth - 1) for key, each in list(value.items())[:_KEYS]} if depth else {}
    return value
