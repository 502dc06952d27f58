"""A problem with its solution, and often the answer on its own next to it: mathematics and code."""

from __future__ import annotations

from typing import Final

from datalint.shapes.base import having
from datalint.shapes.single_turn import single_turn

SHAPE: Final = single_turn(
    "problem-solution",
    "problem and solution",
    prompt=("problem", "Problem"),
    response=("solution", "generated_solution", "answer", "expected_answer", "final_answer", "Answer", "Solution"),
)

#: MAWPS and the sets in its form (AddSub, MultiArith, SingleEq): the solutions are numbers.
MAWPS: Final = single_turn(
    "problem-solution",
    "problem and solution (sQuestion, lSolutions)",
    prompt=("sQuestion",),
    response=("lSolutions",),
    fits=having("sQuestion", "lSolutions"),
)
