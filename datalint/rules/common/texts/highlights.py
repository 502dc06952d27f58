"""Marks around the words of a text that a question is about, as sets for the generation of questions have them."""

from __future__ import annotations

from itertools import product
from typing import Final

#: A mark before and after the words, and one that has a closing one.
_MARKS: Final = (("<hl>", "<hl>"), ("<HL>", "<HL>"), ("[HL]", "[HL]"), ("<hl>", "</hl>"), ("[HL]", "[/HL]"))
#: What a text with such marks and nothing between them contains.
EMPTY_SIGNS: Final = [f"{start}{blank}{end}" for (start, end), blank in product(_MARKS, ("", " ", "  "))]


def empty_highlight(text: str) -> str | None:
    """Return the marks around the words that a text is about, if there are no words between any of them."""
    for start, end in _MARKS:
        if start == end:
            pieces = text.split(start)
            between = pieces[1::2] if len(pieces) % 2 else []
        else:
            between = [each.partition(end)[0] for each in text.split(start)[1:] if end in each]
        if between and not any(map(str.strip, between)):
            return f"{start}{between[0][:2]}{end}"
    return None
