"""Evaluation sets with the right answer next to that of the model under test."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from datalint.shapes.detect import Detector
from datalint.support.names.run_keys import names_run
from datalint.support.text_lists import are_texts
from datalint.verdict.evaluation_hint import agreeing_key

if TYPE_CHECKING:
    from datalint.shapes.guess import Guess

#: The shapes of a prompt with a response, the keys of this, and keys of the right answer next to it.
_SHAPES: Final = frozenset(("prompt-completion", "question-answer", "alpaca"))
_RESPONSES: Final = ("response", "answer", "output")
_REFERENCES: Final = (
    *("reference", "reference_answer", "reference_response", "ground_truth", "ground_truths", "gold_answer"),
    *("golden_answer", "expected_answer", "expected_response", "expected", "expected_output"),
    "truth",
)
#: The one of them that may name where an answer comes from.
_ORIGIN: Final = "reference"
#: The key of the model under test.
_MODEL: Final = "model"
#: The three keys of what Braintrust logs of a system under test.
_LOGGED: Final = ("input", "output", "expected")
#: Keys of the results of a system under test: rows with one, an answer and the right one are an evaluation set.
_RETRIEVED: Final = ("contexts", "retrieved_contexts", "retrieved_documents")
#: Words of the names of what is measured of such a system and nothing else.
_MEASURED: Final = frozenset(("latency", "groundedness", "faithfulness"))
#: Rows that are looked at, and the share of them that must have a right answer which is not the response.
_ROWS: Final = 50
_GIVEN: Final = 0.9


def with_reference(rows: Iterator[dict[str, Any]], detector: Detector) -> Guess | None:
    """Return the guess that the reference is the answer, None if the rows of an evaluation set have none."""
    first = [row for row in islice(rows, _ROWS) if row]
    key = next((key for key in _REFERENCES if first and _is_answer(first[0].get(key))), None)
    if key is None:
        return None
    shape = detector.shape(first[0])
    # Where the model was right, both are equal; if they always are, it does not matter which one is read.
    given = [row for row in first if _is_answer(row.get(key))]
    if shape.fields is None or len(given) < _GIVEN * len(first) or not any(_differs(row, key) for row in given):
        return None
    if any(detector.shape(row).name not in _SHAPES for row in first):
        return None
    from datalint.shapes.guess import Guess, of_parts

    found = of_parts(shape.fields(tuple(first[0])))
    if found.pop("response", "") not in _RESPONSES or not {"prompt"} <= found.keys() <= {"prompt", "context", "system"}:
        return None
    guess = Guess.of(found | {"response": key}, clear=True, basis="names")
    return guess.about(first, *_SHAPES)


def is_tested(row: Mapping[str, Any], path: str, *, named: bool) -> bool:
    """Return whether a row has the answer of a system under test and the right answer.

    What the system retrieved says so, what is measured of it, the keys of a log, or, if the kind of the data is to be
    ``named`` so, a name on the ``path``.
    """
    if not all(any(key in row for key in names) for names in (_RESPONSES, _REFERENCES)):
        return False
    # The answers of several runs to one question are what such rows are about.
    if all(key in row for key in _LOGGED) or (any(map(_is_measured, row)) and not any(map(names_run, row))):
        return True
    key = agreeing_key([path], map(str, row)) if named else ""
    return any(each in row for each in _RETRIEVED) or (key in _REFERENCES and (key != _ORIGIN or _are_by_model(row)))


def _is_measured(key: str) -> bool:
    return not _MEASURED.isdisjoint(re.split(r"[\W_]+", key.lower()))


def _are_by_model(row: Mapping[str, Any]) -> bool:
    """Return whether a row names the model of its answer, next to a list of right answers, which are no links."""
    right = row.get(_ORIGIN)
    return _MODEL in row and isinstance(right, list) and are_texts(right) and not any("://" in each for each in right)


def _differs(row: Mapping[str, Any], key: str) -> bool:
    return all(row[key] != row.get(each) for each in _RESPONSES)


def _is_answer(value: object) -> bool:
    """Whether a value is a text, or a list of texts that are all right."""
    return isinstance(value, str) or are_texts(value)
