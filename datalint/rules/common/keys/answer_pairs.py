"""Rows of several pairs: columns with another one for their answer, or questions and answers with a word or a number."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import Final

from datalint.support.lazy_pattern import lazy_pattern

#: Pairs at least: two numbered ones, and three by their names, of which two may mean something else.
_NUMBERED: Final = 2
_NAMED: Final = 3
#: Most keys that are names, and characters of one.
_MOST_KEYS: Final = 256
_LONGEST: Final = 80
#: What last words of keys say that are about a question or an answer, such as its type.
_ABOUT: Final = ("about", "group", "category")
_DIGITS: Final = lazy_pattern(r"\d+")


@lru_cache(maxsize=64)
def answer_pairs(keys: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return the keys of questions and of their answers, ``Term`` and ``Term-Answer``; none for a single pair or two.

    Of those named as questions and answers, such as ``question_1`` and ``answer_1``, two are enough.
    """
    # Loaded for rows of unknown shape only.
    from datalint.support.names.column_names import Strength, fold_name, strength

    if len(keys) > _MOST_KEYS:
        return []
    named = [key for key in keys if len(key) <= _LONGEST]
    numbers = {key: tuple(_DIGITS.findall(key)) for key in named}
    words = {key: (*fold_name(key), *numbers[key]) for key in named}
    sides: dict[str, dict[tuple[str, ...], str]] = {"prompt": {}, "response": {}}
    for key, found in words.items():
        for meaning, keys_of in sides.items():
            # What is left of ``question_1`` and ``answer_1``, and of ``prompt_de`` and ``response_de``, is the same.
            for one, rest in ((found[:1], found[1:]), (found[-1:], found[:-1])):
                about = any(strength(each, kind) for each in rest[-1:] for kind in _ABOUT)
                if one and not about and strength(one[0], meaning) is Strength.WHOLE:
                    keys_of.setdefault(rest, key)
    pairs = [(asked, sides["response"][rest]) for rest, asked in sides["prompt"].items() if rest in sides["response"]]
    pairs = [(asked, answer) for asked, answer in pairs if asked != answer]
    if len(pairs) >= _NUMBERED:
        return pairs
    uses = Counter(words.values())
    by_words = {found: key for key, found in words.items() if found and uses[found] == 1}
    pairs = [(by_words[found[:-1]], key) for key, found in words.items() if found[:-1] in by_words and _answers(found)]
    return pairs if len(pairs) >= _NAMED else []


def _answers(words: tuple[str, ...]) -> bool:
    return words[-1] in ("answer", "answers")
