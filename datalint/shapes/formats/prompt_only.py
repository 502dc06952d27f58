"""Prompts to answer, for reinforcement learning or distillation: no response, but often keys for a reward function."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from datalint.shapes.base import Shape, having
from datalint.shapes.fields import choose, field_reader
from datalint.shapes.messages import turns_schema
from datalint.shapes.side_keys import CONTEXT, use_of
from datalint.shapes.single_turn import SYSTEM
from datalint.support.spelling import nearest

#: Keys of a prompt; all but the first mean one only next to a key for a reward function.
_PROMPTS: Final = ("prompt", "problem", "query", "unanswerable_question")
#: Keys that are a response even where it is null.
_RESPONSES: Final = frozenset(
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
_LONGEST: Final = 40
_FIELDS: Final = choose(
    ("system", SYSTEM), ("prompt", _PROMPTS), ("context", tuple(key for key in CONTEXT if key != "input"))
)
_ROLES: Final = ("system", "developer", "user", "assistant", "tool")


def _fits(keys: Collection[str]) -> bool:
    prompt = next((key for key in _PROMPTS if key in keys), None)
    if prompt is None or not _RESPONSES.isdisjoint(keys):
        return False
    others = [key for key in keys if key != prompt]
    # A key of unknown meaning may be the response; so may a misspelled one.
    if any(use_of(key) == "unknown" or (len(key) <= _LONGEST and nearest(key, "row")) for key in others):
        return False
    return prompt == "prompt" or any(use_of(key) != "metadata" for key in others)


_PROMPT: Final[dict[str, Any]] = {
    "type": ["string", "array"],
    "if": {"type": "array"},
    "then": turns_schema(roles=_ROLES),
}


def _is_chat(value: object) -> bool:
    first = value[0] if isinstance(value, list) and value else None
    return isinstance(first, dict) and "role" in first


SHAPE: Final = Shape(
    name="prompt-only",
    title="prompts without a response",
    kind="rl",
    fits=_fits,
    schema={
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": dict.fromkeys(_PROMPTS, _PROMPT),
    },
    read=field_reader(_FIELDS),
    keys=(*_PROMPTS, *SYSTEM, "tools", "id"),
    family="single turn",
    fields=_FIELDS,
    lists=("prompt",),
    categories=("label",),
)

#: NeMo Gym's requests: messages under ``input``.
INPUT: Final = SHAPE._replace(
    title="prompts without a response (input)",
    fits=having("input", none_of=("output", "target", "response", "instruction", "completion")),
    schema={
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": {"input": _PROMPT},
    },
    read=field_reader(choose(("prompt", ("input",)))),
    keys=("input", "tools", "id"),
    decided_by=("input", _is_chat),
    fields=None,
    lists=("input",),
)
