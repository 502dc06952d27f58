"""Lists of keys for messages."""

from __future__ import annotations

from functools import lru_cache

from datalint.api import excerpt

#: Keys that a message lists before it counts the rest, and their characters from the second key on.
_MOST_KEYS = 3
_MOST_CHARACTERS = 60


@lru_cache(maxsize=64)
def key_list(keys: tuple[str, ...], others: int = 0) -> str:
    """Return the first keys as ``a, b, c and 3 more``; rows may have so many ``others``: ``and up to 5 more``."""
    shown: list[str] = []
    for key in keys[:_MOST_KEYS]:
        named = excerpt(key, 30) or '""'
        if shown and len(", ".join((*shown, named))) > _MOST_CHARACTERS:
            break
        shown.append(named)
    if len(keys) == len(shown) + 1 and not others:
        shown.append(excerpt(keys[-1], 30) or '""')  # as short as "1 more"
    rest = len(keys) - len(shown) + others
    many = f"up to {rest}" if others else f"{rest}"
    return f"{', '.join(shown)} and {many} more" if rest else ", ".join(shown)
