"""Questions with their options and the place of the right one, in tables without a header."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn, is_unnamed
from datalint.shapes.guess import JOIN, Guess

#: Spellings of the right option, from the first option on.
_PLACES: Final = ("0123456789", "123456789", "ABCDEFGH", "abcdefgh")
#: Options of a question; from ``_SURE`` on, texts and a number that counts them are nothing else.
_OPTIONS: Final = range(3, 9)
_SURE: Final = 4
#: Mean characters of an option at most, and how many times as long as the shortest the longest ones are at most.
_LONGEST: Final = 200
_UNLIKE: Final = 2
#: Rows that are looked at, the share of them that must agree, and the least share of each place if they were equal.
_ROWS: Final = 200
_NEARLY_ALL: Final = 0.9
_EVEN: Final = 0.6


def nameless_options(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about a table without names of questions, options in columns of their own, and which is right.

    As many texts in a row as a column counts, from 0 or 1 on or by letters, are options, and the text before them is
    the question.
    """
    if len(rows) < LEAST_ROWS or not all(map(is_unnamed, columns)):
        return None
    keys = [(each, count) for each in columns if (count := _counted(each.key, rows))]
    if len(keys) != 1:
        return None
    key, count = keys[0]
    place = columns.index(key)
    texts = max(_last_texts(columns[:place]), _last_texts(columns[place + 1 :]), key=len)
    options, asked = texts[-count:], texts[:-count]
    if len(options) < count or not asked or asked[-1].distinct < VARIED or not _are_options(options, rows):
        return None
    context = JOIN.join(each.key for each in (*asked[:-1], *options))
    found = {"prompt": asked[-1].key, "context": context, "response": key.key}
    return Guess.of(found, clear=count >= _SURE, basis="values")


def _counted(key: str, rows: Sequence[Mapping[str, Any]]) -> int:
    """Return how many options a column counts, if it has the place of each one in about as many rows; 0 for others."""
    values = [str(value).strip() for row in rows[:_ROWS] if (value := row.get(key)) not in (None, "")]
    counts = Counter(values)
    number = len(counts)
    if number not in _OPTIONS or len(values) < _NEARLY_ALL * min(len(rows), _ROWS):
        return 0
    even = min(counts.values()) * number >= _EVEN * len(values)
    return number if even and any(counts.keys() == {*places[:number]} for places in _PLACES) else 0


def _last_texts(columns: Sequence[SampledColumn]) -> list[SampledColumn]:
    """Return the columns of texts that follow one another up to the last column."""
    last = next((index for index, each in enumerate(reversed(columns)) if each.holds is not Holds.TEXT), len(columns))
    return [*columns[len(columns) - last :]]


def _are_options(options: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether texts are about as long as one another, and differ in nearly every row."""
    shortest, *_, longest = sorted(each.length for each in options)
    if longest > min(_LONGEST, _UNLIKE * shortest):
        return False
    several = [[str(row.get(each.key, "")).strip() for each in options] for row in rows[:_ROWS]]
    return sum(len({*values}) == len(values) for values in several) >= _NEARLY_ALL * len(several)
