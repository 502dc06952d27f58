"""Questions with a list of options that are objects with a mark and a text, and the mark of the right one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.records.options import labelled_options
from datalint.shapes.evidence.names import BETTER, JUDGED, OUTPUTS, has_word, is_about
from datalint.shapes.evidence.right_names import names_right_option
from datalint.shapes.evidence.sampled import Holds, SampledColumn
from datalint.shapes.guess import Guess, can_be_typed
from datalint.shapes.inference.choices.by_letter import asked_of
from datalint.shapes.inference.choices.shared import KINDS, about_options, names_answer
from datalint.support.written_lists import parse_list

#: Characters of a mark at most, and of the options of a question on average: longer texts are answers of somebody.
_MARK: Final = 3
_LONGEST: Final = 200
#: Characters of a list of marks that is written as text, at most.
_WRITTEN: Final = 100
#: Share of the rows that must agree, rows that are looked at, and rows that are enough.
_NEARLY_ALL: Final = 0.9
_ROWS: Final = 200
_FEW_ROWS: Final = 5


def options_by_mark(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about a question, a list of options that are objects with a mark, and the mark of the right one.

    The values decide, whatever the list is named: ``answers`` are options if another key names some of their marks.
    """
    some = rows[:_ROWS]
    if len(some) < _FEW_ROWS:
        return None
    lists = [(each, marks) for each in columns if (marks := _marks(each.key, some))]
    if len(lists) != 1 or not can_be_typed(lists[0][0].key):
        return None
    options, marks = lists[0]
    rest = [each for each in columns if each is not options]
    rights = [each for each in rest if _is_named(each) and _picks([row.get(each.key) for row in some], marks)]
    texts = [each for each in rest if each.holds is Holds.TEXT and each not in rights and not is_about(each)]
    asked = asked_of(rest, texts)
    if len(rights) != 1 or not asked or not can_be_typed(rights[0].key):
        return None
    return about_options(asked[0], [options], rights[0], texts, columns)


def picked_marks(value: object) -> list[str]:
    """Return the marks that a value names, in capitals: one, or a list of them, which may be written as text."""
    if isinstance(value, str) and len(value) <= _WRITTEN and (written := parse_list(value)) is not None:
        value = written
    found = value if isinstance(value, list) else [value]
    if not all(isinstance(each, str | int) and not isinstance(each, bool) for each in found):
        return []
    marks = [each.strip(" ().").upper() if isinstance(each, str) else str(each) for each in found]
    return marks if all(0 < len(each) <= _MARK for each in marks) else []


def _marks(key: str, rows: Sequence[Mapping[str, Any]]) -> list[frozenset[str]]:
    """Return the marks of the options of each row; none unless nearly all rows have short options under a key."""
    found = [labelled_options(row.get(key)) for row in rows]
    fit = [each for each in found if len(each) > 1 and max(map(len, each)) <= _MARK]
    texts = [text for each in fit for text in each.values()]
    if len(fit) < _NEARLY_ALL * len(rows) or sum(map(len, texts)) > _LONGEST * len(texts):
        return []
    return [frozenset(each) for each in found]


def _is_named(column: SampledColumn) -> bool:
    """Whether a column may have the right option by its name, and is no choice of a model or a person."""
    if column.holds not in (*KINDS, Holds.LIST):
        return False
    right = names_right_option(column.key)
    return right or (names_answer(column) and not has_word(column.key, (*BETTER, *JUDGED, *OUTPUTS)))


def _picks(values: Sequence[object], marks: Sequence[frozenset[str]]) -> bool:
    """Whether nearly all values are marks of the options of their rows, and not always the same ones."""
    picked = [picked_marks(value) for value in values]
    fitting = sum(bool(some) and given.issuperset(some) for some, given in zip(picked, marks, strict=True))
    return fitting >= _NEARLY_ALL * len(values) and len({*map(tuple, picked)}) > 1
