"""Questions whose answers are numbers of the words of a text that the row lacks: ``3 4 6``, or ``261:3 4`` of one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from datalint.rules.common.lazy_pattern import lazy_pattern
from datalint.support.sentence_signs import QUESTION_MARKS

#: Numbers of words, perhaps after that of the one who named them.
_WORDS: Final = lazy_pattern(r"(?:\d{1,9}:)?\d{1,5}(?: \d{1,5}){1,99}")
_ONE: Final = lazy_pattern(r"\d{1,9}:\d{1,5}")
#: Characters of a value, and of one that may be the text; values that are such numbers at least.
_LONGEST: Final = 600
_TEXT: Final = 60
_LEAST: Final = 2


def question_about_words(row: Mapping[str, Any]) -> str | None:
    """Return the key of the question of a row whose answers are numbers of words; None for any other row."""
    texts = {key: value for key, value in row.items() if isinstance(value, str)}
    asked = [key for key, value in texts.items() if value.rstrip().endswith(QUESTION_MARKS)]
    numbers = [key for key, value in texts.items() if len(value) <= _LONGEST and _are_numbers(value)]
    others = (value for key, value in texts.items() if key not in (*asked, *numbers))
    if len(asked) != 1 or len(numbers) < _LEAST or any(len(value) > _TEXT or value.count(" ") > 1 for value in others):
        return None
    return asked[0]


def _are_numbers(value: str) -> bool:
    return _WORDS.fullmatch(value) is not None or _ONE.fullmatch(value) is not None
