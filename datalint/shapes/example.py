"""A complete row as one text, which the near-duplicate view ``example`` compares."""

from __future__ import annotations

import json
from typing import Any, Final

from datalint.records.canonical import as_text, visible_surrogates

_PAIRS: Final = (("prompt", "completion"), ("question", "answer"))


def example_text(value: dict[str, Any]) -> str:
    """Return the row's text.

    Messages and conversations are ``role: content`` lines; Alpaca rows are instruction, input and output (or
    response), prompt/completion and question/answer rows their two texts, each on a line; any other row is all
    its values in key order, those that aren't strings as JSON.
    """
    for key in ("messages", "conversations"):
        turns = value.get(key)
        if isinstance(turns, list) and all(isinstance(turn, dict) for turn in turns):
            return visible_surrogates("\n".join(_line(turn) for turn in turns))
    if "instruction" in value and ("output" in value or "response" in value):
        keys: tuple[str, ...] = ("instruction", "input", "output" if "output" in value else "response")
        return visible_surrogates("\n".join(_text(value.get(key) or "") for key in keys))
    for pair in _PAIRS:
        if value.keys() >= set(pair):
            return visible_surrogates("\n".join(_text(value[key]) for key in pair))
    return visible_surrogates("\n".join(_text(item) for item in value.values()))


def _line(turn: dict[str, Any]) -> str:
    role = turn.get("role", turn.get("from", ""))
    content = turn.get("content", turn.get("value", ""))
    return f"{role}: {_text(content)}"


def _text(value: Any) -> str:
    """Return JSON as Python's own module writes it, spaces and all: the definition counts characters."""
    if isinstance(value, str):
        return value
    try:
        return json.dumps(value, ensure_ascii=False)
    except (TypeError, ValueError, RecursionError):
        return as_text(value)
