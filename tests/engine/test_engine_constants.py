"""A key with one value in all rows does not hide the shape of the others."""

from __future__ import annotations

import pytest

from datalint.engine.guesses.source_columns import guess_columns
from datalint.shapes.detect import Detector
from datalint.sources.readers.memory import from_object


def mapping_of(key: str, values: tuple[str, ...], count: int = 12) -> str | None:
    rows = [{"prompt": f"Why is dock {n} shut?", key: values[n % len(values)]} for n in range(count)]
    guess = guess_columns(from_object(iter(rows)), Detector())
    return None if guess is None or not guess.clear else guess.mapping


def test_the_rows_are_those_of_the_other_keys() -> None:
    assert mapping_of("pipeline", ("Harbour survey of the third quarter",)) == "prompt=prompt"


@pytest.mark.parametrize(
    ("key", "values", "count"),
    [
        ("pipeline", ("Harbour survey", "Harbour survey of the third quarter"), 12),
        ("pipeline", ("Harbour survey of the third quarter",), 4),
        ("pipeline", ("",), 12),
    ],
)
def test_it_may_be_the_answer(key: str, values: tuple[str, ...], count: int) -> None:
    assert mapping_of(key, values, count) is None


def test_one_answer_to_all_prompts_is_an_answer() -> None:
    assert mapping_of("reply", ("Ask at the gate.",)) == "prompt=prompt,response=reply"


def test_the_canary_of_a_benchmark_says_something_of_the_row() -> None:
    row = {"prompt": "Why is dock 4 shut?", "canary": "This text must not be in training data: 7f3a."}
    assert Detector().shape(row).name == "prompt-only"
