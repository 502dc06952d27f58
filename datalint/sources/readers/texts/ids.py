"""Lists of ids, such as those that say which rows belong to a split: each line is one, and no text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from datalint.support.lazy_pattern import lazy_pattern

#: A number, a hash or a UUID.
_BARE: Final = lazy_pattern(
    rb"\d+(?:\.\d+)?(?:e\+?\d+)?|[0-9a-f]{8,128}|[0-9A-F]{8,128}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
)
#: A line that may be an id (``doc_0012.txt``, ``1.5e+18``; ``1+2=3`` is none), and the numbers that differ in it.
_ID: Final = lazy_pattern(rb"(?:e\+|[\w.:/#@-]){1,200}")
_NUMBER: Final = lazy_pattern(rb"\d+")
#: Lines that are needed, and the shares of them that differ and that are of one kind. Labels repeat.
_LEAST: Final = 20
_DIFFERENT: Final = 0.9
_ALIKE: Final = 0.95


def are_ids(lines: Sequence[bytes]) -> bool:
    """Return whether nearly each line of a text is an id."""
    if len(lines) < _LEAST or len(set(lines)) < _DIFFERENT * len(lines):
        return False
    kinds = Counter(map(_kind, lines))
    return any(count >= _ALIKE * len(lines) for kind, count in kinds.items() if kind)


def _kind(line: bytes) -> bytes:
    """Return an id without what distinguishes it from others of its kind, nothing for any other line."""
    if _BARE.fullmatch(line):
        return b"0"
    return _NUMBER.sub(b"0", line) if _ID.fullmatch(line) and _NUMBER.search(line) else b""
