"""Prompts to answer, for reinforcement learning or distillation: no response, but often keys for a reward function."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any, Final

from datalint.shapes.base import Shape, having
from datalint.shapes.contexts import read_context
from datalint.shapes.fields import choose, field_reader, read_given
from datalint.shapes.message_schema import turns_schema
from datalint.shapes.side_keys import CONTEXT, use_of
from datalint.shapes.single_turn import SYSTEM
from datalint.shapes.sink import Sink
from datalint.support.names.message_keys import STANDARD_ROLES
from datalint.support.names.spelling import nearest

#: Keys of a prompt; all but the first mean one only next to a key for a reward function.
PROMPT_KEYS: Final = ("prompt", "problem", "query", "unanswerable_question")
#: Keys that are a response even where it is null.
RESPONSES: Final = frozenset(
    (
        "completion",
        "completions",
        "response",
        "output",
        "generation",
        "chosen",
        "rejected",
        "messages",
        "conversations",
        "text",
    )
)
#: The key of the parameters of a request for NeMo Gym.
_REQUEST: Final = "responses_create_params"
LONGEST: Final = 40
#: Words of a key for what a reward function compares with, and keys that hold as often what is written.
_COMPARED: Final = (
    r"(?i)expected|reference|gold|ground|truth|correct|right|final|std|standard|target|label|test"
    r"|answer_?(?:key|idx|index|type)"
)
_WRITTEN: Final = frozenset(("story", "poem", "essay"))
_NUMBERED: Final = r"(?i)(?:response|answer|completion|output|reply)[_-]?(?:\d|[a-d])"
#: Keys of a text that a label may be about in addition to the prompt.
_TEXTS: Final = frozenset(
    ("title", "text", "passage", "paragraph", "document", "doc", "sentence", "content", "product")
)
_FIELDS: Final = choose(
    ("system", SYSTEM), ("prompt", PROMPT_KEYS), ("context", tuple(key for key in CONTEXT if key != "input"))
)


def fits(keys: Collection[str]) -> bool:
    """Return whether a row with these keys is a prompt, to which no response is known."""
    prompt = next((key for key in PROMPT_KEYS if key in keys), None)
    if prompt is None or not RESPONSES.isdisjoint(keys):
        return False
    others = [key for key in keys if key != prompt]
    # A key of unknown meaning may be the response; so may a misspelled one.
    if any(use_of(key) == "unknown" or (len(key) <= LONGEST and nearest(key, "row")) for key in others):
        return False
    if any(re.fullmatch(_NUMBERED, key[:LONGEST]) for key in others):
        return False  # several responses, of which one is better
    if any(map(_is_response, others)) or (prompt != "prompt" and _is_labelled(others)):
        return False
    return prompt == "prompt" or any(use_of(key) != "metadata" for key in others)


def _is_labelled(keys: Collection[str]) -> bool:
    """Whether a label is about the prompt and another text, as that of a query and a document."""
    return "label" in keys and not _TEXTS.isdisjoint(keys)


def _is_response(key: str) -> bool:
    """Whether a key may be what a model wrote, such as ``deepseek_solution``: its values say so."""
    if key in _WRITTEN:
        return True
    # Most rows have no such key, and then the names need not be loaded.
    if len(key) > LONGEST or use_of(key) != "learned" or re.search(_COMPARED, key):
        return False
    from datalint.support.names.column_names import Strength, strength

    return strength(key, "response") is Strength.HEAD


PROMPT_SCHEMA: Final[dict[str, Any]] = {
    "type": ["string", "array"],
    "if": {"type": "array"},
    "then": turns_schema(roles=STANDARD_ROLES),
}


def is_chat(value: object) -> bool:
    """Return whether a value is a list of messages with roles."""
    first = value[0] if isinstance(value, list) and value else None
    return isinstance(first, dict) and "role" in first


SHAPE: Final = Shape(
    name="prompt-only",
    title="prompts without a response",
    kind="rl",
    fits=fits,
    schema={
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": dict.fromkeys(PROMPT_KEYS, PROMPT_SCHEMA),
    },
    read=field_reader(_FIELDS, given=True),
    keys=(*PROMPT_KEYS, *SYSTEM, "tools", "id"),
    family="single turn",
    fields=_FIELDS,
    lists=("prompt",),
    categories=("label",),
)

#: NeMo Gym's requests: messages under ``input``.
INPUT: Final = SHAPE._replace(
    title="prompts without a response (input)",
    fits=having("input", none_of=("output", "target", "response", "instruction", "completion", "ideal")),
    schema={
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": {"input": PROMPT_SCHEMA},
    },
    read=field_reader(choose(("prompt", ("input",))), given=True),
    keys=("input", "tools", "id"),
    decided_by=("input", is_chat),
    fields=None,
    lists=("input",),
)


def _is_request(value: object) -> bool:
    return isinstance(value, dict) and "input" in value


def _read_request(value: dict[str, Any], sink: Sink) -> None:
    request = value[_REQUEST]
    read_given(request["input"], f"$.{_REQUEST}.input", sink)
    read_context(request.get("tools"), f"$.{_REQUEST}.tools", sink)


#: The same as NeMo Gym stores them: parameters of a request, next to what a verifier needs.
REQUESTED: Final = SHAPE._replace(
    title="prompts without a response (responses_create_params)",
    fits=having(_REQUEST),
    schema={
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": {_REQUEST: {"type": "object", "properties": {"input": PROMPT_SCHEMA}}},
    },
    read=_read_request,
    keys=(_REQUEST, "id"),
    decided_by=(_REQUEST, _is_request),
    sole=True,
    fields=None,
    reads=(_REQUEST,),
    lists=(),
)
