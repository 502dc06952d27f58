"""Detect whether the first record of a CSV or TSV file is a header or a row of data."""

from __future__ import annotations

import re
from collections.abc import Sequence
from operator import eq
from typing import Final

from datalint.privacy.display import excerpt
from datalint.sources.readers.delimited.class_rows import class_number
from datalint.sources.readers.delimited.header_signs import (
    EXCERPT,
    LEAST,
    NEARLY_ALL,
    NUMBER,
    NUMBERS,
    is_long,
    sign_of_data,
)
from datalint.sources.readers.delimited.sole_texts import is_one_of_texts
from datalint.sources.readers.delimited.transcriptions import transcribed
from datalint.sources.readers.delimited.transliterations import transliterated
from datalint.sources.readers.delimited.twins import twin_of
from datalint.sources.readers.delimited.votes import are_voted, voted
from datalint.support.names.column_names import NAMES, Strength, is_name, strength
from datalint.support.names.token_keys import TAG
from datalint.support.sentence_signs import SENTENCE_ENDS

#: The total weight of indications from which the first record is a row of data.
_ENOUGH: Final = 2
#: Labels of spans without their places: ``LOC``.
_LABEL: Final = re.compile(r"[A-Z][A-Z_-]{1,20}")
#: Such words that are no labels, but say whether something is so.
_BOOLEANS: Final = frozenset(("TRUE", "FALSE", "YES", "NO", "NA", "NULL", "NONE"))
#: Share of the rows that have the words of a short sentence of the first record in their column.
_PHRASED: Final = 0.01
#: Ends of calls.
_CALLS: Final = ("!", "！")
_STOPS: Final = (".", "。")


