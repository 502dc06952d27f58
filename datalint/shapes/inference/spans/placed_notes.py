"""Lists of annotations, such as events and their arguments, whose words stand where they say in a text of their row.

An annotation without words, ``{"label": "place", "span": [4, 9]}``, marks the whole words between its places.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from datalint.records.stated_places import names_place
from datalint.shapes.evidence.labels import is_class
from datalint.shapes.evidence.names import is_asked_or_learned
from datalint.shapes.evidence.sampled import Holds, SampledColumn
from datalint.shapes.guess import Guess
from datalint.support.numbers import is_whole

#: Rows that are looked at, items of a list in them, and how deep lists and objects are in each other.
_ROWS: Final = 50
_ITEMS: Final = 40
_DEEPEST: Final = 4
#: Numbers of a pair of places.
_PAIR: Final = 2
#: Words at a place at least, and the share of the stated places that have their word.
_LEAST: Final = 3
_NEARLY_ALL: Final = 0.9


def placed_notes(
    columns: Sequence[SampledColumn], notes: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]
) -> Guess | None:
    """Return the guess about a text and the one of some ``notes`` that marks words of it; None if not one does.

    Titles and other texts of the row are about the same thing, and nothing is marked in them.
    """
    texts = [each.key for each in columns if each.holds is Holds.TEXT]
    lists = [each.key for each in notes if each.holds is Holds.OBJECT]
    found = [(text, key) for key in lists for text in texts if marks_words(rows, text, key)]
    if len(found) != 1:
        return None
    ((text, key),) = found
    if any(is_asked_or_learned(each) or is_class(each) for each in columns if each.key not in found[0]):
        return None  # the label of a text may be about words that are marked in it
    return Guess.of({"prompt": text, "response": key}, clear=True, basis="values")


def marks_words(rows: Sequence[Mapping[str, Any]], text: str, key: str) -> bool:
    """Return whether nearly all places that the objects of a key state in a text have a word of that object there."""
    lists = [(str(row.get(text)), row[key]) for row in rows[:_ROWS] if isinstance(row.get(key), list)]
    said = [_stands(whole, each) for whole, notes in lists for each in _objects(notes, _DEEPEST)]
    placed = [each for each in said if each is not None]
    return sum(placed) >= max(_LEAST, _NEARLY_ALL * len(placed))


def _objects(value: object, depth: int) -> Iterator[dict[str, Any]]:
    """Yield the objects in a value, and those in their values."""
    if isinstance(value, dict) and depth:
        yield value
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for item in list(items)[:_ITEMS] if depth else ():
        yield from _objects(item, depth - 1)


def _stands(text: str, note: Mapping[str, Any]) -> bool | None:
    """Whether a word of an object begins where the object says; None if it states no place or has no word.

    Words that are apart have a list of pairs, each with the first and the last place of a part: ``[[3, 5], [9, 12]]``.
    One pair may be of words that the object has not.
    """
    named = [value for key, value in note.items() if names_place(key)]
    places = [value for value in named if is_whole(value)]
    pairs = [value for value in named if isinstance(value, list) and value and all(map(_is_pair, value))]
    single = [value for value in named if _is_pair(value)]
    words = [value for value in note.values() if isinstance(value, str) and value]
    if not (places or pairs or single) or not words:
        return None
    if any(" ".join(text[first:last] for first, last in value[:_ITEMS]) in words for value in (*pairs, single)):
        return True
    if any(text.startswith(word, place) for word in words for place in places if place >= 0):
        return True
    # A word that is elsewhere in the text is one that a wrong place is of.
    return len(single) == 1 and not any(word in text for word in words) and _are_words(text, *single[0])


def _are_words(text: str, first: int, last: int) -> bool:
    """Whether whole words, and not all of a text, are from one place up to another."""
    if not 0 <= first < last <= len(text) or last - first == len(text):
        return False
    begins, ends = (first == 0 or not text[first - 1].isalnum()), (last == len(text) or not text[last].isalnum())
    return begins and ends and text[first].isalnum() and text[last - 1].isalnum()


def _is_pair(value: object) -> bool:
    return isinstance(value, list) and len(value) == _PAIR and all(is_whole(each) and each >= 0 for each in value)
