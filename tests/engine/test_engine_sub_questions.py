"""Notes on questions and answers that lead to the answer, next to the final one."""

from __future__ import annotations

from typing import Any

import pytest

from datalint.config.load import load_settings
from datalint.core.registry import Registry
from datalint.engine.guesses.columns import with_guesses
from datalint.setup.plan import make_plan
from datalint.sources.readers.memory import from_object

STEPS = {"questions": ["Q1: How many docks are full?"], "answers": ["A1: 3 of 7 are full, so 4 are free."]}


@pytest.mark.parametrize(
    ("more", "noted"),
    [
        (STEPS, True),
        ({"sub_questions": "How many are full?", "sub_answers": "3 of 7."}, True),
        ({"questions": STEPS["questions"]}, False),
        (STEPS | {"answers": []}, False),
        (STEPS | {"answers": [3, 4]}, False),
    ],
)
def test_questions_and_answers_that_lead_to_the_answer_are_named(more: dict[str, Any], *, noted: bool) -> None:
    rows = [
        {"problem": f"Of {n} docks, 3 are full. How many are free?", "answer": float(n - 3)} | more for n in range(40)
    ]
    settings = load_settings(registry=Registry.default(), isolated=True)
    _, notes = with_guesses(make_plan(settings, Registry.default()), [from_object(rows)])
    assert any("lead to the answer and are not learned" in str(each) for each in notes) == noted
