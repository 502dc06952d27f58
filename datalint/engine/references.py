"""Evaluation sets with the right answer beside that of the model under test."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from datalint.shapes.detect import Detector

if TYPE_CHECKING:
    from datalint.shapes.guess import Guess

#: The shape of a prompt with a response, the key of this, and keys of the right answer beside it.
_SHAPE: Final = "prompt-completion"
_RESPONSE: Final = "response"
_REFERENCES: Final = ("reference", "reference_answer", "ground_truth")
#: Rows that are looked at, and the share of them that must have a right answer which is not the response.
_ROWS: Final = 50
_GIVEN: Final = 0.9


def with_reference(rows: Iterator[dict[str, Any]], detector: Detector) -> Guess | None:
    """Return the guess that the reference is the answer, None if the rows of an evaluation set have none."""
    first = [row for row in islice(rows, _ROWS) if row]
    key = next((key for key in _REFERENCES if first and isinstance(first[0].get(key), str)), None)
    if key is None:
        return None
    shape = detector.shape(first[0])
    given = [isinstance(row.get(key), str) and row[key] != row.get(_RESPONSE) for row in first]
    if shape.fields is None or sum(given) < _GIVEN * len(first):
        return None
    if any(detector.shape(row).name != _SHAPE for row in first):
        return None
    from datalint.shapes.guess import JOIN, Guess

    found: dict[str, str] = {}
    for field in shape.fields(tuple(first[0])):
        found[field.part] = f"{found[field.part]}{JOIN}{field.key}" if field.part in found else field.key
    if found.pop("response", "") != _RESPONSE or not {"prompt"} <= found.keys() <= {"prompt", "context", "system"}:
        return None
    guess = Guess.of(found | {"response": key}, clear=True, basis="names")
    return guess._replace(keys=frozenset(key for row in first for key in row), over=frozenset((_SHAPE,)))
