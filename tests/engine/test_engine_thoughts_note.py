"""The note on reasoning that is one of a few texts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import datalint

WORDS = ("mast", "keel", "sail", "anchor", "rope", "deck", "buoy", "hull", "gate", "dock")


def note(thought: Callable[[int], str], rows: int = 120) -> str:
    """Return the note on rows with a thought each; empty without one."""
    data = [
        {
            "prompt": f"Where is the {WORDS[n % 10]} {n}?",
            "completion": f"{thought(n)}It is at {WORDS[n // 10 % 10]} {n}.",
        }
        for n in range(rows)
    ]
    return next((each for each in datalint.lint(data, config={}).notes if each.startswith("reasoning:")), "")


def test_few_texts_as_reasoning() -> None:
    said = note(lambda n: f"<think>{('Look at the map first.', 'Ask the guard.')[n % 2]}\n</think>")
    assert said.startswith("reasoning: of 120 responses that were looked at, 120 have one of 2 texts as all their")
    assert '"Look at the map first."' in said


@pytest.mark.parametrize(
    "thought",
    [
        lambda n: f"<think>The {WORDS[n % 10]} {n} was moved, so look at gate {n + 1}.</think>",
        lambda n: "<think>\n\n</think>",
        lambda n: "",
        lambda n: "<think>Look at the map.</think>" if n % 3 == 0 else f"<think>It was {n} and {n + 2}.</think>",
    ],
)
def test_other_reasoning(thought: Callable[[int], str]) -> None:
    assert note(thought) == ""


def test_few_rows() -> None:
    assert note(lambda n: "<think>Look at the map first.</think>", rows=60) == ""
