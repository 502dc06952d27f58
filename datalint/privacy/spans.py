"""Spans: where something stands in a text, and what its finders share."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple


class Found(NamedTuple):
    """One secret or personal datum: what it is, and where, as ``text[start:end]``."""

    kind: str
    start: int
    end: int


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Return a pattern ready to search with; ``\\d``, ``\\w`` and ``\\b`` mean ASCII."""
    # Compiled on first use: importing the finders must cost nothing to `datalint --help`.
    return re.compile(pattern, re.ASCII)


def apart(found: list[Found]) -> list[Found]:
    """Return ``found`` by place, none overlapping another.

    Of several that overlap, the one that starts first (then the one named first) stays, and reaches to where the last
    of them ends: what is redacted leaves no part of any of them.
    """
    if len(found) < 2:
        return found
    kept: list[Found] = []
    for item in sorted(found, key=lambda item: item.start):
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
        elif item.end > kept[-1].end:
            kept[-1] = kept[-1]._replace(end=item.end)
    return kept
