"""Limits on the size of a row, checked before it is parsed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from datalint.sources.json_layout import count_values

#: The maximum number of bytes of a row, and of values in it (items, pairs, objects and lists). Python needs up to 400
#: bytes per value, regardless of its size in the file.
MOST_ROW: Final = 256 << 20
MOST_VALUES: Final = 500_000


def over_limit(data: bytes) -> str | None:
    """Return why a row of JSON is refused without parsing, None if it is within the limits."""
    if len(data) <= MOST_VALUES:
        return None
    if len(data) > MOST_ROW:
        return too_large(len(data))
    # An upper bound by counting bytes, in a hundredth of the time.
    if sum(map(data.count, (b",", b"{", b"["))) <= MOST_VALUES or (values := count_values(data)) <= MOST_VALUES:
        return None
    return f"the row has {values:,} values, more than the limit of {MOST_VALUES:,}"


def within_limits(pieces: Sequence[bytes], longest: int | None = None) -> Sequence[bytes]:
    """Return ``pieces`` with an empty piece in place of each one over a limit; the same object if none is.

    ``longest`` is the size of the longest piece, if the caller knows it.
    """
    if (max(map(len, pieces), default=0) if longest is None else longest) <= MOST_VALUES:
        return pieces
    checked = [b"" if over_limit(piece) else piece for piece in pieces]
    return checked if any(len(one) != len(other) for one, other in zip(checked, pieces, strict=True)) else pieces


def too_large(size: int) -> str:
    """Return the message for a row of ``size`` bytes, which is too large."""
    return f"the row has {size / (1 << 20):,.1f} MiB, more than the limit of {MOST_ROW >> 20} MiB"
