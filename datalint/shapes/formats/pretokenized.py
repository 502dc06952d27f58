"""Pre-tokenised rows: ids of tokens with labels or masks, and no text to read."""

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

_MASKS: Final = ("mask", "loss_mask")
#: Ids that are looked at of one row.
_LOOKED_AT: Final = 50


def _are_ids(value: object) -> bool:
    """Whether a value is a list of numbers; tokens may be words too."""
    return isinstance(value, list) and bool(value) and all(type(item) is int for item in value[:_LOOKED_AT])


#: The same under ``tokens``, with a mask that says which of them are learned.
MASKED: Final = SHAPE._replace(
    title="token ids (tokens) and a mask",
    fits=having("tokens", any_of=_MASKS, none_of=("messages", "prompt", "text", "conversations", "tags", "ner_tags")),
    schema={
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "required": ["tokens"],
        "properties": {
            key: {"type": ["array", "null"], "items": {"type": ["number", "boolean"]}} for key in ("tokens", *_MASKS)
        },
    },
    keys=("tokens", *_MASKS),
    decided_by=("tokens", _are_ids),
    marks=("tokens", *_MASKS),
)
