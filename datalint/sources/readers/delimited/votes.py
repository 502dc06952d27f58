"""The answer that several people gave, in a row that lists the answers of all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

#: Fields of a row that have one value, and characters of it at most.
_VOTES: Final = 3
_SHORT: Final = 30


def voted(row: Sequence[str]) -> str | None:
    """Return the short value with a letter that most fields of a row have, if at least three have it."""
    counts = Counter(field.strip() for field in row if len(field) < _SHORT and any(map(str.isalpha, field)))
    value, times = next(iter(counts.most_common(1)), ("", 0))
    return value if times >= _VOTES else None


def are_voted(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether at least half of the rows have such a value."""
    return 2 * sum(voted(row) is not None for row in rows) >= len(rows) > 0
