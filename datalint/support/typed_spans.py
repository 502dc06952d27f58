"""Spans as CLUENER has them: an object with the types, each an object with the marked words and their places."""

from __future__ import annotations

from typing import Any, Final

#: Places of one piece of words are pairs, and what may be looked at in one row.
_PAIR: Final = 2
_MOST: Final = 10_000


def typed_spans(value: object) -> list[tuple[tuple[str | int, ...], dict[str, Any]]]:
    """Return each span of such an object as an object with its places, type and words, and its path in ``value``.

    It is empty for anything else, and for an object without a span.
    """
    found: list[tuple[tuple[str | int, ...], dict[str, Any]]] = []
    for name, marked in value.items() if isinstance(value, dict) else ():
        if not isinstance(marked, dict):
            return []
        for words, places in marked.items():
            if not isinstance(places, list) or not places or len(found) > _MOST:
                return []
            for index, place in enumerate(places):
                if not _is_pair(place):
                    return []
                said = {"start": place[0], "end": place[1], "label": name, "text": words}
                found.append(((name, words, index), said))
    return found


def _is_pair(place: object) -> bool:
    numbers = place if isinstance(place, list) and len(place) == _PAIR else ()
    return bool(numbers) and all(isinstance(each, int) and not isinstance(each, bool) for each in numbers)
