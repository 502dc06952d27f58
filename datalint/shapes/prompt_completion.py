"""Prompt and completion, as strings or as lists of messages; and its spellings."""

from __future__ import annotations

from typing import Any, Final

from datalint.shapes.base import Shape
from datalint.shapes.messages import messages_schema, read_messages
from datalint.shapes.sharegpt import read_turns
from datalint.shapes.sink import Sink

#: Key pairs that mean a prompt and its completion, and where each is in use.
PAIRS: Final = (
    ("prompt", "completion"),  # OpenAI legacy, Together, Bedrock, TRL
    ("prompt", "response"),
    ("query", "response"),  # ms-swift
    ("input", "output"),
    ("input", "target"),
    ("inputs", "targets"),
)
QUESTION_PAIRS: Final = (("question", "answer"), ("question", "response"), ("question", "solution"))

_TEXT_OR_MESSAGES: Final[dict[str, Any]] = {
    "type": ["string", "array"],
    "if": {"type": "array"},
    "then": messages_schema(),
}


def read_side(value: Any, path: str, sink: Sink, *, response: bool, side: str = "") -> None:
    """Read one side, a string or a list of messages (or one message)."""
    if isinstance(value, list):
        read_turns(value, path, sink, side=side)
    elif isinstance(value, dict) and isinstance(value.get("messages"), list):
        read_messages(value["messages"], f"{path}.messages", sink, side=side)
    elif isinstance(value, dict) and ("value" in value or "content" in value):
        role, content = ("from", "value") if "value" in value else ("role", "content")
        text, speaker = value.get(content), value.get(role)
        if isinstance(text, str):
            sink.add(speaker if isinstance(speaker, str) else "assistant", text, f"{path}.{content}", side)
    elif response:
        sink.response(value, path, side)
    else:
        sink.prompt(value, path)


def make(name: str, title: str, prompt: str, response: str) -> Shape:
    """Return the shape whose prompt and completion stand under these keys."""

    def read(value: dict[str, Any], sink: Sink) -> None:
        system = value.get("system")
        if isinstance(system, str) and system:
            sink.add("system", system, "$.system")
        if value.get("tools"):
            sink.features.add("tools")
        read_side(value.get(prompt), f"$.{prompt}", sink, response=False)
        read_side(value.get(response), f"$.{response}", sink, response=True)

    schema: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "type": "object",
        "required": [prompt, response],
        "properties": {prompt: _TEXT_OR_MESSAGES, response: _TEXT_OR_MESSAGES},
    }
    return Shape(name, title, schema, read, (prompt, response, "system", "tools", "history", "id"))


SHAPES: Final = {
    pair: make("prompt-completion", f"prompt and completion ({pair[0]}, {pair[1]})", *pair) for pair in PAIRS
}
SHAPE = SHAPES[("prompt", "completion")]
