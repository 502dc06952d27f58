"""Marks that distinguish examples with the same texts: media, loss weights of turns, and labelled places."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from datalint.records.canonical import exact_hash
from datalint.shapes.messages import WEIGHT_KEYS
from datalint.support.annotations import counted_results

#: Features of a row whose turns have marks, and of one with labels of places in its text.
_MARKED: Final = frozenset(("media", "weights"))
_PLACED: Final = "places"


def turn_marks(value: dict[str, Any], features: frozenset[str]) -> int:
    """Return a 64-bit hash of the media and loss weights of a row's turns and of its labelled places, 0 for none."""
    marks = [] if features.isdisjoint(_MARKED) else list(_marks(value))
    if _PLACED in features:
        marks.append(_places(value))
    return exact_hash(marks) if any(marks) else 0


def _places(value: dict[str, Any]) -> list[int]:
    """Return hashes of the labels of places in a text, in any order; the ids of results do not count.

    Where the words of a place are written out, they count and not their numbers, and case and white space do not: these
    differ in rows that are nearly the same.
    """
    found = counted_results(value)
    said = [each["value"] for each in ([] if found is None else found[1]) if isinstance(each, dict) and "value" in each]
    return sorted(exact_hash(_in_words(each)) for each in said)


def _in_words(said: Any) -> Any:
    if not isinstance(said, dict) or not isinstance(said.get("text"), str):
        return said
    words = {key: item for key, item in said.items() if isinstance(item, list)}
    return words | {"text": " ".join(said["text"].casefold().split())}


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
