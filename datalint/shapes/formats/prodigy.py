"""Prodigy's tasks: a text with a label or chosen options, and what an annotator did with it (``answer``).

Those with spans are texts with labels of their words.
"""

from __future__ import annotations

from typing import Any, Final

from datalint.records.canonical import as_text
from datalint.shapes.base import Shape, having
from datalint.shapes.sink import Sink

#: What Prodigy writes in each task, what it says under ``answer``, and which of these makes an example.
_HASHES: Final = ("_input_hash", "_task_hash")
_DECISIONS: Final = ("accept", "reject", "ignore")
_LEARNED: Final = "accept"


def _read(value: dict[str, Any], sink: Sink) -> None:
    """Read the text as the prompt; of an accepted task, the chosen options or the label as the response."""
    sink.prompt(value.get("text"), "$.text")
    if value.get("answer") != _LEARNED:
        return
    chosen = value.get("accept")
    key = "accept" if isinstance(chosen, list) else "label"
    items = chosen if isinstance(chosen, list) else [value.get("label")]
    if said := ", ".join(as_text(each) for each in items if each not in (None, "")):
        sink.response(said, f"$.{key}")


def _is_decision(value: object) -> bool:
    return isinstance(value, str) and value in _DECISIONS


SHAPE: Final = Shape(
    name="prodigy",
    title="Prodigy's tasks (text, answer)",
    kind="sft",
    fits=having("text", "answer", any_of=_HASHES, none_of=("messages", "prompt", "spans")),
    schema={
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "required": ["text"],
        "properties": {"text": {"type": "string"}},
    },
    read=_read,
    keys=("text", "label", "options", "accept", "answer", *_HASHES),
    decided_by=("answer", _is_decision),
    sole=True,
    reads=("text", "label", "accept"),
    marks=("relations", "options", "answer"),
)
