"""Questions with an object of their options by letters, whatever it is named, and the letter of the right one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.records.options import letter_of
from datalint.shapes.evidence.names import BETTER, CHOICE, JUDGED, OUTPUTS, has_word, is_about, named_as
from datalint.shapes.evidence.right_names import names_right_option
from datalint.shapes.evidence.sampled import LONG, Holds, SampledColumn
from datalint.shapes.guess import Guess, can_be_typed
from datalint.shapes.inference.choices.shared import KINDS, WRITTEN, about_options, is_asked, names_answer
from datalint.support.names.column_names import Strength, fold_name, strength

#: The letters of options, and how many a question has at least.
_LETTERS: Final = "abcdefghij"
_LEAST: Final = 3
#: Mean characters of the options of a question at most: longer texts are answers that somebody wrote.
_LONGEST: Final = 200
#: Share of the rows that must agree, rows that are looked at, and rows that are enough.
_NEARLY_ALL: Final = 0.9
_ROWS: Final = 200
_FEW_ROWS: Final = 5


def options_by_letter(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about a question, an object of its options by letters, and which one is right.

    A solution that is written out is learned instead of the letter.
    """
    if len(rows) < _FEW_ROWS:
        return None
    objects = [each for each in columns if each.holds is Holds.OBJECT and _are_options(each.key, rows)]
    if len(objects) != 1 or not can_be_typed(objects[0].key):
        return None
    options = objects[0]
    rest = [each for each in columns if each is not options]
    rights = [each for each in rest if _is_letter(each, options.key, rows)]
    rights = [each for each in rights if names_right_option(each.key) or names_answer(each)] or rights
    texts = [each for each in rest if each.holds is Holds.TEXT and each not in rights and not is_about(each)]
    solutions = [each for each in named_as(texts, "response") if each.length > LONG]
    texts = [each for each in texts if each not in solutions]
    asked = asked_of(rest, texts)
    if len(rights) != 1 or not asked:
        return None
    guess = about_options(asked[0], objects, (*solutions, *rights)[0], texts, columns)
    topics = [each.key for each in named_as(rest, "category") if each.holds is Holds.LABEL and each not in rights]
    category = {"category": topics[0]} if len(topics) == 1 else {}
    return guess._replace(columns=(*guess.columns, *category.items()))


def asked_of(columns: Sequence[SampledColumn], texts: Sequence[SampledColumn]) -> list[SampledColumn]:
    """Return the columns that may be the question, the likeliest first; a few questions may be those of all rows."""
    plain = [each for each in texts if strength(each.key, "context") < Strength.HEAD]
    repeated = [each for each in columns if each.holds is Holds.LABEL and each.asks and not is_about(each)]
    named = [each for name in ("prompt", "text") for some in (plain, repeated) for each in named_as(some, name)]
    return [each for each in (*named, *plain, *texts) if not each.code or is_asked(each.key)]


def _are_options(key: str, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether nearly all values under a key are options by letters, and not the same ones in every row.

    A key that says so is read by its name, and what somebody wrote is no option.
    """
    several = [value for row in rows[:_ROWS] if isinstance(value := row.get(key), dict) and value]
    fit = [value for value in several if _are_lettered(value)]
    varied = len({tuple(value.values()) for value in fit}) > 1
    named = has_word(key, CHOICE) or not WRITTEN.isdisjoint(fold_name(key))
    return varied and len(fit) >= _NEARLY_ALL * len(several) and not named


def _are_lettered(options: Mapping[str, Any]) -> bool:
    """Whether an object has short texts that differ from one another, by letters from the first one on."""
    letters = sorted(each.strip().casefold() for each in options)
    if not _LEAST <= len(letters) <= len(_LETTERS) or letters != [*_LETTERS[: len(letters)]]:
        return False
    texts = [each for each in options.values() if isinstance(each, str) and each.strip()]
    return len(set(texts)) == len(letters) and sum(map(len, texts)) <= _LONGEST * len(texts)


def _is_letter(column: SampledColumn, options: str, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a column has the letter of an option in nearly every row, and not of what somebody prefers."""
    if column.holds not in KINDS or (
        has_word(column.key, (*BETTER, *JUDGED, *OUTPUTS)) and not names_right_option(column.key)
    ):
        return False
    marks: list[str] = []
    for row in rows[:_ROWS]:
        value, given = row.get(column.key), row.get(options)
        letter = letter_of(value.strip()) if isinstance(value, str) else ""
        if letter and isinstance(given, dict) and letter in {*map(str.upper, given)}:
            marks.append(letter)
    return len(set(marks)) > 1 and len(marks) >= _NEARLY_ALL * len(rows[:_ROWS])
