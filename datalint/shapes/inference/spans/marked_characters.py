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
#: Rows that are looked at, pairs of places at least, and items of a list.
_ROWS: Final = 200
_LEAST: Final = 5
_ITEMS: Final = 50
#: Numbers of a place: where it begins and ends.
_PAIR: Final = 2


def marked_characters(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about the only text of rows, next to lists of places in it.

    The lists are named as spans, or hold pairs of a beginning and an end. Next to labels, it is a proposal.
    """
    some = rows[:_ROWS]
    lists = [each for each in columns if each.holds in _LISTS and can_be_typed(each.key)]
    named = [each for each in lists if has_word(each.key, _PLACES) or _are_pairs([row.get(each.key) for row in some])]
    others = [each for each in columns if each not in named and each.holds not in (Holds.NOTHING, Holds.REFERENCE)]
    texts = [each for each in others if each.holds is Holds.TEXT and not is_about(each)]
    if len(named) != 1 or len(texts) != 1 or not can_be_typed(texts[0].key):
        return None
    # A text in which nothing is marked may have no list.
    filled = [{**row, named[0].key: row.get(named[0].key) or []} for row in some]
    if not are_places(filled, named[0].key, texts[0].key):
        return None
    alone = all(each in texts or is_about(each) or each.holds is Holds.NUMBER for each in others)
    return Guess.of({"prompt": texts[0].key, "response": named[0].key}, clear=alone, basis="values")


def _are_pairs(values: Sequence[object]) -> bool:
    """Whether values are lists of pairs of places, each with its beginning before its end."""
    lists = [value for value in values if isinstance(value, list)]
    pairs = [item for each in lists for item in each[:_ITEMS]]
    return len(pairs) >= _LEAST and all(
        isinstance(each, list)
        and len(each) == _PAIR
        and all(type(place) is int for place in each)
        and 0 <= each[0] < each[1]
        for each in pairs
    )
