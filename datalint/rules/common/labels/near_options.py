"""Answers that are nearly an option of their question: which one, and what differs."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Any, Final

from datalint.api import Alike
from datalint.records.difference import difference
from datalint.rules.common.lazy_pattern import lazy_pattern

#: Characters of an answer that is long enough to be an option in other words. A shorter one is shown as a whole.
_LONG: Final = 60
#: Similarity of two texts, from 0 to 100, from which on one is the other in other words.
_NEAR: Final = 60
_NUMBER: Final = lazy_pattern(r"[0-9]+")


def _nearest(answer: str, options: Mapping[str, str]) -> str:
    """Return the letter of the option that a long answer is nearly, empty for none."""
    if len(answer) <= _LONG:
        return ""
    from rapidfuzz.fuzz import ratio

    similar = {letter: ratio(answer, text, score_cutoff=_NEAR) for letter, text in options.items()}
    letter = max(similar, key=lambda each: similar[each], default="")
    return letter if similar.get(letter) else ""


def is_of_letter(answer: str, options: Mapping[str, str], letters: AbstractSet[str]) -> bool:
    """Return whether an answer is nearly the option of one of some letters, with the same numbers."""
    letter = _nearest(answer, options) if letters else ""
    return letter in letters and _NUMBER.findall(answer) == _NUMBER.findall(options[letter])


def option_difference(answer: str, options: Mapping[str, str]) -> str:
    """Return what differs between an answer and the option that it nearly is, empty for an answer that is none."""
    letter = _nearest(answer, options)
    return difference(options[letter], answer) if letter else ""


def said_letters(group: Alike, keys: list[str], options: list[dict[str, str]]) -> dict[int, set[str]]:
    """Return by their row the letters of options that some keys have."""
    found: dict[int, set[str]] = {}
    for key in keys:
        for row, value, given in zip(group.rows, group.column(key), options, strict=True):
            if (letter := _letter(value)) in given:
                found.setdefault(row, set()).add(letter)
    return found


def _letter(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""
