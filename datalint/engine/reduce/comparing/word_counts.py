"""Counts of words, and which of them are numbers."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from datalint.engine.reduce.comparing.amounts import is_amount, is_digits
from datalint.engine.reduce.comparing.text_words import WordCounts
from datalint.engine.reduce.comparing.value_words import NUMBERS


def weight(words: Collection[str]) -> float:
    """Return the number of words; a single character is half a word."""
    return sum(1 if len(word) > 1 else 0.5 for word in words)


def is_number(word: str) -> bool:
    """Return whether a word is a number, in digits or as a word."""
    return is_digits(word) or word in NUMBERS


def has_number(words: Iterable[str]) -> bool:
    """Return whether some of the words are numbers, but no accounts."""
    return any(map(is_amount, words))


def beyond(mine: WordCounts, theirs: WordCounts) -> dict[str, int]:
    """Return how much more often words are in the one than in the other."""
    found = {word: mine[word] for word in mine.different - theirs.different}
    if mine.repeated == theirs.repeated:
        return found  # most of two similar texts
    for word, count in mine.repeated.items():
        # A word that the other text lacks is in the result already.
        if count > (other := theirs.get(word, count)):
            found[word] = count - other
    return found
