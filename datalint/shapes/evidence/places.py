"""Lists of numbers that are places in a text, such as those of the characters that somebody marked in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any, Final

from datalint.support.lazy_pattern import lazy_pattern

#: Numbers of a list that are looked at.
_ITEMS: Final = 50
#: Rows from which on lists are more than chance, and lists that are not empty at least.
_LEAST_ROWS: Final = 10
_LEAST_FILLED: Final = 5
#: Share of the rows that must have a list.
_NEARLY_ALL: Final = 0.9
#: The highest number that may be a class.
_SMALL: Final = 20
#: Characters of a list that is written as text, at most.
_LONGEST: Final = 5_000
#: Lists of numbers, or of pairs of them, that are written as text.
_NUMBERS: Final = lazy_pattern(r"\s*\[[\s\d,()\[\]]*\]\s*")
_NUMBER: Final = lazy_pattern(r"\d{1,9}")


def are_places(rows: Sequence[Mapping[str, Any]], key: str, text: str) -> bool:
    """Return whether nearly all values under a key are lists of numbers that are places in the text of their row."""
    found = [(each, str(row.get(text))) for row in rows if (each := places_in(row.get(key))) is not None]
    within = [max(numbers) <= len(whole) for numbers, whole in found if numbers]
    if len(found) < max(_LEAST_ROWS, _NEARLY_ALL * len(rows)) or len(within) < _LEAST_FILLED:
        return False
    # Scores and classes are small numbers in any text.
    return all(within) and max(max(numbers, default=0) for numbers, _ in found) > _SMALL


def places_in(value: object) -> list[int] | None:
    """Return the numbers in a list of them or of pairs, which may be written as text; None for anything else."""
    if isinstance(value, str):
        listed = len(value) <= _LONGEST and _NUMBERS.fullmatch(value) is not None
        return [int(each) for each in islice(_NUMBER.findall(value), _ITEMS)] if listed else None
    if not isinstance(value, list):
        return None
    some = value[:_ITEMS]
    flat = [item for each in some for item in (each[:2] if isinstance(each, list) else [each])]
    return flat if all(type(item) is int and item >= 0 for item in flat) else None
