"""Rows of several pairs: columns with another one for their answer, or numbered questions and answers."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import Final

#: Pairs at least: two numbered ones, and three by their names, of which two may mean something else.
_NUMBERED: Final = 2
_NAMED: Final = 3
#: Most keys that are names, and characters of one.
_MOST_KEYS: Final = 256
_LONGEST: Final = 80
_DIGITS: Final = re.compile(r"\d+")


@lru_cache(maxsize=64)
def answer_pairs(keys: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return the keys of questions and of their answers, ``Term`` and ``Term-Answer``; none for a single pair or two.

    Of numbered ones, such as ``question_1`` and ``answer_1``, two are enough.
    """
    # Loaded for rows of unknown shape only.
    from datalint.support.column_names import Strength, fold_name, strength

    if len(keys) > _MOST_KEYS:
        return []
    named = [key for key in keys if len(key) <= _LONGEST]
    numbers = {key: tuple(_DIGITS.findall(key)) for key in named}
    asked = {numbers[key]: key for key in named if numbers[key] and strength(key, "prompt") is Strength.WHOLE}
    answers = {numbers[key]: key for key in named if numbers[key] and strength(key, "response") is Strength.WHOLE}
    pairs = [(asked[number], answers[number]) for number in asked if number in answers]
    if len(pairs) >= _NUMBERED:
        return pairs
    words = {key: (*fold_name(key), *numbers[key]) for key in named}
    uses = Counter(words.values())
    by_words = {found: key for key, found in words.items() if found and uses[found] == 1}
    pairs = [(by_words[found[:-1]], key) for key, found in words.items() if found[:-1] in by_words and _answers(found)]
    return pairs if len(pairs) >= _NAMED else []


def _answers(words: tuple[str, ...]) -> bool:
    return words[-1] in ("answer", "answers")
