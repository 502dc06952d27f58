"""Labels of statements that stand in an answer, next to what they cite, are learned instead of the answer."""

from __future__ import annotations

from typing import Any

import pytest

from datalint.engine.guesses.source_columns import guess_columns
from datalint.shapes.detect import Detector
from datalint.sources.readers.memory import from_object

LEARNED = "prompt=query,context=answer+statement+quote,response=label,category=label"


def mapping_of(
    labels: tuple[Any, ...] = (0, 1),
    said: str = "It is {0} metres long.",
    keys: tuple[str, str] = ("statement", "quote"),
) -> str | None:
    rows = [
        {
            "query": f"How long is dock {n}?",
            "answer": f"Dock {n} is in the harbour. It is {n * 7} metres long.",
            keys[0]: said.format(n * 7),
            keys[1]: f"The docks of the harbour, such as number {n}, are {n * 7} metres long or more.",
            "label": labels[n % len(labels)],
        }
        for n in range(60)
    ]
    guess = guess_columns(from_object(iter(rows)), Detector())
    return None if guess is None or not guess.clear else guess.mapping


@pytest.mark.parametrize("labels", [(0, 1), (True, False), ("supported", "not supported", "unclear")])
def test_whether_a_statement_is_supported_is_learned(labels: tuple[Any, ...]) -> None:
    assert mapping_of(labels) == LEARNED


def test_other_names_are_read_alike() -> None:
    assert mapping_of(keys=("claim", "evidence")) == LEARNED.replace("statement+quote", "claim+evidence")


@pytest.mark.parametrize("labels", [(1,), (0, 1, 2, 3, 4), (None, 1), ("a" * 40, "b")])
def test_other_labels_sort_answers(labels: tuple[Any, ...]) -> None:
    assert mapping_of(labels) != LEARNED


def test_a_statement_that_is_no_part_of_the_answer_decides_nothing() -> None:
    assert mapping_of(said="The harbour has {0} gates.") != LEARNED
