"""Question and answer (or response, or solution)."""

from __future__ import annotations

from typing import Final

from datalint.shapes.formats.prompt_completion import pair_shape

SHAPES: Final = tuple(
    pair_shape("question-answer", "question and answer", "question", answer)
    for answer in ("answer", "response", "solution")
)
