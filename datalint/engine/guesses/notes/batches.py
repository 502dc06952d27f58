"""Notes about batches of requests to chat APIs, whose responses are in another file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from datalint.shapes.base import Shape
from datalint.shapes.formats.batches import NUMBER, SHAPES
from datalint.shapes.formats.gemini_batches import REQUESTS

_PROMPTS = frozenset(shape.title for shape in SHAPES if shape.kind == "rl")
_ANSWERS = frozenset(shape.title for shape in SHAPES if shape.kind != "rl")


def halves_of_batches(first: Mapping[str, Any], shape: Shape, rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the note on rows like the ``first`` that are requests or responses of a batch alone; empty for others."""
    if shape.title in _PROMPTS:
        return f'requests of a batch; to learn from them, join each with its response, by "{NUMBER}"'
    if shape.title == REQUESTS.title:
        number = next((f', by "{key}"' for key in (NUMBER, "key") if key in first), "")
        return f"requests of a batch; to learn from them, join each with its response{number}"
    if shape.title in _ANSWERS:
        return f'responses of a batch; to learn from them, join each with the messages of its request, by "{NUMBER}"'
    return ""
