"""Proposals for a few rows, whose values say little: no answer that sorts prompts, or is the same in all rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.checking import checks, is_right
from datalint.shapes.evidence.labels import is_class
from datalint.shapes.evidence.names import has_word
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn, filled
from datalint.shapes.evidence.sampling import columns_of
from datalint.shapes.guess import READ, Guess, can_be_typed, keys_of
from datalint.support.names.column_names import Strength, last_word, strength

#: Last words of the names of what sorts prompts, and words of the names of prompts, which are not sorted by a model.
_SORTS: Final = frozenset(
    """topic module category type condition scope format script source level difficulty theme domain section subject
    tag tags group skill""".split()
)
_PROMPTS: Final = ("prompt", "prompts", "question", "questions", "instruction", "instructions")
#: Rows from which on a constant is no answer, and different values of a label at least.
_LEAST: Final = 3
_VALUES: Final = 1.5


def of_few_rows(guess: Guess | None, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return an unclear guess about a few rows without a response that is more likely a fact about the prompt.

    The only column that is named as a label or as a right answer is proposed instead, if there is one, and the only
    object or list with the name of an answer before a category.
    """
    found = {} if guess is None else dict(guess.columns)
    answers = keys_of("response", found.get("response", ""))
    if guess is None or guess.clear or len(rows) >= LEAST_ROWS or len(answers) != 1:
        return guess
    if "prompt" not in found or not found.keys() <= READ:
        return guess
    columns = columns_of(rows)
    answer = next((each for each in columns if each.key == answers[0]), None)
    expected = [each.key for each in columns if _is_expected(each, rows)]
    if answer is not None and len(expected) == 1 and _sorts(answer):
        return Guess.of(found | {"response": expected[0]})
    if answer is None or not _is_fact(answer, found["prompt"], rows):
        return guess
    taken = {found["prompt"], answer.key, *keys_of("context", found.get("context", ""))}
    labels = [each for each in columns if each.key not in taken and _is_label(each, rows)]
    kept = {meaning: key for meaning, key in found.items() if meaning not in ("response", "category")}
    if len(labels) == 1:
        kept |= {"response": labels[0].key, "category": labels[0].key}
    return Guess.of(kept)


def _sorts(column: SampledColumn) -> bool:
    """Whether a column sorts prompts by its name, which is not that of an answer."""
    return last_word(column.key) in _SORTS and strength(column.key, "response") < Strength.HEAD


def _is_expected(column: SampledColumn, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a column holds an object or a list in most rows that is an answer by its name, such as ``expected``."""
    named = strength(column.key, "response") >= Strength.HEAD and not checks(column.key)
    some = 2 * filled(rows, column.key) > len(rows)
    return named and some and column.holds in (Holds.OBJECT, Holds.LIST) and can_be_typed(column.key)


def _is_fact(column: SampledColumn, prompt: str, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a column sorts prompts by its name, or is the same or empty in most rows and not named as an answer."""
    if is_class(column) or is_right(column.key) or strength(column.key, "response") >= Strength.HEAD:
        return False
    asked = has_word(prompt, _PROMPTS) or strength(prompt, "prompt") is Strength.WHOLE
    if last_word(column.key) in _SORTS and asked:
        return True
    some = filled(rows, column.key)
    return 2 * some < len(rows) or (some >= _LEAST and column.distinct * some < _VALUES)


def _is_label(column: SampledColumn, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a column holds several short values in most rows, and is named as a label or a right answer."""
    named = last_word(column.key) in ("label", "labels") or is_right(column.key)
    some = filled(rows, column.key)
    varied = column.short and 2 * some > len(rows) and column.distinct * some > _VALUES
    return named and varied and can_be_typed(column.key)
