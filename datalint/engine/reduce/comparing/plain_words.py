"""A plain word of one text that another one lacks, found in a fraction of the time that counting their words takes."""

from __future__ import annotations

from typing import Final

from datalint.engine.reduce.comparing.text_words import named_in
from datalint.engine.reduce.comparing.value_words import NUMBERS

#: Letters of a word that is neither the unit of a number nor a Roman one.
_LEAST: Final = 4


def has_plain_word(one: str, other: str, *, least: int) -> bool:
    """Return whether two texts differ in a word that is no number or name, and one of them has ``least`` words or more.

    Most texts that differ do so in a word of small letters between blanks. False says nothing: only such words are
    looked at. True says that the words in which they differ are not all among those that
    :class:`~datalint.engine.reduce.comparing.text_words.Words` takes for values of either text.
    """
    if "@" in one or "@" in other:
        return False
    mine, theirs = one.split(), other.split()
    if max(sum(map(str.isalpha, words)) for words in (mine, theirs)) < least:
        return False
    return _lacks_one(one, set(mine).difference(theirs), other) or _lacks_one(other, set(theirs).difference(mine), one)


def _lacks_one(text: str, words: set[str], other: str) -> bool:
    """Return whether another text lacks one of the words, which this one has in small letters alone."""
    plain = [word for word in words if len(word) >= _LEAST and word.isascii() and word.isalpha() and word.islower()]
    if not plain:
        return False
    folded, there, named = text.casefold(), other.casefold(), named_in(text)
    return any(
        word not in there and word not in NUMBERS and word not in named and folded.count(word) == text.count(word)
        for word in plain
    )
