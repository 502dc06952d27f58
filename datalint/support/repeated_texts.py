"""Texts that say the same thing twice, as those do that were pasted a second time."""

from __future__ import annotations

from typing import Final

#: Characters of a text that may say something twice, those at its beginning by which the second time is found, and how
#: much of the first time the second one has.
_LEAST: Final = 40
_HEAD: Final = 16
_MOST: Final = 0.9
#: Places of its beginning at which a second time is looked for.
_PLACES: Final = 50


def repeats_itself(text: str) -> bool:
    """Return whether a text is another one twice or more, with white space between the two or without."""
    text = " ".join(text.split())
    if len(text) < _LEAST:
        return False
    at = 0
    # A text of one sign has its beginning everywhere, and each place costs as much as the text is long.
    for _ in range(_PLACES):
        at = text.find(text[:_HEAD], at + 1)
        if not 0 < at <= len(text) - _MOST * (at - 1):
            return False
        if text.startswith(text[at:]):
            return True
    return False
