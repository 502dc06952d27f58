"""Template-free segments of axolotl: ``segments`` of a text and whether it is learned."""

from __future__ import annotations

from typing import Any, Final

from datalint.shapes.base import Shape, having
from datalint.shapes.sink import Sink


def _read(value: dict[str, Any], sink: Sink) -> None:
    """Read each segment as a turn of the user's, or of the assistant's where it is learned."""
    # Labels are weights: they say which texts bear loss.
    sink.features.add("weights")
    segments = value.get("segments")
    for index, segment in enumerate(segments if isinstance(segments, list) else ()):
        if isinstance(segment, dict) and isinstance(segment.get("text"), str):
            role = "assistant" if segment.get("label") is True else "user"
            sink.add(role, segment["text"], f"$.segments[{index}].text")


def _are_weighted(value: object) -> bool:
    """Whether the first segment has a label, or a text alone.

    Parts of a document or of speech have places, a title or a number.
    """
    if not isinstance(value, list):
        return False
    first = value[0] if value else None
    return not isinstance(first, dict) or "label" in first or first.keys() <= {"text"}


SHAPE: Final = Shape(
    name="segments",
    title="segments with a loss mask (axolotl)",
    kind="sft",
    fits=having("segments"),
    schema={
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "required": ["segments"],
        "properties": {
            "segments": {
                "type": "array",
                "minItems": 1,
                "x-rule": {"minItems": "empty-messages"},
                "items": {
                    "type": "object",
                    "required": ["label", "text"],
                    "properties": {"label": {"type": "boolean"}, "text": {"type": "string"}},
                },
            }
        },
    },
    read=_read,
    keys=("segments", "id"),
    reads=("segments",),
    decided_by=("segments", _are_weighted),
)
