"""Proposals that learn the text that its name calls the answer, instead of one that nothing names so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.checking import checks, describes, is_right, limits
from datalint.shapes.evidence.sampled import Holds, SampledColumn
from datalint.shapes.evidence.sampling import columns_of
from datalint.shapes.guess import Guess, can_be_typed, keys_of
from datalint.support.names.answer_names import Answers, names_answer
from datalint.support.names.column_names import Strength, last_word, strength

#: The meanings of a proposal that may be corrected.
_SIDES: Final = frozenset(("prompt", "context", "response", "category"))
#: Meanings of names of what is given: where a text is named so, what is written of it is learned instead.
_GIVEN: Final = ("text", "context", "heading")
#: The last word of the name of what is given with a question about it, and of what is written to answer the question.
_ABSTRACT: Final = "abstract"
_REASONS: Final = "justification"
#: Rows from which on a constant is no answer, and different values of an answer at least.
_LEAST: Final = 3
_VALUES: Final = 1.5


def with_named_answer(guess: Guess | None, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return a proposal that learns the only text whose name says that it is the answer; any other guess as it is.

    The text that was taken for it is read next to the prompt.
    """
    found = {} if guess is None else dict(guess.columns)
    if guess is None or guess.clear or guess.versions or not {"prompt", "response"} <= found.keys() <= _SIDES:
        return guess
    answers = keys_of("response", found["response"])
    if len(answers) != 1 or any(strength(answers[0], meaning) for meaning in ("response", "written")):
        return guess
    if (expected := _expected(rows, found)) is not None:
        return Guess.of({meaning: key for meaning, key in found.items() if key != answers[0]} | {"response": expected})
    given = last_word(answers[0]) == _ABSTRACT
    given = given or any(strength(answers[0], meaning) >= Strength.HEAD for meaning in _GIVEN)
    taken = {key for meaning in ("prompt", "context") for key in keys_of(meaning, found.get(meaning, ""))}
    columns = {each.key: each for each in columns_of(rows)}
    ranks = {key: _rank(key) for key, each in columns.items() if _may_be_learned(each, len(rows))}
    best = max((rank for key, rank in ranks.items() if key not in {*taken, *answers}), default=Answers.NOT)
    named = [key for key, rank in ranks.items() if rank is best and key not in {*taken, *answers}]
    if best < (Answers.WRITTEN if given else Answers.HEAD) or len(named) != 1 or not can_be_typed(named[0]):
        return guess
    before = columns.get(answers[0])
    is_read = "context" not in found and before is not None and before.holds is Holds.TEXT and given
    kept = {meaning: key for meaning, key in found.items() if key != answers[0]}
    return Guess.of(kept | {"response": named[0]} | ({"context": answers[0]} if is_read else {}))


def _expected(rows: Sequence[Mapping[str, Any]], found: Mapping[str, str]) -> str | None:
    """Return the only key of a label or number that is expected by its name, such as ``expected_score``."""
    kinds = (Holds.TEXT, Holds.LABEL, Holds.NUMBER)
    named = [each for each in columns_of(rows) if is_right(each.key) and not (describes(each.key) or limits(each.key))]
    free = [each.key for each in named if each.holds in kinds and not each.sparse and each.key not in found.values()]
    return free[0] if len(named) == len(free) == 1 and can_be_typed(free[0]) else None


def _rank(key: str) -> Answers:
    return Answers.WRITTEN if last_word(key) == _REASONS else names_answer(key)


def _may_be_learned(column: SampledColumn, rows: int) -> bool:
    same = rows >= _LEAST and column.distinct * rows < _VALUES
    return column.holds is Holds.TEXT and not column.sparse and not same and not checks(column.key)
