"""Signs by which the first row of a table is data, and no header."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median
from typing import Final

from datalint.privacy.display import excerpt
from datalint.sources.readers.lost_letters import REPLACED
from datalint.support.sentence_signs import SENTENCE_ENDS
from datalint.support.word_scripts import has_words

#: The minimum number of rows below the first one to judge the content of a column.
LEAST: Final = 3
#: The number of characters and words from which a field is a text rather than a name; and of characters in a script
#: without spaces.
_LONG: Final = 30
_WORDS: Final = 5
_LONG_WIDE: Final = 16
_WIDE: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
#: A first field this many times shorter than the texts of its column may be the column's name.
_SHORTER: Final = 3
#: The share of fields that must be of one kind for the column to be of this kind.
NEARLY_ALL: Final = 0.95
#: The maximum number of distinct values of a column of labels, as a share of its fields.
_FEW: Final = 0.5
#: The maximum number of digits of a class, and the share of rows of the smallest one that is recognised.
_CLASS: Final = 2
#: The digits of a year, which may name a column.
_YEAR: Final = 4
_REPEATED: Final = 50
#: Rows below a number that go on with the next ones, where the rows are numbered.
_RUNNING: Final = 5
#: A number.
NUMBER: Final = re.compile(r"[+-]?(?:\d{1,18}(?:\.\d{0,30})?|\.\d{1,30})(?:[eE][+-]?\d{1,3})?")
#: Several numbers of classes, or one.
NUMBERS: Final = re.compile(r"\d{1,4}(?:\s?[,;|]\s?\d{1,4}){0,30}")
#: The part in which identifiers differ.
_DIGITS: Final = re.compile(r"\d{1,18}")
#: The number before a text.
_COUNTED: Final = re.compile(r"\d{1,5}(?:\.\d{1,5}){0,4}[.):]?\s")
#: Codes with several numbers, such as those of courses, which no column is named by.
_CODE: Final = r"[A-Z][A-Z0-9]{1,7}(?:[.-]\d{1,6}){2,4}"
_CODES: Final = re.compile(rf"{_CODE}(?:\s?[,;|]\s?{_CODE}){{0,30}}")
#: Calls with their arguments, such as the meanings of sentences: ``request(area=north)&inform(food=thai)``.
_CALL: Final = re.compile(r"[^\W\d][\w.-]{0,60}\(.*\)")
#: Signs that are names of columns.
_SIGNS: Final = frozenset("#%$€&*№?")
#: Characters of a field that are shown.
EXCERPT: Final = 40
#: Words of a text rather than a name.
_SEVERAL: Final = 3
#: Ends of questions, the minimum length of a sentence, and the number of fields per question at most.
_ASKS: Final = ("?", "？")
_SENTENCE: Final = 8
_ASKED: Final = 10


def sign_of_data(name: str, column: Sequence[str], *, again: bool) -> tuple[int, str] | None:
    """Return the weight and description of an indication that a field of the first record is data, if there is one.

    ``again`` says whether the column has the field in a row that is no other header.
    """
    filled = [field for field in column if field]
    if not name or not filled:
        return None
    if NUMBER.fullmatch(name) or NUMBERS.fullmatch(name):
        return _sign_of_numbers(name, filled)
    if (reason := _sign_of_form(name, filled)) is not None:
        return 2, f'"{excerpt(name, EXCERPT)}" {reason}'
    if (reason := _sign_of_text(name, column, filled, again=again)) is not None:
        return 2, f'"{excerpt(name, EXCERPT)}" {reason}'
    return None


def _sign_of_numbers(name: str, filled: Sequence[str]) -> tuple[int, str] | None:
    """Return the weight and description of the indication that a number, or a list of some, is one of many."""
    shown = excerpt(name, EXCERPT)
    if NUMBER.fullmatch(name):
        numbers = sum(any(kind.fullmatch(field) for kind in (NUMBER, NUMBERS)) for field in filled)
        if numbers < NEARLY_ALL * len(filled):
            return None
        # A class by its number is repeated, rows may be numbered, and no column is named by a fraction or by more
        # digits than a year has.
        common = len(name) <= _CLASS and filled.count(name) * _REPEATED >= len(filled)
        value = not name.isdecimal() or len(name) > _YEAR or _counts_on(name, filled)
        return (2 if common or value else 1), f'"{shown}" is a number like those below it'
    lists = sum(NUMBERS.fullmatch(field) is not None for field in filled)
    return (2, f'"{shown}" is a list of numbers like those below it') if lists >= NEARLY_ALL * len(filled) else None


def _sign_of_form(name: str, filled: Sequence[str]) -> str | None:
    """Return what a field has in common with those below it, if they are codes, calls, signs or the like."""
    if _CODES.fullmatch(name) and sum(map(bool, map(_CODES.fullmatch, filled))) >= NEARLY_ALL * len(filled):
        return "is a code like those below it"
    if _CALL.fullmatch(name) and sum(map(bool, map(_CALL.fullmatch, filled))) >= NEARLY_ALL * len(filled):
        return "is a call like those below it"
    if _is_numbered(name, filled):
        return "differs from those below it in its numbers only"
    if _is_counted(name, filled):
        return "is a text after a number, as those below it are"
    if not any(map(str.isalnum, name)) and name not in _SIGNS and REPLACED not in name:
        if 2 * sum(map(_has_words, filled)) >= len(filled):
            return "has no letter, and most texts below it have words"
        signs = [field for field in filled if not any(map(str.isalnum, field))]
        if len(signs) >= NEARLY_ALL * len(filled) and len(set(signs)) >= LEAST:
            return "is a sign like those below it"
    if _are_tagged(name) and sum(map(_are_tagged, filled)) >= NEARLY_ALL * len(filled):
        return "is words with their tags, like those below it"
    return None


def _sign_of_text(name: str, column: Sequence[str], filled: Sequence[str], *, again: bool) -> str | None:
    """Return what a field has in common with those below it, if they are texts or values."""
    # Even a long column name is much shorter than the texts below it.
    texts = [field for field in filled if is_long(field)]
    if is_long(name) and len(texts) * 2 >= len(filled) and len(name) * _SHORTER >= median(map(len, texts)):
        return "is a text like those below it"
    if _is_sentence(name, filled):
        return "is a sentence like those below it"
    # Several words that are a text of their own column, but not over and over as where tables were joined.
    once = filled.count(name) == 1 and len(set(filled)) > _FEW * len(filled)
    if again and ((" " in name and once) or has_words(name, _SEVERAL)):
        return "is also a text of its column"
    # A column with nothing but its name here and there has marks.
    marked = len(filled) < len(column) and set(filled) == {name}
    few = len(set(filled)) <= max(_FEW * len(filled), 1) and not marked
    if name in filled and few and median(map(len, filled)) <= EXCERPT:
        return "is also a value of its column"
    return None


def _counts_on(name: str, filled: Sequence[str]) -> bool:
    """Return whether the first rows go on with the numbers after that of the first record."""
    following = [str(int(name) + place) for place in range(1, _RUNNING + 1)]
    return len(filled) >= LEAST and list(filled[:_RUNNING]) == following[: len(filled)]


def _is_numbered(name: str, filled: Sequence[str]) -> bool:
    """Return whether a field with a letter and a number is nearly all others of its column but for the number."""
    if not (_DIGITS.search(name) and any(map(str.isalpha, name))) or len(set(filled)) < LEAST:
        return False
    masked = _DIGITS.sub("0", name)
    return sum(_DIGITS.sub("0", field) == masked for field in filled) >= NEARLY_ALL * len(filled)


def _is_counted(name: str, filled: Sequence[str]) -> bool:
    """Return whether a field is several words after a number (``1.8 how many are left``), as nearly all below it are.

    The questions of a survey may have numbers too, and its answers, of which there are few.
    """
    if not _COUNTED.match(name) or not has_words(name, _SEVERAL) or 2 * len(set(filled)) < len(filled):
        return False
    alike = sum(_COUNTED.match(field) is not None and has_words(field, _SEVERAL) for field in filled)
    return len(filled) >= LEAST and alike >= NEARLY_ALL * len(filled)


def _is_sentence(name: str, filled: Sequence[str]) -> bool:
    """Return whether a field is a sentence that ends as most fields of its column do, or asks as several do."""
    if not (name.endswith(SENTENCE_ENDS) and has_words(name, 2) and len(name) >= _SENTENCE):
        return False
    questions = sum(field.endswith(_ASKS) for field in filled) if name.endswith(_ASKS) else 0
    if len(filled) >= LEAST and 2 * questions >= len(filled):
        return True
    alike = sum(field.endswith(SENTENCE_ENDS) for field in filled)
    # The columns of a survey are questions, and what is below them are answers.
    asked = questions if name.endswith(_ASKS) else alike
    return alike * 2 >= len(filled) and asked * _ASKED >= len(filled) and len(name) * 2 >= median(map(len, filled))


def _are_tagged(field: str) -> bool:
    """Return whether a field is several words, each with its tag after an equals sign: ``The=O dock=T-POS``."""
    words = field.split()
    return len(words) > 1 and all(0 < word.rfind("=") < len(word) - 1 for word in words)


def _has_words(field: str) -> bool:
    return has_words(field, 2)


def is_long(field: str) -> bool:
    """Return whether a field is a text rather than a name."""
    return len(field) >= (_LONG_WIDE if _WIDE.search(field) else _LONG) and has_words(field, _WORDS)
