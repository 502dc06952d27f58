"""Preferences of similar prompts: whether they prefer one answer to different ones, or other answers."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Final

from datalint.engine.reduce.comparing.differing import Difference
from datalint.engine.reduce.comparing.text_parts import state_others
from datalint.engine.reduce.comparing.text_words import Words
from datalint.engine.reduce.comparing.word_counts import is_number
from datalint.engine.reduce.comparing.word_difference import MOST_OWN
from datalint.engine.reduce.comparing.word_sequences import words_in
from datalint.records.analyses import Text
from datalint.support.common_prefix import common_prefix, common_suffix

#: Share of their words below which two answers say something else.
_ALIKE: Final = 0.5
#: Signs of code: the same words make another program with them.
_SIGNS: Final = r"[{}+*/%<>=]"


class PreferencePair:
    """The answers of an example that is a preference."""

    def __init__(self, text: Text) -> None:
        self._text = text
        self.chosen = text.chosen.casefold().split()

    @cached_property
    def words(self) -> Words:
        """The words of both answers."""
        return Words(self._text.response)

    @cached_property
    def signs(self) -> list[str]:
        """The signs of code in both answers, in their order."""
        return re.findall(_SIGNS, self._text.response)

    @cached_property
    def sides(self) -> tuple[set[str], set[str]]:
        """The words of the chosen and of the rejected answer.

        Without a prompt of their own, both sides contain it, so that what they share is left out.
        """
        chosen, rejected = self._text.chosen, _without(self._text.response, self._text.chosen)
        if not self._text.prompt:
            before = common_prefix(chosen, rejected)
            after = min(common_suffix(chosen, rejected), min(len(chosen), len(rejected)) - before)
            chosen, rejected = chosen[before : len(chosen) - after], rejected[before : len(rejected) - after]
        return words_in(chosen), words_in(rejected)

    @cached_property
    def preferred(self) -> Words:
        """The words of the answer that is preferred."""
        return Words(self._text.chosen, self._text.chosen)


def reject_others(one: PreferencePair, other: PreferencePair) -> bool:
    """Return whether two preferences of one prompt prefer the same answer to different ones.

    These differ if one of them has a number, a word of its own, or other signs of code.
    """
    if one.chosen != other.chosen:
        return False
    rejected = Difference(one.words, other.words)
    if len(rejected.words) > MOST_OWN or any(rejected.own) or any(map(is_number, rejected.words)):
        return True
    return one.signs != other.signs


def answer_others(one: PreferencePair, other: PreferencePair) -> bool:
    """Return whether the chosen or the rejected answers of two preferences share less than half of their words."""
    return any(
        len(mine & theirs) < _ALIKE * len(mine | theirs) for mine, theirs in zip(one.sides, other.sides, strict=True)
    )


def _without(both: str, chosen: str) -> str:
    """Return the rejected side, which is before or after the chosen one."""
    if both.startswith(chosen):
        return both[len(chosen) :].removeprefix("\n")
    return both.removesuffix(chosen).removesuffix("\n")


def prefer_others(one: PreferencePair, other: PreferencePair) -> bool:
    """Return whether two preferences of similar prompts prefer answers that differ in numbers and names, or in most."""
    if one.chosen == other.chosen:
        return False
    mine, theirs = one.preferred.counts.keys(), other.preferred.counts.keys()
    if len(mine & theirs) < _ALIKE * len(mine | theirs):
        return True
    if state_others(one.preferred, other.preferred):
        return True
    preferred = Difference(one.preferred, other.preferred)
    return bool(preferred.words) and preferred.words <= preferred.values