def why_data(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str | None:
    """Return the reason why the first record is data; None if it is a header or if it is unclear.

    ``rows`` are the records below it with as many fields.
    """
    below = [row for row in rows if list(row) != list(head)]
    if len(below) < LEAST or _numbered(head):
        return None
    tag = next((name.strip() for name, *column in zip(head, *below, strict=True) if _is_tag(name, column)), None)
    if tag is not None:
        return f'"{tag}" is the tag of a token, as the values of its column are'
    if (reason := _votes(head, below) or _heads_block(head, below)) is not None:
        return reason
    if len(head) > 1 and len(set(head)) == 1 and head[0].strip() and not is_name(head[0]) and _all_same(below):
        return f'"{excerpt(head[0].strip(), EXCERPT)}" is in all columns, as one value is in the rows below'
    if (twin := twin_of(head, below)) is not None:
        return f'"{excerpt(twin, EXCERPT)}" is nearly the text next to it, as in the rows below'
    # Where tables were joined, their headers may differ in a name or two.
    others = [row for row in below if 2 * sum(map(eq, row, head)) <= len(head)]
    weight = 0
    reasons: list[tuple[int, str]] = []
    for place, (name, column) in enumerate(zip(head, zip(*below, strict=True), strict=True)):
        fields = [field.strip() for field in column]
        found = sign_of_data(name.strip(), fields, again=any(row[place] == name for row in others))
        named = is_name(name) and not _is_letter(name.strip(), fields)
        if found is None and (named or _heads_numbers(name.strip(), fields)):
            return None
        if found is not None:
            weight += found[0]
            reasons.append(found)
    if weight >= _ENOUGH:
        return max(reasons, key=lambda each: each[0])[1]
    if len(head) == 1 and is_one_of_texts(head[0].strip(), [row[0].strip() for row in below]):
        return f'"{excerpt(head[0].strip(), EXCERPT)}" is as long as texts below it'
    if (number := class_number(head, below)) is not None:
        return f'"{number}" is a number like those below it, next to a text like those below it'
    return _ends(head, below) or _phrases(head, below) or transliterated(head, below) or transcribed(head, below)


def _votes(head: Sequence[str], below: Sequence[Sequence[str]]) -> str | None:
    """Return a reason if the first record has a text and, several times, one short answer, as most records below do.

    Such are the words that annotators gave for one in a sentence; a survey may ask one question several times.
    """
    value = voted(head)
    if value is None or not are_voted(below):
        return None
    columns = zip(head, zip(*below, strict=True), strict=True)
    long = any(is_long(name) and 2 * sum(map(is_long, column)) >= len(column) for name, column in columns)
    return f'"{excerpt(value, EXCERPT)}" is in it several times, as one value is in the rows below' if long else None


def _heads_block(head: Sequence[str], below: Sequence[Sequence[str]]) -> str | None:
    """Return a reason if the first record is a number and nothing else, as rows below are that head the next ones."""
    value = head[0].strip()
    if len(head) < LEAST or not value.isdecimal() or any(map(str.strip, head[1:])):
        return None
    again = any(row[0].strip().isdecimal() and not any(map(str.strip, row[1:])) for row in below)
    return f'"{excerpt(value, EXCERPT)}" is a number alone, as in rows below' if again else None


def _all_same(below: Sequence[Sequence[str]]) -> bool:
    """Return whether nearly all rows have one value in all columns, and not all of them the same one."""
    values = [row[0] for row in below if len(set(row)) == 1]
    return len(values) >= NEARLY_ALL * len(below) and len(set(values)) > 1


def _ends(head: Sequence[str], below: Sequence[Sequence[str]]) -> str | None:
    """Return a reason if two fields of the first record end as sentences, like nearly all below: ``Go.``, ``Geh!``.

    One of them ends with an exclamation mark, or all with a full stop and in lower case: names may be questions, or
    have a full stop as short forms do (``Desc.``).
    """
    columns = zip(head, zip(*below, strict=True), strict=True)
    found = [
        name.strip() for name, column in columns if name.strip().endswith(SENTENCE_ENDS) and _are_sentences(column)
    ]
    return (
        f'"{excerpt(found[0], EXCERPT)}" ends as the texts below it do'
        if len(found) > 1 and (any(name.endswith(_CALLS) for name in found) or _are_stopped(found))
        else None
    )


def _are_stopped(names: Sequence[str]) -> bool:
    """Return whether all fields end with a full stop and are in lower case, as no names are: ``hi.``, ``hai.``."""
    return all(name.endswith(_STOPS) and name.islower() and not is_name(name.rstrip(".。")) for name in names)


def _are_sentences(column: Sequence[str]) -> bool:
    """Return whether nearly all fields of a column end as sentences do."""
    filled = [text for field in column if (text := field.strip())]
    return len(filled) >= LEAST and sum(map(_ends_sentence, filled)) >= NEARLY_ALL * len(filled)


def _ends_sentence(text: str) -> bool:
    return text.endswith(SENTENCE_ENDS) and any(map(str.isalpha, text))


def _phrases(head: Sequence[str], below: Sequence[Sequence[str]]) -> str | None:
    """Return a reason if the first record is short sentences, all of which recur in the texts of their columns.

    Sentences of grammars and phrase books begin alike (``it is``, ``it is good``); names of columns do not recur so.
    """
    least = max(LEAST, len(below) * _PHRASED)
    if len(head) < 2 or any(strength(name, meaning) >= Strength.HEAD for name in head for meaning in NAMES):
        return None
    for name, column in zip(head, zip(*below, strict=True), strict=True):
        words = " ".join(name.split())
        if " " not in words or sum(f" {words} " in f" {' '.join(field.split())} " for field in column) < least:
            return None
    return f'the words of "{excerpt(head[0].strip(), EXCERPT)}" are also in texts below it'


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
    for pattern in (NUMBER, NUMBERS):
        numbers = sum(pattern.fullmatch(field) is not None for field in filled)
        if len(filled) >= LEAST and numbers >= NEARLY_ALL * len(filled):
            return not NUMBER.fullmatch(name) and not NUMBERS.fullmatch(name)
    return False
