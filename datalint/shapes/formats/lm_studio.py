"""A conversation that LM Studio saved: each message has versions, one of which is selected, of parts or steps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from datalint.shapes.base import Shape, having
from datalint.shapes.sink import Sink

#: The key of the versions of a message, and the one of the number of the version that is shown.
_VERSIONS: Final = "versions"
_SELECTED: Final = "currentlySelected"


def _read(value: dict[str, Any], sink: Sink) -> None:
    """Read the system prompt and the selected version of each message."""
    system = value.get("systemPrompt")
    if isinstance(system, str) and system:
        sink.add("system", system, "$.systemPrompt")
    messages = value.get("messages")
    for index, message in enumerate(messages if isinstance(messages, list) else ()):
        place, version = _selected(message)
        texts = list(_texts(version, f"$.messages[{index}].{_VERSIONS}[{place}]"))
        if texts:
            role = version.get("role")
            sink.add(
                role if isinstance(role, str) else "unknown", "\n".join(text for _, text in texts), path=texts[0][0]
            )


def _selected(message: object) -> tuple[int, dict[str, Any]]:
    """Return the version of a message that is shown, and its place; an empty one for what is no message."""
    versions = message.get(_VERSIONS) if isinstance(message, dict) else None
    if not isinstance(message, dict) or not isinstance(versions, list) or not versions:
        return 0, {}
    selected = message.get(_SELECTED)
    place = selected if isinstance(selected, int) and 0 <= selected < len(versions) else 0
    return place, versions[place] if isinstance(versions[place], dict) else {}


def _texts(version: dict[str, Any], path: str) -> Iterator[tuple[str, str]]:
    """Yield path and text of each part of a version, or of its steps except for those of thinking."""
    steps = version.get("steps")
    blocks = [(path, version)]
    if isinstance(steps, list):
        blocks += [(f"{path}.steps[{index}]", step) for index, step in enumerate(steps) if isinstance(step, dict)]
    for at, block in blocks:
        parts, style = block.get("content"), block.get("style")
        if isinstance(style, dict) and style.get("type") == "thinking":
            continue
        for index, part in enumerate(parts if isinstance(parts, list) else ()):
            if isinstance(part, dict) and isinstance(text := part.get("text"), str):
                yield f"{at}.content[{index}].text", text


def _has_versions(value: object) -> bool:
    first = value[0] if isinstance(value, list) and value else None
    return isinstance(first, dict) and isinstance(first.get(_VERSIONS), list) and _SELECTED in first


SHAPE: Final = Shape(
    name="lm-studio",
    title="LM Studio (messages with versions)",
    kind="sft",
    fits=having("messages", "systemPrompt"),
    schema={
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "required": ["messages", "systemPrompt"],
        "properties": {"messages": {"type": "array", "minItems": 1}, "systemPrompt": {"type": "string"}},
    },
    read=_read,
    keys=("messages", "systemPrompt"),
    decided_by=("messages", _has_versions),
    family="messages",
    sole=True,
    reads=("messages", "systemPrompt"),
)
