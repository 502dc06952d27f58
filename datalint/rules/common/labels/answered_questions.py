"""The answers to questions with options, and the options of each, under the keys that rows have them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any, Final

from datalint.api import Alike
from datalint.records.options import (
    LETTER_SERIES,
    LETTERS,
    LISTS,
    SERIES,
    after_letter,
    by_letter,
    letter_of,
    options_in,
)
from datalint.records.right_options import MARKED_LISTS, are_marked, is_right, listed_options, text_of_option
from datalint.rules.common.labels.option_keys import english_keys, opened

#: Keys of the answer.
ANSWER_KEYS: Final = (
    *("answer", "Answer", "answerKey", "answer_key", "correct_answer", "correct_option", "correct_key", "correct"),
    *("answer_idx", "answer_index", "label", "gold", "target", "correct_answers"),
    *("answerIndex", "answerIdx", "correctAnswer", "correctOption", "correct_choice", "correctChoice", "correct_index"),
    *("correctIndex", "correct_idx", "correct_answer_index", "correctAnswerIndex", "correct_option_index"),
    *("correctOptionIndex", "right_answer", "rightAnswer", "answer_letter", "correct_letter"),
)
#: A key of options by their letters, where another one has the letters of the right ones; and a key of lists of options,
#: where one of these keys has the place of the right one.
_BY_LETTER: Final = "answers"
_PLACES: Final = ("correct", "correct_index", "correctIndex", "correct_idx", "correct_option", "correctOption")
#: All these, and the keys of options.
KNOWN_KEYS: Final = frozenset((*ANSWER_KEYS, *LISTS, _BY_LETTER, *chain(*LETTER_SERIES, *SERIES)))


def right_places(group: Alike) -> tuple[Counter[tuple[int, str]], Counter[tuple[int, str]]]:
    """Count the answers that are an option's number, or its words, by the options that there are and what is right.

    Those that are an option's letter are counted apart.
    """
    counts: Counter[tuple[int, str]] = Counter()
    letters: Counter[tuple[int, str]] = Counter()
    for value, given in answered(group):
        if len(given) < 2:
            continue
        if type(value) is int and 0 <= value <= len(given):
            counts[len(given), f'answered "{value}"'] += 1
        elif isinstance(value, str) and (letter := value if value in given else letter_of(value)) in given:
            letters[len(given), f'answered "{letter}"'] += 1
        elif isinstance(value, str) and (place := _place_of(value, given)):
            counts[len(given), f"answered with option {place}"] += 1
    return counts, letters


def _place_of(answer: str, options: Mapping[str, str]) -> int:
    """Return the number of the option that has the words of an answer, with or without its letter; 0 for none."""
    letter, words = after_letter(answer)
    found = [place for place, text in enumerate(options.values(), 1) if text == answer]
    if not found and options.get(letter) == words.strip():
        return list(options).index(letter) + 1
    return found[0] if found else 0


def answered(group: Alike) -> Iterator[tuple[Any, dict[str, str]]]:
    """Yield the answer of each row, as it is written, and the options of its question by their letters.

    Options that say which of them is right have the words of that one as their answer, however another key names it.
    """
    if (marked := _marked_key(group)) is not None:
        yield from map(_right_of, group.column(marked))
        return
    group, _ = opened(group, ANSWER_KEYS)
    names = english_keys(group, KNOWN_KEYS)
    keys = [names[name] for name in ANSWER_KEYS if name in names and group.kinds(names[name]) & {str, int}]
    options = options_of_rows(group, names)[1] if keys else None
    if options is not None:
        yield from zip(group.column(keys[0]), options, strict=True)


def _marked_key(group: Alike) -> str | None:
    """Return the key of options that each say whether they are right, None without one."""
    keys = (key for key in MARKED_LISTS if key in group.keys and group.kinds(key) & {list, dict})
    return next((key for key in keys if are_marked(next(filter(None, group.column(key)), None))), None)


def _right_of(value: Any) -> tuple[str | None, dict[str, str]]:
    """Return the words of the one option that is right, and all options by the letters of their order."""
    if not are_marked(value):
        return None, {}
    given = listed_options(value)
    options = by_letter([text_of_option(each) for each in given])
    rights = [letter for letter, each in zip(LETTERS, given, strict=False) if is_right(each)]
    return (options.get(rights[0]) if len(rights) == 1 else None), options


def options_of_rows(group: Alike, names: Mapping[str, str]) -> tuple[str, list[dict[str, str]] | None]:
    """Return the key of the options, if it is one, and those of each row by their letter, none if they can't be read."""
    for name in (*LISTS, _BY_LETTER):
        if name in names and (name != _BY_LETTER or _are_options(group)):
            return names[name], [options_in(value) for value in group.column(names[name])]
    if keys := keys_of_series(names):
        columns = (group.column(key) for key in keys)
        # Questions with fewer options have null for the others.
        rows = (["" if value is None else value for value in values] for values in zip(*columns, strict=True))
        return "", [by_letter(values) for values in rows]
    return "", None


def keys_of_series(names: Mapping[str, str]) -> list[str]:
    """Return the keys of options, each of its own; none if there is no such series of three."""
    for series in (*LETTER_SERIES, *SERIES):
        found = [name for name in series if name in names]
        if len(found) > 2 and tuple(found) == series[: len(found)]:
            return [names[name] for name in found]
    return []


def _are_options(group: Alike) -> bool:
    """Return whether what is named answers are options by their letters, or lists with the place of the right one."""
    places = [key for key in _PLACES if key in group.keys and group.kinds(key) == {int}]
    if _BY_LETTER not in group.keys:
        return False
    return group.kinds(_BY_LETTER) == {dict} or (group.kinds(_BY_LETTER) == {list} and bool(places))
