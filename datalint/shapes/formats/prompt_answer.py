"""Reinforcement learning of prompts with the answer that a reward function compares with. TRL, verl, ms-swift."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from datalint.shapes.single_turn import single_turn

_PROMPTS: Final = ("prompt", "query")
#: Keys of the answer.
ANSWERS: Final = ("answer", "solution", "target", "ground_truth", "expected_answer", "reference_answer", "reference")


def _fits(keys: Collection[str]) -> bool:
    # A query with an answer is a question.
    return ("prompt" in keys and any(key in keys for key in ANSWERS)) or ("query" in keys and "solution" in keys)


#: OpenAI Evals: messages, and the answer that is compared with the model's.
IDEAL: Final = single_turn(
    "prompt-answer",
    "prompt and ideal answer",
    prompt=("input",),
    response=("ideal",),
    kind="rl",
    fits=lambda keys: "input" in keys and "ideal" in keys,
)
SHAPE: Final = single_turn(
    "prompt-answer",
    "prompt and reference answer",
    prompt=_PROMPTS,
    response=ANSWERS,
    kind="rl",
    fits=_fits,
)
