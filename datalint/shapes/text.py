"""Plain text to continue, and text with a label."""

from __future__ import annotations

from typing import Any

from datalint.shapes.base import Shape, strings
from datalint.shapes.sink import Sink


def read(value: dict[str, Any], sink: Sink) -> None:
    """Read ``text`` as one turn that is all response."""
    text = value.get("text")
    if isinstance(text, str):
        sink.add("text", text, "$.text")


def read_labelled(value: dict[str, Any], sink: Sink) -> None:
    """Read ``text`` as the prompt and the label as the response."""
    sink.prompt(value.get("text"), "$.text")
    for key in LABELS:
        if key in value:
            label = value[key]
            if isinstance(label, str | int) and not isinstance(label, bool):
                sink.response(str(label), f"$.{key}")
            return


#: Keys that hold a class beside a ``text``.
LABELS = ("label", "category", "intent", "class")

SHAPE = Shape(
    "text",
    "plain text",
    {**strings("text", required=("text",)), "$schema": "https://json-schema.org/draft/2020-12/schema"},
    read,
    ("text", "meta", "metadata", "id", "source"),
)

LABELLED = Shape(
    "text-label",
    "text with a label",
    {**strings("text", required=("text",)), "$schema": "https://json-schema.org/draft/2020-12/schema"},
    read_labelled,
    ("text", *LABELS),
)
