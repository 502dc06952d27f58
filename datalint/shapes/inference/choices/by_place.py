"""Questions with a list of their options, whatever it is named, and the place or the text of the right one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED
from datalint.shapes.evidence.names import CHOICE, has_word, is_about, named_as
from datalint.shapes.evidence.right_names import names_right_option
from datalint.shapes.evidence.sampled import Holds, SampledColumn
from datalint.shapes.guess import Guess, can_be_typed
from datalint.shapes.inference.choices.shared import KINDS, WRITTEN, about_options, are_turns_before, names_answer
from datalint.support.names.column_names import Strength, fold_name, strength

#: Options of a question, and the mean characters of one at most: longer texts are answers that somebody wrote.
_OPTIONS: Final = range(2, 11)
_LONGEST: Final = 200
#: Letters of options, and words of the names of one that is written out.
_LETTERS: Final = "abcdefghij"
_CORRECT: Final = ("correct", "right", "true")
#: Words of the names of lists that one text is chosen from, and of the label that most annotators gave.
_HYPOTHESES: Final = ("hypothesis", "hypotheses", "hyps")
_AGREED: Final = ("majority", "gold", "final")
#: Share of the rows that must agree, rows that are looked at, and rows that are enough.
_NEARLY_ALL: Final = 0.9
_ROWS: Final = 200
_FEW_ROWS: Final = 5


def options_by_place(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about a question, a list of its options, and the place or the text of the right one.

    Lists that are named options are read by their names. A list of right answers has no place of one.
    """
    if len(rows) < _FEW_ROWS:
        return None
    turns = [each for each in columns if are_turns_before(each)]
    lists = [each for each in columns if each.holds is Holds.LIST and each not in turns and are_options(each, rows)]
    # Of lists of observations and of hypotheses, the latter are chosen from.
    chosen = [each for each in lists if has_word(each.key, _HYPOTHESES)] if len(lists) > 1 else lists
    if len(chosen) != 1 or not can_be_typed(chosen[0].key):
        return None
    options = chosen[0]
    observed = [each for each in lists if each is not options]
    rest = [each for each in columns if each is not options]
    rights = [each for each in rest if each.holds in KINDS and _may_be_right(each)]
    rights = [each for each in rights if _says_which(each, options, rows)]
    rights = rights if len(rights) == 1 else [each for each in rights if has_word(each.key, _AGREED)]
    texts = [each for each in rest if each.holds is Holds.TEXT and each not in rights and not is_about(each)]
    plain = [each for each in texts if strength(each.key, "context") < Strength.HEAD]
    asked = [each for each in named_as(plain, "prompt") if each.distinct >= VARIED and not each.code]
    asked = asked or turns or observed[:1]
    if len(rights) != 1 or not asked:
        return None
    return about_options(asked[0], [options], rights[0], [*texts, *turns, *observed[1:]], columns)


def _may_be_right(column: SampledColumn) -> bool:
    """Whether a column may say by its name which option is right; a label does so if annotators agreed on it."""
    agreed = fold_name(column.key)[-1:] == ("label",) and has_word(column.key, _AGREED)
    return agreed or names_right_option(column.key) or names_answer(column)


def are_options(column: SampledColumn, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether nearly all values of a column are lists of short texts that differ, in a row and between rows."""
    if has_word(column.key, CHOICE) or not WRITTEN.isdisjoint(fold_name(column.key)):
        return False
    several = [value for row in rows[:_ROWS] if (value := row.get(column.key))]
    fit = [texts for value in several if (texts := _texts(value))]
    varied = len({*map(tuple, fit)}) > 1
    return varied and len(fit) >= _NEARLY_ALL * len(several)


def _texts(value: object) -> list[str]:
    """Return the texts of a list of options; none for any other value."""
    if not isinstance(value, list) or len(value) not in _OPTIONS:
        return []
    texts = [each.strip() for each in value if isinstance(each, str) and each.strip()]
    fit = len(set(texts)) == len(value) and sum(map(len, texts)) <= _LONGEST * len(texts)
    return texts if fit else []


def _says_which(column: SampledColumn, options: SampledColumn, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a column has the place of an option in nearly every row, not always the same one, or the option itself.

    Of right answers in several wordings, one may be written again, so that a text must be named as the right one.
    """
    if says_place(column.key, options.key, rows):
        return True
    pairs = [(row.get(column.key), _texts(row.get(options.key))) for row in rows[:_ROWS]]
    named = has_word("_".join(fold_name(column.key)), _CORRECT)
    same = [texts.index(right.strip()) for right, texts in pairs if isinstance(right, str) and right.strip() in texts]
    return named and len(set(same)) > 1 and len(same) >= _NEARLY_ALL * len(pairs)


def says_place(right: str, options: str, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether a key has the place of one of the options in nearly every row, and not always the same one."""
    pairs = [(row.get(right), _texts(row.get(options))) for row in rows[:_ROWS]]
    places = [place for value, texts in pairs if (place := _place(value, texts)) is not None]
    return len(set(places)) > 1 and len(places) >= _NEARLY_ALL * len(pairs)


def _place(right: object, texts: Sequence[str]) -> int | None:
    """Return the place that a value names, from 0 or 1 on, or by a letter; None for any other value."""
    if isinstance(right, str) and len(right.strip()) == 1:
        mark = right.strip().casefold()
        right = _LETTERS.index(mark) if mark in _LETTERS else int(mark) if mark.isascii() and mark.isdigit() else None
    if not isinstance(right, int) or isinstance(right, bool):
        return None
    return right if 0 <= right <= len(texts) and texts else None
