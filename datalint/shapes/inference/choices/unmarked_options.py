"""Questions and gaps with options, none of which is marked as right: the labels are in another file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED
from datalint.shapes.evidence.names import CHOICE, has_word, is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn
from datalint.shapes.guess import JOIN, Guess, can_be_typed
from datalint.shapes.inference.choices.series import series_of
from datalint.shapes.inference.choices.shared import parts_of
from datalint.support.names.answer_names import names_answer
from datalint.support.names.column_names import Strength, fold_name, strength

#: Options of a question at least: under names of options, and under names of answers, which models may have written.
_LEAST: Final = 2
_LEAST_ANSWERS: Final = 3
#: Mean characters of an option, and of one under the name of an answer, at most.
_LONGEST: Final = 200
_LONGEST_ANSWER: Final = 60
#: Words of names of lists of options, and of texts that are asked about, without a question.
_LISTS: Final = (*CHOICE, "candidates")
_BEGUN: Final = frozenset(("premise", "ctx", "sentence", "sent", "stem"))
_FACTS: Final = (Holds.NOTHING, Holds.REFERENCE)
#: A gap in a text: ``#idiom000378#``, ``___``, ``[MASK]``, ``@placeholder``.
_GAP: Final = re.compile(r"#\w{1,30}#|_{2,}|(?:^|\s)_(?:\s|[.,]|$)|\[(?:MASK|BLANK)\]|<mask>|@placeholder")
#: Rows that are looked at, and the share of them that must agree.
_ROWS: Final = 200
_NEARLY_ALL: Final = 0.9


def unmarked_options(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about questions or gaps and their options, which are all that is read; None for all others.

    Where other texts are next to a gap, nothing names the options, or a statement stands in place of a question, it is
    a proposal.
    """
    if len(rows) < LEAST_ROWS:
        return None
    return _clear_options(columns, rows) or _fillers(columns, rows) or _statements(columns)


def _clear_options(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    options = _series(columns) or _lists(columns)
    rest = [each for each in columns if each not in options and not (_is_fact(each) or is_about(each))]
    if not options or not all(can_be_typed(each.key) for each in (*options, *rest)):
        return None
    lists = options[0].holds is Holds.LIST
    asked = [each for each in rest if (_has_gaps(each.key, rows) if lists else _is_asked(each))]
    asked = [each for each in asked if strength(each.key, "prompt") >= Strength.HEAD] or asked
    asked = parts_of(asked[0], rest) if asked and {*asked} <= {*parts_of(asked[0], rest)} else []
    near = [each for each in rest if each not in asked]
    if not asked or not all(map(_is_near, near)):
        return None
    found = {
        "prompt": JOIN.join(each.key for each in asked),
        "context": JOIN.join(each.key for each in (*near, *options)),
    }
    return Guess.of(found, clear=True, basis="values")


def _fillers(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the proposal for the only text with gaps and a series of short texts, whatever its name is."""
    found = series_of(columns, (Holds.TEXT, Holds.LABEL), least=_LEAST_ANSWERS)
    series = [[*each.values()] for _, each in found if max(one.length for one in each.values()) <= _LONGEST_ANSWER]
    if len(series) != 1 or any(names_answer(each.key) for each in columns if each not in series[0]):
        return None
    rest = [each for each in columns if each not in series[0] and each.holds is Holds.TEXT and can_be_typed(each.key)]
    asked = [each for each in rest if _has_gaps(each.key, rows)]
    if len(asked) != 1 or not all(can_be_typed(each.key) for each in series[0]):
        return None
    near = [each for each in rest if strength(each.key, "context") >= Strength.HEAD]
    return Guess.of({"prompt": asked[0].key, "context": JOIN.join(each.key for each in (*near, *series[0]))})


def _statements(columns: Sequence[SampledColumn]) -> Guess | None:
    """Return the proposal for the only text and the list of its options, as items of a survey have them."""
    options = [each for each in _lists(columns) if has_word(each.key, CHOICE)]
    rest = [each for each in columns if each not in options and not (_is_fact(each) or is_about(each))]
    if not options or len(rest) != 1 or rest[0].holds is not Holds.TEXT:
        return None
    if strength(rest[0].key, "text") is Strength.WHOLE or not all(can_be_typed(e.key) for e in (*rest, *options)):
        return None  # a text is trained on as it is
    return Guess.of({"prompt": rest[0].key, "context": options[0].key})


def _is_fact(column: SampledColumn) -> bool:
    """Whether a column does not depend on the right option: an identifier, or the number of a question."""
    return column.holds in _FACTS or (column.holds is Holds.NUMBER and column.distinct >= VARIED)


def _series(columns: Sequence[SampledColumn]) -> list[SampledColumn]:
    """Return the options of the only series of names of options, or of short answers; empty for none."""
    found = [
        [*named.values()]
        for name, named in series_of(columns, (Holds.TEXT, Holds.LABEL), least=_LEAST)
        if _are_options(name, named)
    ]
    return found[0] if len(found) == 1 else []


def _are_options(name: str, series: Mapping[str, SampledColumn]) -> bool:
    longest = max(each.length for each in series.values())
    if has_word(name, CHOICE):
        return longest <= _LONGEST
    return fold_name(name) in (("answer",), ("ans",)) and len(series) >= _LEAST_ANSWERS and longest <= _LONGEST_ANSWER


def _lists(columns: Sequence[SampledColumn]) -> list[SampledColumn]:
    found = [each for each in columns if each.holds is Holds.LIST and has_word(each.key, _LISTS)]
    return found if len(found) == 1 else []


def _is_asked(column: SampledColumn) -> bool:
    named = strength(column.key, "prompt") >= Strength.HEAD or "".join(fold_name(column.key)) in _BEGUN
    return named and column.holds is Holds.TEXT


def _is_near(column: SampledColumn) -> bool:
    """Whether a column is read next to a question: a passage, or the kind of question, such as cause or effect."""
    if column.holds is Holds.TEXT:
        return strength(column.key, "context") >= Strength.HEAD
    return column.holds is Holds.LABEL and strength(column.key, "prompt") is Strength.WHOLE


def _has_gaps(key: str, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether nearly all texts under a key, or lists of texts, have a gap to fill."""
    texts = [text for row in rows[:_ROWS] if (text := _joined(row.get(key)))]
    long = sum(map(len, texts)) > LONG * len(texts)
    return long and sum(_GAP.search(text) is not None for text in texts) >= _NEARLY_ALL * min(len(rows), _ROWS)


def _joined(value: object) -> str:
    if isinstance(value, list):
        return "\n".join(value) if all(isinstance(each, str) for each in value) else ""
    return value if isinstance(value, str) else ""
