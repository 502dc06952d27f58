"""Batches of requests to chat APIs, and of their responses, each in a file of its own: OpenAI, Azure, Anthropic."""

from __future__ import annotations

from typing import Any, Final

from datalint.core.kind import REQUESTS
from datalint.shapes.api_objects import answer_in
from datalint.shapes.base import Shape, having
from datalint.shapes.fields import read_given
from datalint.shapes.formats.model_answers import SHAPE as ANSWERS
from datalint.shapes.formats.prompt_only import SHAPE as PROMPTS
from datalint.shapes.messages import add_system, read_message
from datalint.shapes.sink import Sink

#: The key that a response shares with its request.
NUMBER: Final = "custom_id"
#: Keys of a row that hold its request, and of the request that hold what is asked.
_REQUESTS: Final = ("body", "params")
_ASKED: Final = ("messages", "prompt", "input")
#: Keys of a row that hold its response.
_RESPONSES: Final = ("response", "result")


def _asked(request: object) -> str | None:
    """Return the key of what a request asks: messages, or the text of a prompt; None for requests of another kind."""
    if not isinstance(request, dict):
        return None
    return next((key for key in _ASKED if _is_asked(request.get(key), key)), None)


def _is_asked(value: object, key: str) -> bool:
    first = value[0] if isinstance(value, list) and value else None
    # Texts under ``input`` may be those to embed.
    return (isinstance(first, dict) and "role" in first) or (key == "prompt" and isinstance(value, str))


def _is_request(value: object) -> bool:
    return _asked(value) is not None


def _request(name: str) -> Shape:
    def read(value: dict[str, Any], sink: Sink) -> None:
        request = value[name]
        key = _asked(request)
        if key is None:
            return
        for system in ("system", "instructions"):
            if isinstance(text := request.get(system), str) and text:
                add_system(text, f"$.{name}.{system}", request[key], sink)
            elif isinstance(text, list):
                read_message({"role": "system", "content": text}, f"$.{name}.{system}", sink)
        if request.get("tools"):
            sink.features.add("tools")
        read_given(request[key], f"$.{name}.{key}", sink)

    return PROMPTS._replace(
        name=REQUESTS,
        title=f"prompts without a response ({name} of a batch)",
        fits=having(NUMBER, name, none_of=("response", "result", "messages")),
        schema={
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "required": [name],
            "properties": {name: {"type": "object"}},
        },
        read=read,
        keys=(NUMBER, name, "method", "url"),
        decided_by=(name, _is_request),
        sole=True,
        fields=None,
        reads=(name,),
        lists=(),
    )


def _response(name: str) -> Shape:
    def read(value: dict[str, Any], sink: Sink) -> None:
        found = answer_in({name: value[name]})
        if found is not None:
            read_message({"role": "assistant", **found[1]}, f"$.{found[0][1:]}.content", sink)

    return ANSWERS._replace(
        title=f"answers of a model, without their prompts ({name} of a batch)",
        fits=having(NUMBER, name, none_of=(*_REQUESTS, "messages", "prompt", "question")),
        schema={
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "required": [name],
            "properties": {name: {"type": ["object", "null"]}},
        },
        read=read,
        keys=(NUMBER, name, "error", "id"),
        decided_by=(name, lambda value: answer_in({name: value}) is not None),
        sole=True,
        reads=(name,),
    )


SHAPES: Final = (*map(_request, _REQUESTS), *map(_response, _RESPONSES))
