"""Conversations written out as one text, with the system prompt next to it: Glaive's function calling."""

from __future__ import annotations

from typing import Final

from datalint.shapes.base import Shape, having, strings
from datalint.shapes.fields import choose, field_reader

_FIELDS: Final = choose(("system", ("system",)), ("text", ("chat",)))

SHAPE: Final = Shape(
    name="chat-text",
    title="a conversation as one text (system, chat)",
    kind="sft",
    fits=having("chat", none_of=("messages", "conversations", "prompt", "instruction")),
    schema=strings("chat", required=("chat",)),
    read=field_reader(_FIELDS),
    keys=("system", "chat", "id"),
    decided_by=("chat", lambda value: isinstance(value, str)),
    family="conversations",
    fields=_FIELDS,
    categories=("label",),
)
