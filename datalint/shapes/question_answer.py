"""Question and answer (or response, or solution)."""

from __future__ import annotations

from typing import Final

from datalint.shapes.prompt_completion import QUESTION_PAIRS, make

SHAPES: Final = {
    pair: make("question-answer", f"question and answer ({pair[0]}, {pair[1]})", *pair) for pair in QUESTION_PAIRS
}
SHAPE = SHAPES[("question", "answer")]
