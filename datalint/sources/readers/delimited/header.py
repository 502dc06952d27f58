"""Detect whether the first record of a CSV or TSV file is a header or a row of data."""

from __future__ import annotations

import re
from collections.abc import Sequence
from operator import eq
from statistics import median
from typing import Final

from datalint.privacy.display import excerpt
from datalint.sources.readers.delimited.sole_texts import is_one_of_texts
from datalint.sources.readers.delimited.transcriptions import transcribed
from datalint.sources.readers.delimited.transliterations import transliterated
from datalint.sources.readers.delimited.twins import twin_of
from datalint.sources.readers.delimited.votes import are_voted, voted
from datalint.sources.readers.lost_letters import REPLACED
from datalint.support.names.column_names import NAMES, Strength, is_name, strength
from datalint.support.names.token_keys import TAG
from datalint.support.sentence_signs import SENTENCE_ENDS
from datalint.support.word_scripts import has_words

#: The minimum number of rows below the first one to judge the content of a column.
_LEAST: Final = 3
#: The number of characters and words from which a field is a text rather than a name; and of characters in a script
#: without spaces.
_LONG: Final = 30
_WORDS: Final = 5
_LONG_WIDE: Final = 16
_WIDE: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
#: A first field this many times shorter than the texts of its column may be the column's name.
_SHORTER: Final = 3
#: The share of fields that must be of one kind for the column to be of this kind.
_NEARLY_ALL: Final = 0.95
#: The maximum number of distinct values of a column of labels, as a share of its fields.
_FEW: Final = 0.5
#: The total weight of indications from which the first record is a row of data.
_ENOUGH: Final = 2
#: The maximum number of digits of a class, and the share of rows of the smallest one that is recognised.
_CLASS: Final = 2
#: The digits of a year, which may name a column.
_YEAR: Final = 4
_REPEATED: Final = 50
#: Rows below a number that go on with the next ones, where the rows are numbered.
_RUNNING: Final = 5
_NUMBER: Final = re.compile(r"[+-]?(?:\d{1,18}(?:\.\d{0,30})?|\.\d{1,30})(?:[eE][+-]?\d{1,3})?")
#: Several numbers of classes, or one.
_NUMBERS: Final = re.compile(r"\d{1,4}(?:\s?[,;|]\s?\d{1,4}){0,30}")
#: The part in which identifiers differ.
_DIGITS: Final = re.compile(r"\d{1,18}")
#: The number before a text.
_COUNTED: Final = re.compile(r"\d{1,5}(?:\.\d{1,5}){0,4}[.):]?\s")
#: Codes with several numbers, such as those of courses, which no column is named by.
_CODE: Final = r"[A-Z][A-Z0-9]{1,7}(?:[.-]\d{1,6}){2,4}"
_CODES: Final = re.compile(rf"{_CODE}(?:\s?[,;|]\s?{_CODE}){{0,30}}")
#: Calls with their arguments, such as the meanings of sentences: ``request(area=north)&inform(food=thai)``.
_CALL: Final = re.compile(r"[^\W\d][\w.-]{0,60}\(.*\)")
#: Labels of spans without their places: ``LOC``.
_LABEL: Final = re.compile(r"[A-Z][A-Z_-]{1,20}")
#: Such words that are no labels, but say whether something is so.
_BOOLEANS: Final = frozenset(("TRUE", "FALSE", "YES", "NO", "NA", "NULL", "NONE"))
#: Signs that are names of columns.
_SIGNS: Final = frozenset("#%$€&*№?")
_EXCERPT: Final = 40
#: Share of the rows that have the words of a short sentence of the first record in their column.
_PHRASED: Final = 0.01
#: Words of a text rather than a name.
_SEVERAL: Final = 3
#: Ends of questions and calls, the minimum length of a sentence, and the number of fields per question at most.
_ASKS: Final = ("?", "？")
_CALLS: Final = ("!", "！")
_SENTENCE: Final = 8
_ASKED: Final = 10


