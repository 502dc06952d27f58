"""Pre-tokenised rows: ``input_ids`` with labels or masks, and no text to read."""

from __future__ import annotations

from typing import Any, Final

from datalint.shapes.base import Shape, having
from datalint.shapes.sink import Sink

_LISTS: Final = (
    "input_ids", "labels", "attention_mask", "token_type_ids", "position_ids", "assistant_masks", "completion_mask",
    "seq_lengths",
)  # fmt: skip


def _read(value: dict[str, Any], sink: Sink) -> None:
    """Read nothing: numbers of tokens are no text."""


SHAPE: Final = Shape(
    name="pretokenized",
    title="token ids (input_ids)",
    kind="sft",
    fits=having("input_ids", none_of=("messages", "prompt", "text", "conversations")),
    schema={
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "required": ["input_ids"],
        "properties": {
            key: {"type": ["array", "null"], "items": {"type": ["number", "boolean", "array"]}} for key in _LISTS
        },
    },
    read=_read,
    keys=_LISTS,
    sole=True,
    marks=_LISTS,
    categories=("label",),
)
