"""English words with the letter "a" for their apostrophe: "â€™" without its marks, as a folding to ASCII leaves it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from datalint.api import NamedTuple
from datalint.rules.common.characters.bare_words import bare_words

#: Words that are none with an "a" for the apostrophe, in any language: "don't" is "donat".
_WORDS: Final = (
    "don't doesn't didn't isn't wasn't aren't couldn't wouldn't shouldn't haven't hasn't can't won't weren't that's"
    " what's there's he's she's it's let's who's you've they've"
)
_LETTERS: Final = {word.replace("'", "a"): word for word in _WORDS.split()}
_BARE: Final = frozenset(word.encode() for word in _LETTERS)
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
    read = [text[:_READ] for text in texts]
    # Each word that the pattern finds is one of these.
    if sum(map(_BARE.__contains__, bare_words("\n".join(read)))) < _LEAST:
        return None
    found = Counter(word.lower() for text in read for word in re.findall(_PATTERN, text))
    if len(found) < _DIFFERENT or found.total() < _LEAST:
        return None
    return Replaced(found.total(), [(word, _LETTERS[word]) for word, _ in found.most_common()])
