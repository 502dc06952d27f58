"""JSON paths that are safe to print."""

from __future__ import annotations

import re
from collections.abc import Iterable

from datalint.privacy.display import excerpt, printable

_PLAIN = re.compile(r"\w+")


def json_path(parts: Iterable[str | int], start: str = "$") -> str:
    """Format ``parts`` as a path such as ``$.messages[2].content``; a key that is not a plain word is quoted."""
    path = start
    for part in parts:
        if isinstance(part, int):
            path += f"[{part}]"
        elif _PLAIN.fullmatch(part) and len(part) <= 60:
            path += f".{part}"
        else:
            path += f'["{printable(excerpt(part, 60))}"]'
    return path
