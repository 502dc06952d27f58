"""Lists of keys for messages."""

from __future__ import annotations

from functools import lru_cache

from datalint.api import excerpt

#: Keys that a message lists before it counts the rest.
_MOST_KEYS = 6


@lru_cache(maxsize=64)
def key_list(keys: tuple[str, ...]) -> str:
    """Return the first keys as ``a, b, c and 3 more``."""
    shown = ", ".join(excerpt(key, 30) or '""' for key in keys[:_MOST_KEYS])
    return f"{shown} and {len(keys) - _MOST_KEYS} more" if len(keys) > _MOST_KEYS else shown
