"""Notes about what is expected of the answers to prompts that are read alone, such as the tool that is to be called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from datalint.engine.guesses.evaluated_rows import by_expectations, may_expect
from datalint.engine.guesses.notes.labels_of_few import labels_of_few
from datalint.shapes.base import Shape
from datalint.shapes.detect import Detector

#: The shape of prompts alone.
_SHAPE: Final = "prompt-only"


def unread_expectations(first: Mapping[str, Any], shape: Shape, rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the note on what an evaluation set would compare answers with, and training may learn; empty for none."""
    if shape.name != _SHAPE or not any(map(may_expect, first)):
        return ""
    some = [dict(row) for row in rows]
    guess = by_expectations(iter(some), None, Detector())
    if guess is None or "response" not in dict(guess.columns) or labels_of_few(first, shape, some):
        return ""
    return f"only the prompts are read; to learn or compare what is expected of the answers: {guess.option}"
