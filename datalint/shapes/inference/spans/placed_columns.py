"""Columns with what is marked in the text of their row, next to the columns of its place: ``span``, ``span_start``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.guess import JOIN, Guess, keys_of
from datalint.support.names.column_names import fold_name

#: Last words of the names of the two columns of a place.
_ENDS: Final = (("start", "end"), ("begin", "end"), ("from", "to"))
#: Share of the places that must fit, characters by which they may be longer or shorter, and rows that are looked at.
_NEARLY_ALL: Final = 0.9
_ABOUT: Final = 1
_ROWS: Final = 200


def with_whole_text(guess: Guess | None, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the proposal to read the text, where a guess reads what is marked in it and learns the text.

    What is marked has columns of its own for where it begins and ends in the text. It is learned, after what the guess
    takes for the category of the row: the kind of what is marked.
    """
    found = {} if guess is None else dict(guess.columns)
    if guess is None or not {"prompt", "response"} <= found.keys() or "context" in found:
        return guess
    part, text = found["prompt"], found["response"]
    if not all(len(keys_of(side, found[side])) == 1 for side in ("prompt", "response")):
        return guess
    places = _places(part, rows)
    if places is None or not _are_marked(part, text, places, rows):
        return guess
    kind = [found["category"]] if found.get("category", text) not in (text, part) else []
    return Guess.of({"prompt": text, "response": JOIN.join((*kind, part))})


def _places(part: str, rows: Sequence[Mapping[str, Any]]) -> tuple[str, str] | None:
    """Return the keys of where a part begins and ends, which are named after it; None without both."""
    names = {fold_name(key): key for key in rows[0]} if rows else {}
    for first, last in _ENDS:
        keys = [names.get((*fold_name(part), word)) for word in (first, last)]
        if keys[0] is not None and keys[1] is not None:
            return keys[0], keys[1]
    return None


def _are_marked(part: str, text: str, places: tuple[str, str], rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether what has a place is in the text of nearly each row, and is as long as its place is."""
    fit = marked = 0
    for row in rows[:_ROWS]:
        start, end = (_number(row.get(key)) for key in places)
        if start is None or end is None or end <= start:
            continue  # nothing is marked
        one, whole = str(row.get(part)), str(row.get(text))
        marked += 1
        fit += one in whole and abs(end - start - len(one)) <= _ABOUT
    return marked > 0 and fit >= _NEARLY_ALL * marked


def _number(value: object) -> int | None:
    try:
        return int(str(value))
    except ValueError:
        return None
