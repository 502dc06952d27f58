"""Characters without a width: what stands behind a few of them."""

from __future__ import annotations

from typing import Final

#: Characters without a width that may stand next to one, and how many of them are skipped.
WIDTHLESS: Final = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
MOST: Final = 4


def neighbour(text: str, at: int, step: int) -> str | None:
    """Return the nearest character with a width, empty at an end of the text; None in a longer run of others."""
    for distance in range(1, MOST + 2):
        place = at + step * distance
        if not 0 <= place < len(text):
            return ""
        if text[place] not in WIDTHLESS:
            return text[place]
    return None
