"""Words that are spelled letter by letter or sound by sound, as in lists of pronunciations: "s t ɑː . j ə"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from unicodedata import category

from datalint.engine.reduce.comparing.differing import Difference

#: Letters of a word that is spelled, the share of its parts that are single ones, and that of parts with a letter.
_LEAST_LETTERS: Final = 3
_MOST_LETTERS: Final = 40
_SPELLED: Final = 0.6
_SIGNS: Final = 0.5
#: The first character of scripts whose single characters may be words, such as Chinese.
_WORDS: Final = "\u2e80"


def are_spelled(found: Difference) -> bool:
    """Return whether two texts are different words, with blanks between their letters or sounds."""
    one, other = found.one.text.split(), found.other.text.split()
    return one != other and _is_spelled(one) and _is_spelled(other)


def _is_spelled(parts: Sequence[str]) -> bool:
    """Return whether nearly all parts of a text are single letters, with their marks: "s t ɑː . j ə"."""
    if not _LEAST_LETTERS <= len(parts) <= _MOST_LETTERS:
        return False
    letters = [[char for char in part if category(char) in ("Ll", "Lu", "Lo")] for part in parts]
    # One sound may have two letters, as in "t͡ʃ"; numbers and characters of Chinese are words.
    if any(len(each) > 2 or any(char >= _WORDS for char in each) for each in letters):
        return False
    return (
        sum(len(each) == 1 for each in letters) >= _SPELLED * sum(map(bool, letters)) >= _SPELLED * _SIGNS * len(parts)
    )
