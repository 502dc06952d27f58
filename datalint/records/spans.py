"""Spans: labelled places in a text, as annotation tools export them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, Final

from datalint.support.named_tuple import NamedTuple
from datalint.support.numbers import is_whole

_STARTS: Final = frozenset(
    "start begin from start_offset begin_offset start_char char_start start_pos start_position start_idx start_index"
    " startoffset startpos startindex startchar".split()
)
_ENDS: Final = frozenset(
    "end stop to end_offset stop_offset end_char char_end end_pos end_position end_idx end_index endoffset endpos"
    " endindex endchar".split()
)
_LABELS: Final = frozenset(
    "label labels type tag entity entity_type entity_label category class entity_group ner technique obj".split()
)
#: Keys of an object with the places alone, next to the label: PubAnnotation has such spans.
_WHERE: Final = ("span", "location", "position", "offset", "offsets", "loc")
#: What an item says that stands at its place.
_SAID: Final = (
    "text",
    "mention",
    "surface",
    "surface_form",
    "phrase",
    "span_text",
    "entity_text",
    "covered_text",
    "verbatim",
    "fragment",
    "text_fragment",
)
#: Items of a span that is a list: two places and a label, perhaps with an id.
_ITEMS: Final = (3, 5)
_LONGEST_LABEL: Final = 60
#: Places of one piece of words are pairs, and what may be looked at in one row.
_PLACES: Final = 2
#: Digits of a place.
_DIGITS: Final = 9
_MOST_SPANS: Final = 10_000


class Span(NamedTuple):
    """A labelled place: code points from ``start`` up to ``end``, and what the row says stands there, if anything."""

    start: int
    end: int
    said: str | None


def span_of(item: object) -> Span | None:
    """Return the span that an item of a list is; None for anything else.

    An object has a first and a last place and a label, perhaps under ``value``, as Label Studio has it, or the places
    in an object of their own; a list has two numbers and a name.
    """
    if isinstance(item, dict):
        inner = item.get("value")
        return _of_object(with_places(inner if isinstance(inner, dict) else item))
    if not isinstance(item, list) or not _ITEMS[0] <= len(item) <= _ITEMS[1]:
        return None
    numbers = [each for each in item if is_whole(each)]
    names = [each for each in item if isinstance(each, str) and 0 < len(each) <= _LONGEST_LABEL]
    return Span(numbers[0], numbers[1], None) if len(numbers) == 2 and names else None


def with_places(item: dict[str, Any]) -> dict[str, Any]:
    """Return an object with the places that it has in an object of their own; any other object unchanged."""
    inner = next((each for key in _WHERE if isinstance(each := item.get(key), dict) and has_places(each)), None)
    return item if inner is None else {**item, **inner}


def label_of(item: object) -> str:
    """Return the label of what :func:`span_of` takes for a span."""
    if isinstance(item, list):
        return next((each for each in item if isinstance(each, str) and 0 < len(each) <= _LONGEST_LABEL), "")
    if not isinstance(item, dict):
        return ""
    inner = item["value"] if isinstance(item.get("value"), dict) else item
    found = next((value for key, value in inner.items() if key.lower() in _LABELS and value), "")
    return ", ".join(map(str, found)) if isinstance(found, list) else str(found)


def place_in(value: object) -> int | None:
    """Return the place in a text that a value of an object is, which some exports write as text; None for none."""
    if isinstance(value, str):
        return int(value) if value.isascii() and value.isdecimal() and len(value) <= _DIGITS else None
    return value if is_whole(value) else None


def is_unnamed(item: object, text: str) -> bool:
    """Return whether an item of a list is a span of a text with a place for a label, and nothing there.

    In a list, words of the text may stand before the places.
    """
    if isinstance(item, dict):
        inner = item["value"] if isinstance(item.get("value"), dict) else item
        labels = [value for key, value in inner.items() if key.lower() in _LABELS]
        places = [key.lower() for key, value in inner.items() if is_whole(value)]
        return (
            bool(labels)
            and not any(labels)
            and all(each is None or isinstance(each, str | list) for each in labels)
            and has_places(places)
        )
    if not isinstance(item, list) or not _ITEMS[0] <= len(item) <= _ITEMS[1] or item[-1] not in ("", None):
        return False
    said = [each for each in item if isinstance(each, str) and each]
    return sum(map(is_whole, item)) == 2 and (not said or (said == item[:1] and said[0].strip() in text))


def has_places(keys: Iterable[str]) -> bool:
    """Return whether two of the keys say where something begins and ends."""
    names = {key.lower() for key in keys}
    return not (names.isdisjoint(_STARTS) or names.isdisjoint(_ENDS))


def may_have_span(keys: Collection[str]) -> bool:
    """Return whether objects with these keys may be spans."""
    return any(key.lower() in ("value", *_WHERE) for key in keys) or has_places(keys)


def _of_object(item: dict[str, Any]) -> Span | None:
    first = last = None
    labelled = False
    for key, value in item.items():
        name = key.lower()
        if (place := place_in(value)) is not None:
            first = place if name in _STARTS and first is None else first
            last = place if name in _ENDS and last is None else last
        elif name in _LABELS and value:
            labelled = True
    if first is None or last is None or not labelled:
        return None
    said = next((item[key] for key in _SAID if isinstance(item.get(key), str) and item[key]), None)
    return Span(first, last, said)


def typed_spans(value: object) -> list[tuple[tuple[str | int, ...], dict[str, Any]]]:
    """Return each span of an object of types as an object with its places, type and words, and its path in ``value``.

    CLUENER has such objects: an object of the marked words and their places under each type. The list is empty for
    anything else, and for an object without a span.
    """
    found: list[tuple[tuple[str | int, ...], dict[str, Any]]] = []
    for name, marked in value.items() if isinstance(value, dict) else ():
        if not isinstance(marked, dict):
            return []
        for words, places in marked.items():
            if not isinstance(places, list) or not places or len(found) > _MOST_SPANS:
                return []
            for index, place in enumerate(places):
                if not _is_pair(place):
                    return []
                said = {"start": place[0], "end": place[1], "label": name, "text": words}
                found.append(((name, words, index), said))
    return found


def _is_pair(place: object) -> bool:
    numbers = place if isinstance(place, list) and len(place) == _PLACES else ()
    return bool(numbers) and all(map(is_whole, numbers))
