"""Options of a question that are missing: all of them, or one before others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from datalint.records.options import LETTERS, letter_of

#: Options of a question at most, so that a number may be the place of one.
_MOST: Final = 10
#: A list and an object of options without any, which may be written as text.
_NOTHING: Final = ("", "[]", "{}")


def are_missing(value: Any) -> bool:
    """Return whether the value under the key of options has none, also by lists of labels and texts."""
    if value is None or isinstance(value, str):
        return value is None or value.strip() in _NOTHING
    if isinstance(value, dict):
        return all(isinstance(each, list) and not each for each in value.values())
    return isinstance(value, list) and all(isinstance(each, str) and not each.strip() for each in value)


def chooses(answer: Any) -> bool:
    """Return whether an answer is the letter or the number of an option, and no answer to an open question."""
    if isinstance(answer, str):
        letter = letter_of(answer.strip())
        return letter != "" and letter in LETTERS[:_MOST]
    return type(answer) is int and 0 <= answer < _MOST


def is_chosen(letter: str, answer: str, first: int) -> bool:
    """Return whether an answer is the option of a letter: by its own, or by its number, counted from ``first``."""
    if answer.isdecimal() and answer.isascii():
        return LETTERS.find(letter) == int(answer) - first
    return letter_of(answer) == letter


def empty_options(options: Mapping[str, str]) -> list[str]:
    """Return the letters of options without a text before one that has a text."""
    letters = list(options)
    if all(letter in LETTERS for letter in letters):
        letters = list(LETTERS[: places(options)])
    filled = [letter for letter in letters if options.get(letter, "").strip()]
    before = letters[: letters.index(filled[-1])] if filled else []
    return [letter for letter in before if letter not in filled]


def places(options: Mapping[str, str]) -> int:
    """Return how many options there are, with those that were left out, as they have no text."""
    return max((LETTERS.find(letter) + 1 for letter in options), default=0) or len(options)
