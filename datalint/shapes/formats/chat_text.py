"""Conversations written out as one text, with the system prompt next to it: Glaive's function calling."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from datalint.shapes.base import Shape, having, strings
from datalint.shapes.fields import choose, field_reader
from datalint.shapes.side_keys import use_of

_FIELDS: Final = choose(("system", ("system",)), ("text", ("chat",)))
_NAMED: Final = having("chat", none_of=("messages", "conversations", "prompt", "instruction"))


def _fits(keys: Collection[str]) -> bool:
    """Whether a conversation is all that rows have: next to other texts, ``chat`` may be a style, or their source."""
    if not _NAMED(keys):
        return False
    return "system" in keys or all(key == "chat" or use_of(key) in ("context", "metadata") for key in keys)


SHAPE: Final = Shape(
    name="chat-text",
    title="a conversation as one text (system, chat)",
    kind="sft",
    fits=_fits,
    schema=strings("chat", required=("chat",)),
    read=field_reader(_FIELDS),
    keys=("system", "chat", "id"),
    decided_by=("chat", lambda value: isinstance(value, str)),
    family="conversations",
    fields=_FIELDS,
    categories=("label",),
)
