"""Code for a description: ``text`` and ``code`` as in MBPP, and the prompts of HumanEval and DS-1000."""

from __future__ import annotations

from typing import Final

from datalint.shapes.base import having
from datalint.shapes.single_turn import single_turn

SHAPES: Final = (
    single_turn(
        "text-code",
        "description and code (text, code)",
        prompt=("text",),
        response=("code",),
        fits=having(
            "text", "code", none_of=("messages", "conversations", "instruction", "prompt", "question", "label")
        ),
    ),
    single_turn(
        "text-code",
        "prompt and canonical solution",
        prompt=("prompt",),
        response=("canonical_solution", "reference_code"),
    ),
)
