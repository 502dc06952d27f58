"""JSON paths and key lists, safe to print."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from datalint.api import excerpt, printable

_PLAIN = re.compile(r"\w+")
#: Keys that a message lists before it counts the rest.
_MOST_KEYS = 6


def json_path(parts: Iterable[str | int], start: str = "$") -> str:
    """Return ``$.messages[2].content`` for ``parts``; a key that is not a plain word is quoted."""
    path = start
    for part in parts:
        if isinstance(part, int):
            path += f"[{part}]"
        elif _PLAIN.fullmatch(part) and len(part) <= 60:
            path += f".{part}"
        else:
            path += f'["{printable(excerpt(part, 60))}"]'
    return path


@lru_cache(maxsize=64)
def key_list(keys: tuple[str, ...]) -> str:
    """Return the first keys as ``a, b, c and 3 more``."""
    shown = ", ".join(excerpt(key, 30) or '""' for key in keys[:_MOST_KEYS])
    return f"{shown} and {len(keys) - _MOST_KEYS} more" if len(keys) > _MOST_KEYS else shown
