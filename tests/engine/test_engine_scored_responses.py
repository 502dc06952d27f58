"""Scores of responses are learned where they are the label of a row; flags, classes, and scores that filter are not."""

from __future__ import annotations

from typing import Any

import pytest

from datalint.engine.guesses.source_columns import guess_columns
from datalint.shapes.detect import Detector
from datalint.sources.readers.memory import from_object

SCORED = "prompt=prompt,context=response,response=label"


def mapping_of(numbers: tuple[Any, ...], key: str = "label", **others: Any) -> str | None:
    rows = [
        {"prompt": f"May boat {n} leave?", "response": f"Not before hour {n % 7}, says dock {n * 7}.", **others}
        | {key: numbers[n % len(numbers)]}
        for n in range(60)
    ]
    guess = guess_columns(from_object(iter(rows)), Detector())
    return None if guess is None else guess.mapping


FRACTIONS = tuple(n / 37 for n in range(30))


@pytest.mark.parametrize("numbers", [FRACTIONS, tuple(7 * each - 3 for each in FRACTIONS), (*FRACTIONS, 0, 1, None)])
def test_the_score_of_a_response_is_learned(numbers: tuple[Any, ...]) -> None:
    assert mapping_of(numbers) == SCORED


def test_what_the_response_is_about_is_read_as_well() -> None:
    mapping = mapping_of(FRACTIONS, input="The tide is low.", expected_answer="No")
    assert mapping in (SCORED, "prompt=prompt,context=input+response,response=label")


@pytest.mark.parametrize(
    "numbers",
    [
        tuple(range(30)),  # numbers of rows, or of classes
        (0.0, 1.0),
        (0.0, 0.25, 0.5, 0.75, 1.0),
        (True, False),
        (*[None] * 20, *FRACTIONS),
        (float("nan"), float("inf"), *["unknown"] * 20),
        tuple(map(str, FRACTIONS)),
    ],
)
def test_labels_of_a_few_values_are_no_scores(numbers: tuple[Any, ...]) -> None:
    assert mapping_of(numbers) != SCORED


@pytest.mark.parametrize("key", ["score", "reward", "quality", "rating", "weight", "logprob"])
def test_a_score_that_may_filter_rows_leaves_the_response_learned(key: str) -> None:
    assert mapping_of(FRACTIONS, key) is None


def test_two_labels_say_nothing_of_which_is_learned() -> None:
    assert mapping_of(FRACTIONS, labels=0.5) is None
