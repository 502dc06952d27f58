"""An instruction that is always empty is named once, if the question is next to it."""

from __future__ import annotations

import pytest

from datalint.engine.guesses.notes.empty_instructions import empty_instructions
from datalint.shapes.detect import Detector

ROWS = [{"instruction": " ", "input": f"Who is {n}?", "output": f"Number {n}."} for n in range(20)]


@pytest.mark.parametrize(
    ("rows", "noted"),
    [
        (ROWS, True),
        (ROWS[:9], False),
        ([*ROWS, {**ROWS[0], "instruction": "Say who it is."}], False),
        ([*ROWS, {**ROWS[0], "input": ""}], False),
        ([{"prompt": "", "completion": "a"}] * 20, False),
    ],
)
def test_an_empty_instruction_is_named(rows: list[dict[str, str]], noted: bool) -> None:
    said = empty_instructions(rows[0], Detector().shape(rows[0]), rows)
    assert ('rename "input" to "instruction"' in said) is noted
