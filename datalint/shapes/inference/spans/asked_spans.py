"""A text, the kind of spans to find in it, and their places: the layout of UIE's training data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.sampled import READABLE, Holds, SampledColumn
from datalint.shapes.guess import Guess
from datalint.shapes.parallel import listed
from datalint.support.names.column_names import Strength, strength

#: Rows, and items of a list, that are looked at, and places that there must be.
_ROWS: Final = 200
_ITEMS: Final = 50
_LEAST: Final = 2
#: Share of the places that must have the text that is said of them.
_NEARLY_ALL: Final = 0.9
#: The keys of a place and of the text that is there.
_KEYS: Final = ("start", "end", "text")


def asked_spans(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about a text with places in it, of which a short prompt says what they are.

    The places are those of the text whose characters they name. Where a question is asked, they are its answer.
    """
    texts = [each for each in columns if each.holds in READABLE]
    asked = [each for each in texts if each.short and not each.asks and strength(each.key, "prompt") is Strength.WHOLE]
    if len(asked) != 1:
        return None
    others = [each for each in texts if each not in asked]
    for spans in (each for each in columns if each.holds is Holds.OBJECT):
        found = [each for each in others if _are_places(rows, each.key, spans.key)]
        if len(found) == 1:
            meant = {"prompt": found[0].key, "context": asked[0].key, "labels": spans.key}
            return Guess.of(meant, clear=True, basis="values")
    return None


def _are_places(rows: Sequence[Mapping[str, Any]], text: str, spans: str) -> bool:
    """Whether nearly all items of lists are places in a text, with the characters that it has there."""
    pairs = [(row.get(text), item) for row in rows[:_ROWS] for item in listed(row.get(spans))[:_ITEMS]]
    right = 0
    for whole, item in pairs:
        if not isinstance(item, dict) or not isinstance(whole, str):
            return False
        start, end, said = (item.get(key) for key in _KEYS)
        if not (isinstance(start, int) and isinstance(end, int) and isinstance(said, str)):
            return False
        right += bool(said) and whole[max(start, 0) : max(end, 0)] == said
    return len(pairs) >= _LEAST and right >= _NEARLY_ALL * len(pairs)
