"""Names of keys of where something begins and ends in a text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from datalint.support.numbers import is_whole

#: Parts of such names: ``span_start``, ``startOffset``, ``end_char``, ``begin``.
_PLACED: Final = r"(?:(?:span|entity|mention|char|character|offset)_?)?{0}(?:_?(?:offset|char|pos|position|idx|index))?"
#: Longest name that is looked at.
_LONGEST: Final = 40
_PAIRS: Final = (("start", "end"), ("begin", "end"), ("start", "stop"), ("from", "to"))


def place_keys(row: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return the keys of a row of whole numbers for where something begins and ends; None without such a pair."""
    numbers = [key for key, value in row.items() if is_whole(value)]
    for first, last in _PAIRS:
        starts, ends = (
            [key for key in numbers if len(key) <= _LONGEST and re.fullmatch(_PLACED.format(word), key, re.IGNORECASE)]
            for word in (first, last)
        )
        if starts and ends and row[starts[0]] <= row[ends[0]]:
            return starts[0], ends[0]
    return None
