"""Questions with their options: as a list or an object, each under a key of its own, or one in each row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED, names_people
from datalint.shapes.evidence.names import BETTER, CHOICE, CLASS, JUDGED, has_word, is_about, named_as, sorts_questions
from datalint.shapes.evidence.right_names import names_right_option
from datalint.shapes.evidence.sampled import LEAST_ROWS, READABLE, Holds, SampledColumn
from datalint.shapes.guess import Guess, can_be_typed
from datalint.shapes.inference.choices.by_letter import options_by_letter
from datalint.shapes.inference.choices.by_mark import options_by_mark
from datalint.shapes.inference.choices.by_name import options_by_name
from datalint.shapes.inference.choices.by_place import options_by_place
from datalint.shapes.inference.choices.marked_options import marked_options
from datalint.shapes.inference.choices.nameless_options import nameless_options
from datalint.shapes.inference.choices.prodigy import with_chosen_options
from datalint.shapes.inference.choices.rights_and_wrongs import right_and_wrong
from datalint.shapes.inference.choices.series import series_of
from datalint.shapes.inference.choices.shared import (
    KINDS,
    WRITTEN,
    about_options,
    are_turns_before,
    is_asked,
    names_answer,
)
from datalint.shapes.inference.choices.two_positions import two_positions
from datalint.support.names.column_names import Strength, strength

_LISTS: Final = (*CHOICE, "candidates", "candidate")
#: The fewest and the most options of a question.
_LEAST: Final = 3
_MOST: Final = 10
#: Mean characters of an option at most: longer texts are answers that somebody wrote.
_LONGEST: Final = 200
#: A letter or number that says which option is right, as it may be written: ``B``, ``(B)``, ``B.`` or ``Option B``.
_MARK: Final = re.compile(r"(?:[^\W\d_]{1,20}[ _])?\(?([^\W_])[).:\]]?")
#: Several such letters: ``BC``, ``B, C`` or ``A;C;D``.
_MARKS: Final = re.compile(r"[A-Ha-h](?:[ ,;、，]{0,3}[A-Ha-h]){0,7}")
#: Keys of how near a text is to what was searched, and one of them in a list that is written as text; characters of
#: that which are looked at.
_FOUND: Final = frozenset(("score", "rank", "similarity", "distance"))
_WRITTEN_FOUND: Final = r"""[{,]\s?['"](?:score|rank|similarity|distance)['"]\s?:"""
_BEGINNING: Final = 2_000
#: Share of the rows that must agree, rows that are looked at, and rows that are enough.
_NEARLY_ALL: Final = 0.9
_ROWS: Final = 200
_FEW_ROWS: Final = 5
#: The share of rows whose options must differ where they are named options: some repeat one, such as "none of these".
_MANY: Final = 0.5


def with_options(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about a question, a list or an object of its options, and which one is right."""
    lists = [
        each
        for each in columns
        if each.holds in (Holds.LIST, Holds.OBJECT) and has_word(each.key, _LISTS) and not is_about(each)
    ]
    lists = [each for each in lists if not names_right_option(each.key)] or lists
    if len(lists) != 1 or _are_found(lists[0].key, rows):
        return None
    options = lists[0]
    rest = [each for each in columns if each is not options and (not is_about(each) or names_right_option(each.key))]
    rights = [each for each in rest if _is_key(each) and names_right_option(each.key)]
    # The type of an answer is none: ``answer_type``.
    rights = rights or [each for each in named_as(rest, "response") if _is_key(each) and not sorts_questions(each.key)]
    texts = [each for each in rest if each.holds is Holds.TEXT and each not in rights]
    named = [each for name in ("prompt", "text") for each in named_as(texts, name)]
    asked = [each for each in (*named, *texts) if not each.code or (each in named and is_asked(each.key))]
    if not rights and asked and len(rows) >= LEAST_ROWS and _is_open(rest, asked[0]):
        return Guess.of({"prompt": asked[0].key, "context": options.key}, clear=True, basis="values")
    # The turns before a reply, which is one of several candidates.
    before = [each for each in rest if are_turns_before(each)]
    asked = asked or before
    return about_options(asked[0], [options], rights[0], [*texts, *before], columns) if rights and asked else None


def _are_found(key: str, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a list holds what a search found, with how near or in which place it is: candidates, and no options."""
    value = next((value for row in rows[:_FEW_ROWS] if (value := row.get(key))), None)
    if isinstance(value, list) and isinstance(value[0], dict):
        return not _FOUND.isdisjoint(value[0])
    return isinstance(value, str) and re.search(_WRITTEN_FOUND, value[:_BEGINNING]) is not None


def with_choices(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about questions and their options, which learns only an option that is known to be right."""
    guess = with_chosen_options(rows) or marked_options(columns, rows) or _in_series(columns, rows)
    guess = guess or options_by_mark(columns, rows) or options_by_letter(columns, rows)
    guess = guess or options_by_place(columns, rows)
    guess = guess or options_by_name(columns, rows) or right_and_wrong(columns, rows) or two_positions(columns, rows)
    return guess or nameless_options(columns, rows) or _one_a_row(columns, rows)


def _in_series(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about a question, its options under names that end with letters or numbers, and the right one.

    The values decide, whatever the names are: the right answer is the letter of an option, or an option itself.
    """
    if len(rows) < _FEW_ROWS:
        return None
    found = [series for series in _series(columns) if _are_options(series, rows)]
    if len(found) != 1:
        return None
    series = found[0]
    options = list(series.values())
    rest = [each for each in columns if each not in options]
    rights = [each for each in rest if _says_which(each, series, rows)]
    # Of a letter and the option that it stands for, the one that is named as the answer is learned.
    rights = [each for each in rights if names_right_option(each.key) or names_answer(each)] or rights
    named = [each for each in rights if names_right_option(each.key)] or rights
    texts = [each for each in rest if each.holds is Holds.TEXT and each not in rights and not is_about(each)]
    plain = [each for each in texts if strength(each.key, "context") < Strength.HEAD] or texts
    asked = [*named_as(texts, "prompt"), *sorted(plain, key=lambda each: (not each.asks, -each.length))]
    asked = [each for each in asked if each.distinct >= VARIED and not each.code]
    if not rights or not asked or not all(can_be_typed(each.key) for each in options):
        return None
    return about_options(asked[0], options, named[0], texts, columns)


def _series(columns: Sequence[SampledColumn]) -> Iterator[dict[str, SampledColumn]]:
    """Yield the series of columns that may be options, by their letters or numbers."""
    for name, named in series_of(columns, KINDS, least=_LEAST):
        # Several answers of models, one of which may be marked as the best, are no options, nor are annotators.
        if len(named) <= _MOST and WRITTEN.isdisjoint(re.findall(r"[a-z]+", name)) and not names_people(name):
            yield named


def _are_options(series: Mapping[str, SampledColumn], rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the columns of a series hold options: short texts that differ from one another in most rows."""
    if any(each.length > _LONGEST for each in series.values()):
        return False
    several = [values for row in rows[:_ROWS] if (values := _filled(row, series))]
    differing = sum(len(set(values)) == len(values) > 1 for values in several)
    share = _MANY if all(has_word(each.key, CHOICE) for each in series.values()) else _NEARLY_ALL
    return bool(several) and differing >= share * len(several) and len({*map(tuple, several)}) > 1


def _says_which(column: SampledColumn, series: Mapping[str, SampledColumn], rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a column says in nearly every row which option of a series is right; a number only if it is named so."""
    if column.holds not in KINDS or (has_word(column.key, (*BETTER, *JUDGED)) and not names_right_option(column.key)):
        return False
    given = [(row, text) for row in rows[:_ROWS] if (text := _text(row.get(column.key)))]
    if len(given) < _FEW_ROWS or len({text for _, text in given}) < 2:
        return False
    marks = [found[1] for _, text in given if (found := _MARK.fullmatch(text))]
    same = sum(text in _filled(row, series) for row, text in given)
    if same >= _NEARLY_ALL * len(given):
        return True
    if sum(mark in series for mark in marks) >= _NEARLY_ALL * len(given):
        letters = not any(map(str.isdigit, series))
        return letters or names_right_option(column.key) or names_answer(column)
    numbers = [int(mark) for mark in marks if mark.isascii() and mark.isdigit()]
    lettered = sum(mark in "abcdefgh" and ord(mark) - ord("a") < len(series) for mark in marks)
    numbered = sum(number <= len(series) for number in numbers)
    named = names_right_option(column.key) or names_answer(column)
    if named and sum(_are_marks(text, series) for _, text in given) >= _NEARLY_ALL * len(given):
        return True
    return named and max(lettered, numbered) >= _NEARLY_ALL * len(given)


def _are_marks(text: str, series: Mapping[str, SampledColumn]) -> bool:
    """Whether a text has the letters of options, of which several are right, each once."""
    letters = re.findall(r"[a-h]", text) if _MARKS.fullmatch(text) else []
    return 0 < len(letters) == len(set(letters)) and series.keys() >= set(letters)


def _filled(row: Mapping[str, Any], series: Mapping[str, SampledColumn]) -> list[str]:
    return [text for each in series.values() if (text := _text(row.get(each.key)))]


def _text(value: object) -> str:
    """Return a short value as it is compared: without case and spaces, and a whole number without its decimals."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip().casefold() if isinstance(value, str | int | float) else ""


def _one_a_row(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about a question and one of its options in each row, with a flag for the right ones.

    The flag is learned: the options of most rows are wrong.
    """
    texts = [each for each in columns if each.holds in READABLE and not is_about(each)]
    asked = [each for each in texts if strength(each.key, "prompt") >= Strength.HEAD]
    if len(rows) < LEAST_ROWS or len(asked) != 1 or asked[0].distinct > VARIED:
        return None
    question = asked[0]
    flags = [each for each in columns if each.binary and _one_is_right(rows, question.key, each.key)]
    options = [each for each in texts if each not in (question, *flags)]
    named = [each for each in options if names_answer(each) or has_word(each.key, CHOICE)]
    options = named if len(named) == 1 else options
    if len(flags) != 1 or len(options) != 1 or not can_be_typed(options[0].key):
        return None
    flag = flags[0].key
    found = {"prompt": question.key, "context": options[0].key, "response": flag, "category": flag}
    return Guess.of(found, clear=True, basis="values")


def _one_is_right(rows: Sequence[Mapping[str, Any]], question: str, label: str) -> bool:
    """Whether nearly every question is that of several rows in turn, one of which alone is labelled as right."""
    runs: list[list[bool]] = []
    last = ""
    for row in rows:
        asked, right = _text(row.get(question)), _text(row.get(label)) in ("1", "true")
        if not runs or asked != last:
            runs.append([])
        runs[-1].append(right)
        last = asked
    several = [run for run in runs if len(run) > 1]
    if not has_word(label, (*CLASS, *BETTER, *JUDGED)) and all(run == [False, True] for run in several):
        # The first and the second answer to each question have numbers.
        return False
    single = sum(sum(run) == 1 for run in several)
    # The rows that are looked at may end within a question.
    return 2 * len(several) >= len(runs) and single >= max(2, _NEARLY_ALL * len(several) - 1)


def _is_open(columns: Sequence[SampledColumn], question: SampledColumn) -> bool:
    """Whether a question with options has no answer: all other columns sort the rows, or are facts about them."""
    facts = (Holds.NOTHING, Holds.NUMBER, Holds.REFERENCE)
    others = [each for each in columns if each is not question and each.holds not in facts]
    return strength(question.key, "prompt") >= Strength.HEAD and all(map(_sorts, others))


def _sorts(column: SampledColumn) -> bool:
    """Whether a column of few values is a topic by its name, and no label."""
    group = any(strength(column.key, each) >= Strength.HEAD for each in ("group", "category"))
    return column.holds is Holds.LABEL and group and not has_word(column.key, CLASS)


def _is_key(column: SampledColumn) -> bool:
    """Whether a column may hold which option is right: a letter, a number, or the option itself."""
    return column.holds in (Holds.LABEL, Holds.NUMBER, Holds.LIST) or (column.holds is Holds.TEXT and column.short)
