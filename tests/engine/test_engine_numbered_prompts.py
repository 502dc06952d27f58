"""Numbers of tasks under the keys of prompts are not read as prompts."""

from __future__ import annotations

from typing import Any

import pytest

from datalint.engine.guesses.source_columns import guess_columns
from datalint.shapes.detect import UNKNOWN, Detector
from datalint.sources.readers.memory import from_object

TEXT = "Whoever keeps {n} boats in dock {n} needs a rope for each, and a light at night."


def guessed(rows: list[dict[str, Any]]) -> tuple[bool, str] | None:
    guess = guess_columns(from_object(iter(rows)), Detector())
    if guess is None or (guess.clear is (Detector(guesses=[guess]).shape(rows[0]) is UNKNOWN)):
        return None
    return guess.clear, guess.mapping


@pytest.mark.parametrize("number", [int, str])
@pytest.mark.parametrize(
    ("prompt", "text", "mapping"),
    [
        ("prompt", "comments", "prompt=comments,response=score,category=score"),
        ("question", "answer", "prompt=answer,response=score,category=score"),
    ],
)
def test_what_answers_a_numbered_task_is_proposed(number: type, prompt: str, text: str, mapping: str) -> None:
    rows = [{prompt: number(n % 4), text: TEXT.format(n=n), "score": n % 3} for n in range(60)]
    assert guessed(rows) == (False, mapping)


@pytest.mark.parametrize(
    "rows",
    [
        [{"prompt": n % 4, "response": TEXT.format(n=n)} for n in range(60)],
        [{"question": str(n), "answer": TEXT.format(n=n), "score": n % 3} for n in range(60)],
        [{"question": f"{n % 4} + 1", "answer": TEXT.format(n=n), "score": n % 3} for n in range(60)],
    ],
)
def test_other_numbers_are_prompts(rows: list[dict[str, Any]]) -> None:
    assert guess_columns(from_object(iter(rows)), Detector()) is None
