"""Columns of what the server of a model says of its own answer: the tokens that it counted, or its whole response."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.sampled import Holds, SampledColumn
from datalint.support.names.column_names import last_word

#: The key of the tokens that a server counted, in its response.
_USAGE: Final = "usage"
_TOKENS: Final = ("token", "tokens")


def without_api_records(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> list[SampledColumn]:
    """Return columns without those of a server's counts and responses, if there is a text apart from them."""
    kept = [each for each in columns if each.holds is not Holds.OBJECT or not _are_records(each.key, rows)]
    return kept if any(each.holds is Holds.TEXT for each in kept) else list(columns)


def _are_records(key: str, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether all objects under a key count tokens, or have such an object."""
    objects = [value for row in rows if (value := row.get(key))]
    return bool(objects) and all(isinstance(each, dict) and _counts(each.get(_USAGE, each)) for each in objects)


def _counts(value: object) -> bool:
    """Return whether an object has the number of tokens under one of its keys."""
    if not isinstance(value, dict):
        return False
    return any(isinstance(count, int) and last_word(str(key)) in _TOKENS for key, count in value.items())
