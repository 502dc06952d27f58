"""An object with a row under each of many names, of which a few values are no objects, and what to do with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

from datalint.api import excerpt, listed

#: Rows at least, the share of them with the same keys, and the share of values that are none.
_LEAST: Final = 10
_ALIKE: Final = 0.9
_FEW: Final = 0.1
#: Values that are named, and rows of which one has a text of several words.
_SHOWN: Final = 3
_LOOKED_AT: Final = 20


def said_of_keyed_rows(row: Mapping[str, Any]) -> str | None:
    """Return what to do with the few values that keep an object from being read as rows; None for any other row."""
    rows = [value for value in row.values() if isinstance(value, dict) and value]
    odd = [key for key, value in row.items() if not isinstance(value, dict)]
    if len(rows) < _LEAST or not 0 < len(odd) <= _FEW * len(row):
        return None
    [(_, alike)] = Counter(map(frozenset, rows)).most_common(1)
    texts = (value for each in rows[:_LOOKED_AT] for value in each.values() if isinstance(value, str))
    if alike < _ALIKE * len(rows) or not any(" " in text.strip() for text in texts):
        return None
    named = listed((f'"{excerpt(key, 40)}"' for key in odd), len(odd), _SHOWN)
    what, them = ("is no object", "it as one") if len(odd) == 1 else ("are no objects", "them as such")
    return (
        f"{named} {what} as the other {len(rows):,} values are: write {them} or remove {them.split()[0]}, and each "
        "object is read as a row; or leave the file out if it is not training data"
    )
