"""What makes two rows with one text different examples."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from datalint.records.canonical import exact_hash
from datalint.shapes.messages import WEIGHT_KEYS

_KEYS: Final = ("tools", "functions", "images", "videos", "audios", "label", "kto_tag")
#: Features of a row that its text already holds.
_PLAIN: Final = frozenset(("preference", "tool_calls", "names", "misspelled"))


def identity(value: dict[str, Any], features: frozenset[str]) -> int:
    """Return a 64-bit hash of what tells a row apart beside its text, 0 for nothing.

    That is tools, media, loss weights and a preference label: rows that differ there are different examples
    however alike their texts.
    """
    if features <= _PLAIN:
        return 0
    rest: dict[str, Any] = {key: value[key] for key in _KEYS if key in value}
    if "media" in features or "weights" in features:
        rest["turns"] = list(_marks(value))
    return exact_hash(rest) if rest else 0


def _marks(value: dict[str, Any]) -> Iterator[Any]:
    for turns in value.values():
        for turn in turns if isinstance(turns, list) else ():
            if isinstance(turn, dict):
                yield {key: turn[key] for key in turn if key in WEIGHT_KEYS}
                content = turn.get("content")
                if isinstance(content, list):
                    yield [part for part in content if isinstance(part, dict) and part.get("type") != "text"]
