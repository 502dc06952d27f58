"""Pairs of a text and its translation that differ in one word on either side."""

from __future__ import annotations

from typing import Final

from datalint.engine.reduce.comparing.differing import Difference

#: Share of the words of the shorter side below which the other one is in another language, and how many times the words
#: of that the other side has at most.
_COMMON: Final = 0.2
_LONGER: Final = 2
#: Words of a sentence at most, and at least: of fewer, one may be all that is said.
_MOST: Final = 60
_LEAST: Final = 3


def translate_others(found: Difference) -> bool:
    """Return whether two texts differ in one word, and their translations in another one.

    The two words may be alike, as many words of a language are ("casa" and "casamento"): their translations are not.
    """
    if not (found.one.asked and _is_one_word(found) and _LEAST <= found.size <= _MOST):
        return False
    if not (_is_translation(found, 0) and _is_translation(found, 1)):
        return False
    answers = Difference(found.one.reply, found.other.reply)
    return _is_one_word(answers) and all(answers.own)


def _is_one_word(found: Difference) -> bool:
    """Return whether one text has one word in the place of one of the other text, and no number."""
    return all(sum(each.values()) == 1 for each in found.only) and not any(map(str.isdigit, "".join(found.words)))


def _is_translation(found: Difference, side: int) -> bool:
    """Return whether a text and its answer are about as long, and have hardly a word in common."""
    words = (found.one, found.other)[side]
    mine, theirs = words.counts.keys(), words.answered.keys()
    fewer, more = sorted((len(mine), len(theirs)))
    return fewer >= _LEAST and more <= _LONGER * fewer and len(mine & theirs) < _COMMON * fewer
