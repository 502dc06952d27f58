"""Places of the messages in requests to chat APIs and their responses, as in logs and batches."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

#: Keys of objects that may contain a response, from the outermost to the innermost.
_AROUND: Final = ("response", "body", "result")
#: The ``type`` of an item of ``output`` in OpenAI's responses that is a message.
_MESSAGE: Final = "message"


def is_message(value: object) -> bool:
    """Return whether a value is a message of an assistant, with a text, parts or tool calls."""
    if not isinstance(value, Mapping) or value.get("role") not in ("assistant", "model"):
        return False
    return isinstance(value.get("content"), str | list) or bool(value.get("tool_calls"))


def answer_in(value: object) -> tuple[str, Any] | None:
    """Return the place, such as ``.choices[0].message``, and the message of an API's response; None for others.

    Of several choices, the first counts.
    """
    at = ""
    for key in _AROUND:
        if isinstance(value, Mapping) and isinstance(value.get(key), Mapping):
            at, value = f"{at}.{key}", value[key]
    if not isinstance(value, Mapping):
        return None
    choices = value.get("choices")
    if isinstance(choices, list) and choices and isinstance(choices[0], Mapping):
        message = choices[0].get(_MESSAGE)
        return (f"{at}.choices[0].{_MESSAGE}", message) if isinstance(message, Mapping) else None
    if is_message(value.get(_MESSAGE)):
        return f"{at}.{_MESSAGE}", value[_MESSAGE]
    output = value.get("output")
    for index, item in enumerate(output if isinstance(output, list) else ()):
        if isinstance(item, Mapping) and item.get("type") == _MESSAGE and is_message(item):
            return f"{at}.output[{index}]", item
    return None
