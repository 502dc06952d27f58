"""English words with the letter "a" for their apostrophe: "â€™" without its marks, as a folding to ASCII leaves it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from datalint.api import NamedTuple

#: Words that are none with an "a" for the apostrophe, in any language: "don't" is "donat".
_WORDS: Final = (
    "don't doesn't didn't isn't wasn't aren't couldn't wouldn't shouldn't haven't hasn't can't won't weren't that's"
    " what's there's he's she's it's let's who's you've they've"
)
_LETTERS: Final = {word.replace("'", "a"): word for word in _WORDS.split()}
_PATTERN: Final = rf"(?i)\b(?:{'|'.join(_LETTERS)})\b"
#: Such words, and different ones, from which on no people typed them; characters of a text that are read.
_LEAST: Final = 15
_DIFFERENT: Final = 4
_READ: Final = 20_000


class Replaced(NamedTuple):
    """The number of such words, and the most frequent ones with the words that they were."""

    words: int
    examples: list[tuple[str, str]]


def replaced_apostrophes(texts: Iterable[str]) -> Replaced | None:
    """Return what texts have of such words; None for too few."""
    found = Counter(word.lower() for text in texts for word in re.findall(_PATTERN, text[:_READ]))
    if len(found) < _DIFFERENT or found.total() < _LEAST:
        return None
    return Replaced(found.total(), [(word, _LETTERS[word]) for word, _ in found.most_common()])