def why_data(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str | None:
    """Return the reason why the first record is data; None if it is a header or if it is unclear.

    ``rows`` are the records below it with as many fields.
    """
    below = [row for row in rows if list(row) != list(head)]
    if len(below) < _LEAST or _numbered(head):
        return None
    tag = next((name.strip() for name, *column in zip(head, *below, strict=True) if _is_tag(name, column)), None)
    if tag is not None:
        return f'"{tag}" is the tag of a token, as the values of its column are'
    if (reason := _votes(head, below) or _heads_block(head, below)) is not None:
        return reason
    if len(head) > 1 and len(set(head)) == 1 and head[0].strip() and not is_name(head[0]) and _all_same(below):
        return f'"{excerpt(head[0].strip(), _EXCERPT)}" is in all columns, as one value is in the rows below'
    if (twin := twin_of(head, below)) is not None:
        return f'"{excerpt(twin, _EXCERPT)}" is nearly the text next to it, as in the rows below'
    # Where tables were joined, their headers may differ in a name or two.
    others = [row for row in below if 2 * sum(map(eq, row, head)) <= len(head)]
    weight = 0
    reasons: list[tuple[int, str]] = []
    for place, (name, column) in enumerate(zip(head, zip(*below, strict=True), strict=True)):
        fields = [field.strip() for field in column]
        found = _sign(name.strip(), fields, again=any(row[place] == name for row in others))
        named = is_name(name) and not _is_letter(name.strip(), fields)
        if found is None and (named or _heads_numbers(name.strip(), fields)):
            return None
        if found is not None:
            weight += found[0]
            reasons.append(found)
    if weight >= _ENOUGH:
        return max(reasons, key=lambda each: each[0])[1]
    if len(head) == 1 and is_one_of_texts(head[0].strip(), [row[0].strip() for row in below]):
        return f'"{excerpt(head[0].strip(), _EXCERPT)}" is as long as texts below it'
    return _ends(head, below) or _phrases(head, below) or transliterated(head, below) or transcribed(head, below)


def _votes(head: Sequence[str], below: Sequence[Sequence[str]]) -> str | None:
    """Return a reason if the first record has a text and, several times, one short answer, as most records below do.

    Such are the words that annotators gave for one in a sentence; a survey may ask one question several times.
    """
    value = voted(head)
    if value is None or not are_voted(below):
        return None
    columns = zip(head, zip(*below, strict=True), strict=True)
    long = any(_is_long(name) and 2 * sum(map(_is_long, column)) >= len(column) for name, column in columns)
    return f'"{excerpt(value, _EXCERPT)}" is in it several times, as one value is in the rows below' if long else None


def _heads_block(head: Sequence[str], below: Sequence[Sequence[str]]) -> str | None:
    """Return a reason if the first record is a number and nothing else, as rows below are that head the next ones."""
    value = head[0].strip()
    if len(head) < _LEAST or not value.isdecimal() or any(map(str.strip, head[1:])):
        return None
    again = any(row[0].strip().isdecimal() and not any(map(str.strip, row[1:])) for row in below)
    return f'"{excerpt(value, _EXCERPT)}" is a number alone, as in rows below' if again else None


def _all_same(below: Sequence[Sequence[str]]) -> bool:
    """Return whether nearly all rows have one value in all columns, and not all of them the same one."""
    values = [row[0] for row in below if len(set(row)) == 1]
    return len(values) >= _NEARLY_ALL * len(below) and len(set(values)) > 1


def _ends(head: Sequence[str], below: Sequence[Sequence[str]]) -> str | None:
    """Return a reason if two fields of the first record end as sentences, like nearly all below: ``Go.``, ``Geh!``.

    One of them ends with an exclamation mark: names may end with a full stop or a question mark.
    """
    columns = zip(head, zip(*below, strict=True), strict=True)
    found = [
        name.strip() for name, column in columns if name.strip().endswith(SENTENCE_ENDS) and _are_sentences(column)
    ]
    return (
        f'"{excerpt(found[0], _EXCERPT)}" ends as the texts below it do'
        if len(found) > 1 and any(name.endswith(_CALLS) for name in found)
        else None
    )


def _are_sentences(column: Sequence[str]) -> bool:
    """Return whether nearly all fields of a column end as sentences do."""
    filled = [text for field in column if (text := field.strip())]
    return len(filled) >= _LEAST and sum(map(_ends_sentence, filled)) >= _NEARLY_ALL * len(filled)


def _ends_sentence(text: str) -> bool:
    return text.endswith(SENTENCE_ENDS) and any(map(str.isalpha, text))


def _phrases(head: Sequence[str], below: Sequence[Sequence[str]]) -> str | None:
    """Return a reason if the first record is short sentences, all of which recur in the texts of their columns.

    Sentences of grammars and phrase books begin alike (``it is``, ``it is good``); names of columns do not recur so.
    """
    least = max(_LEAST, len(below) * _PHRASED)
    if len(head) < 2 or any(strength(name, meaning) >= Strength.HEAD for name in head for meaning in NAMES):
        return None
    for name, column in zip(head, zip(*below, strict=True), strict=True):
        words = " ".join(name.split())
        if " " not in words or sum(f" {words} " in f" {' '.join(field.split())} " for field in column) < least:
            return None
    return f'the words of "{excerpt(head[0].strip(), _EXCERPT)}" are also in texts below it'


def _is_letter(name: str, column: Sequence[str]) -> bool:
    """Return whether a field and all others of its column are single letters, such as those of right options."""
    return all(len(field) == 1 and field.isalpha() for field in (name, *filter(None, column)))


def _is_tag(name: str, column: Sequence[str]) -> bool:
    """Return whether the first field of a column is a tag of tokens, which it has again below, or few labels of spans.

    A file may begin with many names before the next token that is outside of all.
    """
    if TAG.fullmatch(name.strip()) is None:
        return False
    values = {field.strip() for field in column}
    if name.strip() in values:
        return True
    return 2 * len(values) <= len(column) and not values & _BOOLEANS and all(map(_LABEL.fullmatch, values))


def _numbered(head: Sequence[str]) -> bool:
    """Return whether the fields number the columns, as pandas writes them for columns without names."""
    given = [name for name in head if name.strip()]
    return any(given == [str(place) for place in range(first, first + len(given))] for first in (0, 1))


def _heads_numbers(name: str, column: Sequence[str]) -> bool:
    """Return whether ``name`` is a word above a column of numbers or of lists of them, as only in a header."""
    filled = [field for field in column if field]
    for pattern in (_NUMBER, _NUMBERS):
        numbers = sum(pattern.fullmatch(field) is not None for field in filled)
        if len(filled) >= _LEAST and numbers >= _NEARLY_ALL * len(filled):
            return not _NUMBER.fullmatch(name) and not _NUMBERS.fullmatch(name)
    return False


def _sign(name: str, column: Sequence[str], *, again: bool) -> tuple[int, str] | None:
    """Return the weight and description of an indication that a field of the first record is data, if there is one.

    ``again`` says whether the column has the field in a row that is no other header.
    """
    filled = [field for field in column if field]
    if not name or not filled:
        return None
    shown = excerpt(name, _EXCERPT)
    if _NUMBER.fullmatch(name):
        numbers = sum(any(kind.fullmatch(field) for kind in (_NUMBER, _NUMBERS)) for field in filled)
        if numbers < _NEARLY_ALL * len(filled):
            return None
        # A class by its number is repeated, rows may be numbered, and no column is named by a fraction or by more
        # digits than a year has.
        common = len(name) <= _CLASS and filled.count(name) * _REPEATED >= len(filled)
        value = not name.isdecimal() or len(name) > _YEAR or _counts_on(name, filled)
        return (2 if common or value else 1), f'"{shown}" is a number like those below it'
    if _NUMBERS.fullmatch(name):
        numbers = sum(_NUMBERS.fullmatch(field) is not None for field in filled)
        return (
            (2, f'"{shown}" is a list of numbers like those below it') if numbers >= _NEARLY_ALL * len(filled) else None
        )
    if _CODES.fullmatch(name) and sum(map(bool, map(_CODES.fullmatch, filled))) >= _NEARLY_ALL * len(filled):
        return 2, f'"{shown}" is a code like those below it'
    if _CALL.fullmatch(name) and sum(map(bool, map(_CALL.fullmatch, filled))) >= _NEARLY_ALL * len(filled):
        return 2, f'"{shown}" is a call like those below it'
    if _is_numbered(name, filled):
        return 2, f'"{shown}" differs from those below it in its numbers only'
    if _is_counted(name, filled):
        return 2, f'"{shown}" is a text after a number, as those below it are'
    if not any(map(str.isalnum, name)) and name not in _SIGNS and REPLACED not in name:
        if 2 * sum(map(_has_words, filled)) >= len(filled):
            return 2, f'"{shown}" has no letter, and most texts below it have words'
        signs = [field for field in filled if not any(map(str.isalnum, field))]
        if len(signs) >= _NEARLY_ALL * len(filled) and len(set(signs)) >= _LEAST:
            return 2, f'"{shown}" is a sign like those below it'
    if _are_tagged(name) and sum(map(_are_tagged, filled)) >= _NEARLY_ALL * len(filled):
        return 2, f'"{shown}" is words with their tags, like those below it'
    # Even a long column name is much shorter than the texts below it.
    texts = [field for field in filled if _is_long(field)]
    if _is_long(name) and len(texts) * 2 >= len(filled) and len(name) * _SHORTER >= median(map(len, texts)):
        return 2, f'"{shown}" is a text like those below it'
    if _is_sentence(name, filled):
        return 2, f'"{shown}" is a sentence like those below it'
    # Several words that are a text of their own column, but not over and over as where tables were joined.
    once = filled.count(name) == 1 and len(set(filled)) > _FEW * len(filled)
    if again and ((" " in name and once) or has_words(name, _SEVERAL)):
        return 2, f'"{shown}" is also a text of its column'
    # A column with nothing but its name here and there has marks.
    marked = len(filled) < len(column) and set(filled) == {name}
    few = len(set(filled)) <= max(_FEW * len(filled), 1) and not marked
    if name in filled and few and median(map(len, filled)) <= _EXCERPT:
        return 2, f'"{shown}" is also a value of its column'
    return None


def _counts_on(name: str, filled: Sequence[str]) -> bool:
    """Return whether the first rows go on with the numbers after that of the first record."""
    following = [str(int(name) + place) for place in range(1, _RUNNING + 1)]
    return len(filled) >= _LEAST and list(filled[:_RUNNING]) == following[: len(filled)]


def _is_numbered(name: str, filled: Sequence[str]) -> bool:
    """Return whether a field with a letter and a number is nearly all others of its column but for the number."""
    if not (_DIGITS.search(name) and any(map(str.isalpha, name))) or len(set(filled)) < _LEAST:
        return False
    masked = _DIGITS.sub("0", name)
    return sum(_DIGITS.sub("0", field) == masked for field in filled) >= _NEARLY_ALL * len(filled)


def _is_counted(name: str, filled: Sequence[str]) -> bool:
    """Return whether a field is several words after a number (``1.8 how many are left``), as nearly all below it are.

    The questions of a survey may have numbers too, and its answers, of which there are few.
    """
    if not _COUNTED.match(name) or not has_words(name, _SEVERAL) or 2 * len(set(filled)) < len(filled):
        return False
    alike = sum(_COUNTED.match(field) is not None and has_words(field, _SEVERAL) for field in filled)
    return len(filled) >= _LEAST and alike >= _NEARLY_ALL * len(filled)


def _is_sentence(name: str, filled: Sequence[str]) -> bool:
    """Return whether a field is a sentence that ends as most fields of its column do, or asks as several do."""
    if not (name.endswith(SENTENCE_ENDS) and has_words(name, 2) and len(name) >= _SENTENCE):
        return False
    questions = sum(field.endswith(_ASKS) for field in filled) if name.endswith(_ASKS) else 0
    if len(filled) >= _LEAST and 2 * questions >= len(filled):
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


def _is_long(field: str) -> bool:
    return len(field) >= (_LONG_WIDE if _WIDE.search(field) else _LONG) and has_words(field, _WORDS)
