"""The column that names the right one of a list of options, by its letter, its place or its text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.records.options import LETTERS, letter_of
from datalint.shapes.evidence.names import CHOICE, EXPLAINS, OUTPUTS, has_word, is_about, named_as, stands_out
from datalint.shapes.evidence.sampled import Holds, SampledColumn
from datalint.shapes.guess import JOIN, READ, Guess, can_be_typed
from datalint.shapes.side_keys import use_of
from datalint.support.names.column_names import fold_name

#: Characters of an option that are looked for, and of a text that are looked at.
_CHARS: Final = 60
_LOOKED_AT: Final = 5_000
#: Words of keys of the right option.
_RIGHT: Final = frozenset("correct right answer answers ans gold golden label labels true truth solution key".split())
#: Words of the names of lists of options, next to those of choices.
_CANDIDATES: Final = ("candidate", "candidates")
#: Share of the rows that must agree, rows that are looked at, how many there are at least, and options of a question.
_NEARLY_ALL: Final = 0.9
_ROWS: Final = 200
_LEAST: Final = 5
_MOST: Final = 26
#: Share of the questions that have the name of a text in them, for it to be what they are about.
_NAMED: Final = 0.5


def picked_instead(
    guess: Guess | None, columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]
) -> Guess | None:
    """Return a guess; if it does not learn the right one of a list of options, the guess that does.

    What the question is about is read next to it.
    """
    lists = [each for each in columns if each.holds is Holds.LIST and has_word(each.key, (*CHOICE, *_CANDIDATES))]
    asked = named_as([each for each in columns if each.holds is Holds.TEXT and not is_about(each)], "prompt")
    if len(lists) != 1 or not asked or not stands_out(asked, "prompt"):
        return guess
    options, question = lists[0], asked[0]
    right = [each for each in columns if each not in (options, question) and _is_named(each)]
    right = [each for each in right if _picks(each.key, options.key, rows)]
    found = dict(guess.columns) if guess is not None else {}
    learned = found.get("response", "")
    if not found.keys() <= READ or _say_so(learned, right, options, rows):
        return guess
    if len(right) != 1 or not can_be_typed(right[0].key) or learned in (right[0].key, options.key):
        return guess
    rest = [each for each in columns if each not in (options, question, right[0]) and can_be_typed(each.key)]
    context = JOIN.join(each.key for each in (*_asked_about(rest, question, rows), options))
    return Guess.of({"prompt": question.key, "context": context, "response": right[0].key}, clear=True, basis="values")


def _say_so(
    learned: str, right: Sequence[SampledColumn], options: SampledColumn, rows: Sequence[Mapping[str, Any]]
) -> bool:
    """Whether the learned text contains the right option in most rows, as a written solution does."""
    if not learned or not right:
        return False
    found = [(row.get(learned), row.get(right[0].key), row.get(options.key)) for row in rows[:_ROWS]]
    said = sum(isinstance(a, str) and isinstance(c, list) and _says(a, b, c) for a, b, c in found)
    return 2 * said > len(found)


def _says(text: str, value: object, options: Sequence[Any]) -> bool:
    """Whether a text has a right option in it, or its letter alone."""
    for each in value if isinstance(value, list) else [value]:
        word = options[each] if isinstance(each, int) and 0 <= each < len(options) else each
        if isinstance(word, str) and word and re.search(rf"(?i)(?<!\w){re.escape(word[:_CHARS])}", text[:_LOOKED_AT]):
            return True
    return False


def _is_named(column: SampledColumn) -> bool:
    """Whether a column is named as the right option, and not as the choice of a model."""
    return not (_RIGHT.isdisjoint(fold_name(column.key)) or has_word(column.key, OUTPUTS))


def _picks(key: str, options: str, rows: Sequence[Mapping[str, Any]]) -> bool:
    found = [(row[key], row[options]) for row in rows[:_ROWS] if row.get(key) is not None and row.get(options)]
    found = [(value if isinstance(value, list) else [value], given) for value, given in found]
    found = [(values, given) for values, given in found if values and isinstance(given, list) and len(given) <= _MOST]
    right = sum(all(_is_one(value, given) for value in values) for values, given in found)
    varied = len({str(values) for values, _ in found}) > 1
    return len(found) >= max(_LEAST, _NEARLY_ALL * len(rows[:_ROWS])) and varied and right >= _NEARLY_ALL * len(found)


def _is_one(value: object, options: Sequence[Any]) -> bool:
    """Whether a value is the place of an option, its letter, or the option itself."""
    if isinstance(value, bool):
        return False
    if isinstance(value, int):
        return 0 <= value <= len(options)
    if not isinstance(value, str):
        return False
    letter = letter_of(value.strip())
    return value in options or (letter != "" and LETTERS.index(letter) < len(options))


def _asked_about(
    columns: Sequence[SampledColumn], question: SampledColumn, rows: Sequence[Mapping[str, Any]]
) -> list[SampledColumn]:
    """Return the columns that a question is about: those that it names, and texts and lists that are read by name."""
    asked = [text.casefold() for row in rows[:_ROWS] if isinstance(text := row.get(question.key), str)]
    found = []
    for each in columns:
        usable = each.holds in (Holds.TEXT, Holds.LIST, Holds.CHAT) and each is not question and not is_about(each)
        if not usable or has_word(each.key, (*EXPLAINS, *OUTPUTS)):
            continue
        name = " ".join(fold_name(each.key))
        named = bool(asked) and sum(name in text for text in asked) >= _NAMED * len(asked)
        if named or use_of(each.key) == "context":
            found.append(each)
    return found
