"""Rows that judge something by several aspects, each with its reason, as the logs of evaluations have them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from datalint.support.names.column_names import fold_name

#: Last words of the names of why an aspect was judged so, and of how.
_REASONS: Final = frozenset(
    "reasoning reason reasons rationale explanation justification comment comments feedback evidence".split()
)
_JUDGED: Final = frozenset(
    "level score rating grade passed pass verdict label value result fulfilled satisfied met".split()
)
#: Aspects of a row at least, and keys that are looked at.
_LEAST: Final = 2
_MOST: Final = 64
#: Characters from which on another text of a row may be what is judged.
_LONG: Final = 60


def judged_aspects(row: Mapping[str, Any]) -> list[str]:
    """Return the keys of the aspects by which a row judges a text that it does not have; none for any other row."""
    if len(row) > _MOST:
        return []
    aspects = [key for key, value in row.items() if isinstance(value, dict) and _is_judgement(value)]
    others = (value for key, value in row.items() if key not in aspects)
    return aspects if len(aspects) >= _LEAST and not any(map(_may_be_judged, others)) else []


def _is_judgement(value: Mapping[str, Any]) -> bool:
    """Whether an object has a text that explains, and a value that judges: yes or no, a word or a number."""
    ends = {words[-1]: key for key in list(value)[:_MOST] if (words := fold_name(key))}
    explained = any(isinstance(value[key], str) for word, key in ends.items() if word in _REASONS)
    named = (_is_brief(value[key]) for word, key in ends.items() if word in _JUDGED)
    return explained and (any(named) or any(isinstance(value[key], bool) for key in ends.values()))


def _is_brief(value: object) -> bool:
    return isinstance(value, bool | int | float) or (isinstance(value, str) and len(value) <= _LONG)


def _may_be_judged(value: object) -> bool:
    """Whether a value is a longer text, an object, or a list of such."""
    if isinstance(value, list):
        return any(isinstance(each, dict | list) or _may_be_judged(each) for each in value[:_MOST])
    return isinstance(value, dict) or (isinstance(value, str) and len(value) > _LONG)
