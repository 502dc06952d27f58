"""A text and the places of the characters that somebody marked in it, as sets of toxic spans have them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.names import has_word, is_about
from datalint.shapes.evidence.places import are_places
from datalint.shapes.evidence.sampled import Holds, SampledColumn
from datalint.shapes.guess import Guess, can_be_typed

#: Words of the names of places in a text.
_PLACES: Final = ("span", "spans", "offset", "offsets")
#: What a column of lists holds, some of which are written as text.
_LISTS: Final = (Holds.LIST, Holds.OTHER, Holds.TEXT, Holds.LABEL, Holds.OBJECT)
#: Rows that are looked at.
_ROWS: Final = 200


def marked_characters(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about the only text of rows, next to lists of places in it that are named as spans."""
    named = [
        each for each in columns if each.holds in _LISTS and has_word(each.key, _PLACES) and can_be_typed(each.key)
    ]
    others = [each for each in columns if each not in named and each.holds not in (Holds.NOTHING, Holds.REFERENCE)]
    texts = [each for each in others if each.holds is Holds.TEXT and not is_about(each)]
    if len(named) != 1 or len(texts) != 1 or not can_be_typed(texts[0].key):
        return None
    # A label or another list next to the places may be learned as well.
    if any(each is not texts[0] and not is_about(each) and each.holds is not Holds.NUMBER for each in others):
        return None
    if not are_places(rows[:_ROWS], named[0].key, texts[0].key):
        return None
    return Guess.of({"prompt": texts[0].key, "response": named[0].key}, clear=True, basis="values")
