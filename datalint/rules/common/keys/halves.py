"""Rows with half of a pair: one of its keys without the other."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from datalint.api import Record
from datalint.rules.common.keys.spelling import misspelled

_COUNTERPARTS: Final = {
    "instruction": "output",
    "prompt": "completion",
    "question": "answer",
    "query": "response",
    "input": "output",
    "chosen": "rejected",
    "rejected": "chosen",
}
#: Keys that one shape alone has: a row with one of them and without its other half lacks a key.
_TELLING: Final = {
    "chosen": "rejected",
    "rejected": "chosen",
    "preferred_output": "non_preferred_output",
    "non_preferred_output": "preferred_output",
}
#: Keys of what is asked, and characters from which on a text under another key may be the answer.
_ASKED: Final = ("instruction", "input", "context", "system", "history")
_LEAST_TEXT: Final = 40


def counterpart(keys: Collection[str]) -> tuple[str, str] | None:
    """Return ``(key, the key that goes with it)`` for the first key that stands without its other half."""
    halves = _COUNTERPARTS.items()
    return next(((key, other) for key, other in halves if key in keys and other not in keys), None)


def missing_half(record: Record) -> tuple[str, str] | None:
    """Return ``(key, the key that it needs)`` for a row whose shape is plain although one key of it is missing.

    None where a misspelled key, another column or a nested value may be what is missing.
    """
    value = record.value
    if next(misspelled(value, "row"), None) is not None:
        return None
    for key, other in _TELLING.items():
        if key in value and other not in value:
            return key, other
    if "instruction" not in value:
        return None
    # One of several outputs, what is said of them, or a text under another name may be what is missing.
    if any("output" in key or "response" in key or "answer" in key for key in value) or any(
        isinstance(item, str) and len(item) >= _LEAST_TEXT and key not in _ASKED for key, item in value.items()
    ):
        return None
    flat = all(key == "history" or not isinstance(item, list | dict) for key, item in value.items())
    # What is proposed for rows that all lack it are prompts alone.
    proposed = record.proposal is not None and "response=" in record.proposal
    if flat and not proposed:
        return "instruction", "output"
    return None
