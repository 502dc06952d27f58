"""Enumerations in a sentence."""

from __future__ import annotations

from collections.abc import Sequence


def enumerated(items: Sequence[str], joint: str = "and") -> str:
    """Return one item or more as ``a``, ``a and b``, or ``a, b and c``."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {joint} {items[-1]}"
