"""Texts that people type without apostrophes and without capitals at the beginning, as in a chat."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

#: Share of the texts with such words that are typed so, and characters of each that are looked at.
_MOSTLY: Final = 0.8
_CHARS: Final = 2_000


def are_casual(texts: Sequence[str], words: frozenset[str]) -> bool:
    """Return whether texts with ``words`` begin in small letters and have other marks, and names have their capitals.

    A program that deletes apostrophes deletes other marks too, or leaves the capitals.
    """
    cut = [text[:_CHARS] for text in texts]
    typed = [text for text in cut if not words.isdisjoint(re.findall(r"\w+", text.lower()))]
    casual = sum(text.lstrip()[:1].islower() and re.search(r"\w[.,?!](?:\s|$)", text) is not None for text in typed)
    return casual >= _MOSTLY * len(typed) > 0 and any(re.search(r"[A-Z]", text) for text in cut)
