"""YandexGPT's tuning rows: ``request`` is a list of messages of a ``role`` and a ``text``, ``response`` the answer."""

from __future__ import annotations

from typing import Any, Final

from datalint.shapes.base import Shape, having
from datalint.shapes.message_schema import messages_schema
from datalint.shapes.messages import read_messages
from datalint.shapes.sink import Sink


def _read(value: dict[str, Any], sink: Sink) -> None:
    """Read the messages, then the answer."""
    read_messages(value.get("request"), "$.request", sink, content="text")
    sink.response(value.get("response"), "$.response")


def _is_messages(value: object) -> bool:
    first = value[0] if isinstance(value, list) and value else None
    return isinstance(first, dict) and {"role", "text"} <= first.keys()


SHAPE: Final = Shape(
    name="request-response",
    title="YandexGPT (request as messages of a role and a text, response)",
    kind="sft",
    fits=having("request", "response"),
    schema={
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "required": ["request", "response"],
        "properties": {
            "request": messages_schema(content="text"),
            "response": {"type": "string"},
        },
    },
    read=_read,
    keys=("request", "response"),
    decided_by=("request", _is_messages),
    family="conversations",
    reads=("request", "response"),
)
