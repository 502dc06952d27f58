"""The order in which a message names the keys of rows: those with the longest texts first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

#: Keys that a message names in any case, and characters of a value that count.
_NAMED: Final = 5
_MOST: Final = 1_000
#: The share of the longest text from which on others are as long, and stand in the order of the file.
_ALIKE: Final = 2 / 3
#: Between the key of a text and what a program made of it.
_OF: Final = "."


def texts_first(keys: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Return keys by the lengths of their texts in some rows, the longest first; few keys in the order that they have.

    Texts that are about as long, such as the two sentences of a pair, keep the order that they have, too.
    Identifiers, addresses, numbers, and what all rows have alike, say the least about what a row is. Copies of a text
    that a program made, such as ``story.tokens`` next to ``story``, follow the others.
    """
    if len(keys) <= _NAMED:
        return tuple(keys)
    from statistics import median

    sizes = {key: median(_size(row.get(key)) for row in rows) for key in keys}
    for key in keys:
        if len(rows) > 1 and all(row.get(key) == rows[0].get(key) for row in rows):
            sizes[key] = 0
    copies = {key for key in keys if key.partition(_OF)[0] in sizes and key.partition(_OF)[1]}
    ranks: dict[str, int] = {}
    longest, rank = float("inf"), 0
    for key in sorted(keys, key=lambda key: -sizes[key]):
        if sizes[key] < longest * _ALIKE or longest <= 1:
            longest, rank = sizes[key], rank + 1
        ranks[key] = rank
    return tuple(sorted(keys, key=lambda key: (key in copies, ranks[key])))


def _size(value: Any) -> int:
    if isinstance(value, list | dict):
        return min(len(str(value)), _MOST)
    if not isinstance(value, str):
        return 0
    text = value[:_MOST].strip()
    is_code = text.isascii() and len(text.split()) < 2
    return 1 if is_code and text else len(text)
