"""What makes two rows with the same texts different examples: the media and the loss weights of their turns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from datalint.records.canonical import exact_hash
from datalint.shapes.messages import WEIGHT_KEYS

#: Features of a row whose turns have marks.
_MARKED: Final = frozenset(("media", "weights"))


def turn_marks(value: dict[str, Any], features: frozenset[str]) -> int:
    """Return a 64-bit hash of the media and loss weights of a row's turns, 0 for none."""
    if features.isdisjoint(_MARKED):
        return 0
    marks = list(_marks(value))
    return exact_hash(marks) if any(marks) else 0


def _marks(value: dict[str, Any]) -> Iterator[Any]:
    for turns in value.values():
        for turn in turns if isinstance(turns, list) else ():
            if isinstance(turn, dict):
                yield {key: turn[key] for key in turn if key in WEIGHT_KEYS}
                content = turn.get("content", turn.get("parts"))
                if isinstance(content, list):
                    yield [part for part in content if isinstance(part, dict) and _is_marked(part)]


def _is_marked(part: dict[str, Any]) -> bool:
    return part.get("type") != "text" and not part.keys() <= {"text"}
