"""Rows that say where something begins and ends in a text which they lack, as lists of what was found in a document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.support.names.place_keys import place_keys

#: Share of the rows in which no value reaches as far as the places do, and of those that say what stands there.
_NEARLY_ALL: Final = 0.9
_MANY: Final = 0.5
#: Characters that a mention may be shorter or longer than its place.
_ABOUT: Final = 2


def lack_their_text(rows: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether rows have two numbers for the place of what they mention, and hardly any has the text itself."""
    lacking = mentioned = 0
    for row in rows:
        places = place_keys(row)
        if places is None:
            return False
        start, end = (row[key] for key in places)
        lengths = [len(value) for value in row.values() if isinstance(value, str)]
        fitting = [abs(length - (end - start)) <= _ABOUT for length in lengths]
        mentioned += any(fitting)
        lacking += all(length < end or fits for length, fits in zip(lengths, fitting, strict=True))
    return lacking >= _NEARLY_ALL * len(rows) and mentioned >= _MANY * len(rows)
