"""Shapes, one file each. A new one needs its file and its place in :data:`SHAPES`."""

from __future__ import annotations

from typing import Final

from datalint.shapes.base import Shape
from datalint.shapes.formats import (
    alpaca,
    bedrock_converse,
    kto,
    openai_chat,
    openai_preference,
    preference,
    prompt_completion,
    question_answer,
    sharegpt,
    text,
    text_label,
)

#: Every shape, in the order of precedence: a row that fits several is read as the first.
SHAPES: Final[tuple[Shape, ...]] = (
    *openai_preference.SHAPES,
    *preference.SHAPES,
    kto.SHAPE,
    bedrock_converse.SHAPE,
    openai_chat.SHAPE,
    openai_chat.RFT,
    sharegpt.SHAPE,
    alpaca.SHAPE,
    *prompt_completion.SHAPES,
    *question_answer.SHAPES,
    text_label.SHAPE,
    text.SHAPE,
)
