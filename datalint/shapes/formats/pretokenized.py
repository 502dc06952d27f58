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
            key: {
                # The class or the score of a whole text is one number.
                "type": ["array", "null", "number"] if key == "labels" else ["array", "null"],
                "items": {"type": ["number", "boolean", "array"]},
            }
            for key in _LISTS
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

#: What a label is that is not learned.
_IGNORED: Final = -100


def count_ids(value: dict[str, Any]) -> tuple[int, int]:
    """Return how many tokens a row has without padding, and how many of them it says that a model learns to write.

    Lists of several sequences, and what is no list of numbers, count as none. Labels that are no ids of their tokens,
    such as those of classes, are nothing to write.
    """
    ids = value.get("input_ids", value.get("tokens"))
    if not isinstance(ids, list):
        return 0, 0
    ids = [each for each in ids if type(each) is int]
    attended = _marked(value.get("attention_mask"), len(ids))
    return len(ids) if attended is None else attended, _learned(value, ids)


def _learned(value: dict[str, Any], ids: list[int]) -> int:
    for key in ("completion_mask", "assistant_masks", *_MASKS):
        if (marked := _marked(value.get(key), len(ids))) is not None:
            return marked
    labels = value.get("labels")
    if not isinstance(labels, list) or len(labels) != len(ids):
        return 0
    learned = [(label, each) for label, each in zip(labels, ids, strict=True) if label != _IGNORED]
    return len(learned) if all(label == each for label, each in learned) else 0


def _marked(mask: object, size: int) -> int | None:
    """Return how many of ``size`` tokens a mask marks; None if it is no mask of them."""
    if not isinstance(mask, list) or len(mask) != size:
        return None
    return sum(each in (0, 1) and bool(each) for each in mask)
