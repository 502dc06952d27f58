"""Spans of secrets and personal data in a text, and helpers to find them."""

from __future__ import annotations

import re
from functools import cache

from datalint.support.named_tuple import NamedTuple


class PrivateSpan(NamedTuple):
    """One secret or personal datum: its kind, and its position ``text[start:end]``."""

    kind: str
    start: int
    end: int


@cache
def ascii_pattern(pattern: str) -> re.Pattern[str]:
    """Return a compiled pattern in which ``\\d``, ``\\w`` and ``\\b`` mean ASCII."""
    # Compiled on first use, so that importing this does not slow down `datalint --help`.
    return re.compile(pattern, re.ASCII)


def without_overlaps(found: list[PrivateSpan]) -> list[PrivateSpan]:
    """Sort ``found`` by position and merge overlaps.

    Of several that overlap, the one that starts first (and is first in ``found``) is kept and extended to the end of
    the last one, so that redaction leaves no part of any of them.
    """
    if len(found) < 2:
        return found
    kept: list[PrivateSpan] = []
    for item in sorted(found, key=lambda item: item.start):
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
        elif item.end > kept[-1].end:
            kept[-1] = kept[-1]._replace(end=item.end)
    return kept
