"""Summarization: a text and its summary."""

from __future__ import annotations

from typing import Final

from datalint.shapes.single_turn import single_turn

SHAPE: Final = single_turn(
    "summarization",
    "summarization (article, summary)",
    prompt=("article", "document", "dialogue", "dialog", "text", "full_text", "report", "passage"),
    response=("summary", "highlights", "Summary"),
    # Summaries of one text by several aspects.
    context=("aspect",),
)
