"""Limits of a row, beyond which it is refused before anything is made of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from datalint.sources.json_truth.layout import count_values

#: Bytes of a row, and values in it (items, pairs, objects and lists), beyond which it is refused. Python takes up to
#: 400 bytes for a value, whatever its size in the file.
MOST_ROW: Final = 256 << 20
MOST_VALUES: Final = 500_000


def over_limit(data: bytes) -> str | None:
    """Return why a row of JSON is refused unread, None for one that is within the limits."""
    if len(data) <= MOST_VALUES:
        return None
    if len(data) > MOST_ROW:
        return too_large(len(data))
    # What no count of bytes can be below, at a hundredth of the time.
    if sum(map(data.count, (b",", b"{", b"["))) <= MOST_VALUES or (values := count_values(data)) <= MOST_VALUES:
        return None
    return f"the row holds {values:,} values, over the {MOST_VALUES:,} that are read"


def within_limits(pieces: Sequence[bytes], longest: int | None = None) -> Sequence[bytes]:
    """Return ``pieces`` with an empty one in place of each that is over a limit, the same object where none is.

    ``longest`` is the size of the longest piece, where that is at hand.
    """
    if (max(map(len, pieces), default=0) if longest is None else longest) <= MOST_VALUES:
        return pieces
    checked = [b"" if over_limit(piece) else piece for piece in pieces]
    return checked if any(len(one) != len(other) for one, other in zip(checked, pieces, strict=True)) else pieces


def too_large(size: int, what: str = "row") -> str:
    """Return why a row of ``size`` bytes is refused."""
    return f"the {what} has {size / (1 << 20):,.1f} MiB, over the {MOST_ROW >> 20} MiB that are read"
