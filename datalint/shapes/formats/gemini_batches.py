"""Batches of requests to Gemini: of the Gemini API alone, and of Vertex AI together with their responses."""

from __future__ import annotations

from typing import Any, Final

from datalint.core.kind import REQUESTS as BATCH_REQUESTS
from datalint.shapes.base import having
from datalint.shapes.formats import gemini
from datalint.shapes.formats.prompt_only import SHAPE as PROMPTS
from datalint.shapes.messages import read_message
from datalint.shapes.sink import Sink

_REQUEST: Final = "request"
_RESPONSE: Final = "response"
_OTHERS: Final = ("messages", "prompt", "question", "contents")


def _is_request(value: object) -> bool:
    """Whether a value is a request with turns; those of other APIs have messages."""
    turns = value.get("contents") if isinstance(value, dict) else None
    return isinstance(turns, list) and bool(turns) and isinstance(turns[0], dict) and "parts" in turns[0]


def _read_request(value: dict[str, Any], sink: Sink) -> None:
    if _is_request(value[_REQUEST]):
        gemini.read_turns(value[_REQUEST], f"$.{_REQUEST}", sink)


def _read_answered(value: dict[str, Any], sink: Sink) -> None:
    """Read the turns of the request, and the first candidate of the response."""
    _read_request(value, sink)
    response = value[_RESPONSE]
    candidates = response.get("candidates") if isinstance(response, dict) else None
    first = candidates[0] if isinstance(candidates, list) and candidates else None
    content = first.get("content") if isinstance(first, dict) else None
    if isinstance(content, dict):
        path = f"$.{_RESPONSE}.candidates[0].content.parts"
        read_message({**content, "role": "model"}, path, sink, content="parts")


def _schema(*names: str) -> dict[str, Any]:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "required": list(names),
        "properties": {name: {"type": "object"} for name in names},
    }


REQUESTS: Final = PROMPTS._replace(
    name=BATCH_REQUESTS,
    title="prompts without a response (request of a batch for Gemini)",
    fits=having(_REQUEST, none_of=(_RESPONSE, *_OTHERS)),
    schema=_schema(_REQUEST),
    read=_read_request,
    keys=("key", _REQUEST),
    decided_by=(_REQUEST, _is_request),
    sole=True,
    fields=None,
    reads=(_REQUEST,),
    lists=(),
)
ANSWERED: Final = gemini.SHAPE._replace(
    title="Gemini (request and response of a batch)",
    fits=having(_REQUEST, _RESPONSE, none_of=_OTHERS),
    schema=_schema(_REQUEST, _RESPONSE),
    read=_read_answered,
    keys=("key", _REQUEST, _RESPONSE, "status", "processed_time"),
    decided_by=(_REQUEST, _is_request),
    sole=True,
    reads=(_REQUEST, _RESPONSE),
    lists=(),
)
