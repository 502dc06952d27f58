"""The note on a label next to prompts alone, of which there are too few rows to infer that it is learned."""

from __future__ import annotations

from typing import Any

import pytest

import datalint

ASKED = ("Open the gate", "Who built the pier", "Call the pilot", "What is a keel", "Sell my boat")


@pytest.mark.parametrize(
    ("key", "values", "count", "said"),
    [
        ("label", ["refuse", "help", "escalate"], 12, True),
        ("intent", ["refuse", "help"], 19, True),
        ("is_attack", [True, False], 12, True),
        # From as many rows on, it is learned.
        ("label", ["refuse", "help", "escalate"], 20, False),
        # These sort prompts.
        ("category", ["refuse", "help"], 12, False),
        ("tag", ["refuse", "help"], 12, False),
        ("label", [f"Dock {n}" for n in range(12)], 12, False),
        ("label", ["refuse"], 12, False),
    ],
)
def test_a_label_of_few_prompts_is_named(key: str, values: list[Any], count: int, said: bool) -> None:
    rows = [{"prompt": f"{ASKED[n % 5]} of dock {n}, please.", key: values[n % len(values)]} for n in range(count)]
    notes = [each for each in datalint.lint(rows, config={"select": ("FMT",)}).notes if "no label is inferred" in each]
    option = f"--columns prompt=prompt,response={key},category={key}"
    assert [each.partition("to learn the one next to them: ")[2] for each in notes] == [option] * said
