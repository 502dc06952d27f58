"""Texts with a category, next to an expected answer in some rows or in all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from datalint.engine.guesses.sampling import sample
from datalint.shapes.detect import Detector
from datalint.support.text_lists import are_texts

if TYPE_CHECKING:
    from datalint.shapes.evidence.sampled import SampledColumn
    from datalint.shapes.guess import Guess

#: The shape of such rows by their keys, and the keys of the text, of the category, and of labels that are learned.
_SHAPE: Final = "text-label"
_TEXT: Final = "text"
_SORTS: Final = "category"
_LABEL: Final = "label"
#: Share of the rows that must have an answer for it to be learned.
_GIVEN: Final = 0.8
#: Parts of the names of keys with an expected answer, so that hardly any row is looked at twice.
_WORDS: Final = ("expect", "truth", "reference", "gold", "answer", "response", "output", "ideal")
_LONGEST: Final = 60


def may_expect(row: Mapping[str, Any]) -> bool:
    """Return whether a key of a row with a category may contain the expected answer to its text."""
    if _TEXT not in row or _SORTS not in row or _LABEL in row:
        return False
    return any(word in key.lower() for key in row if len(key) <= _LONGEST for word in _WORDS)


def with_expected(first: dict[str, Any], rows: Iterator[dict[str, Any]], detector: Detector) -> Guess | None:
    """Return the guess that the category sorts rows, and that expected answers, if most rows have one, are learned."""
    from datalint.shapes.evidence.sampled import Holds
    from datalint.shapes.evidence.sampling import columns_of
    from datalint.shapes.guess import JOIN, Guess
    from datalint.shapes.inference.translated_keys import infer
    from datalint.support.names.column_names import Strength, strength

    alike = [row for row in sample(first, rows) if row and detector.shape(row).name == _SHAPE]
    columns = [each for each in columns_of(alike) if each.key not in (_TEXT, _SORTS)]
    expected = [each for each in columns if holds_answers(each, alike) and _is_expected(each.key)]
    if not expected:
        return None
    guess = infer(alike)
    if guess is not None and guess.clear and dict(guess.columns).get("response", _SORTS) != _SORTS:
        return guess._replace(over=frozenset((_SHAPE,)))
    # The name of an expected behaviour is no answer.
    named = [each for each in expected if strength(each.key, "response") >= Strength.HEAD]
    written = [each for each in expected if each.holds is not Holds.LABEL and not each.program_names]
    answers = [each for each in expected if each in named or each in written]
    given = [each.key for each in answers if _share(alike, each.key) >= _GIVEN]
    # A key that begins with "_" is for the program that made the rows, such as the passage that a question is made of.
    texts = [each.key for each in columns if each.holds is Holds.TEXT and not each.key.startswith("_")]
    read = [key for key in texts if strength(key, "context") >= Strength.HEAD]
    found = {"prompt": _TEXT, "category": _SORTS}
    found |= {"response": given[0]} if given else {}
    found |= {"context": JOIN.join(read)} if read else {}
    return Guess.of(found, clear=True, basis="names").about(alike, _SHAPE)


def holds_answers(column: SampledColumn, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether a column holds texts or labels, or lists of texts alone, such as those that are all right."""
    from datalint.shapes.evidence.sampled import READABLE, Holds

    values = [value for row in rows if (value := row.get(column.key))]
    return column.holds in READABLE or (column.holds is Holds.LIST and all(map(are_texts, values)))


def _is_expected(key: str) -> bool:
    from datalint.shapes.evidence.checking import checks, is_right
    from datalint.shapes.evidence.names import CLASS
    from datalint.support.names.column_names import Strength, last_word, strength

    named = is_right(key) or strength(key, "response") is Strength.WHOLE
    return named and not checks(key) and last_word(key) not in (*CLASS, _SORTS)


def _share(rows: Sequence[Mapping[str, Any]], key: str) -> float:
    return sum(row.get(key) not in (None, "") for row in rows) / len(rows)
