"""Preferences of one prompt: whether they prefer one answer to different ones."""

from __future__ import annotations

from datalint.engine.reduce.differing import MOST_OWN, Difference
from datalint.engine.reduce.text_words import Words
from datalint.engine.reduce.word_counts import is_number
from datalint.records.analyses import Text
from datalint.support.named_tuple import NamedTuple


class PreferencePair(NamedTuple):
    """The answer that a preference prefers, normalised, and the words of both."""

    chosen: list[str]
    words: Words

    @classmethod
    def of(cls, text: Text) -> PreferencePair:
        """Return the pair of an example that is a preference."""
        return cls(text.chosen.casefold().split(), Words(text.response))


def reject_others(one: PreferencePair, other: PreferencePair) -> bool:
    """Return whether two preferences of one prompt prefer the same answer to different ones.

    These differ if one of them has a number or a word of its own.
    """
    if one.chosen != other.chosen:
        return False
    rejected = Difference(one.words, other.words)
    return len(rejected.words) > MOST_OWN or any(rejected.own) or any(map(is_number, rejected.words))
