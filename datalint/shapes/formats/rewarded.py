"""Reinforcement learning of prompts with the answer in an object for the reward: verl, SkyRL, Search-R1."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, Final

import orjson

from datalint.records.canonical import as_text
from datalint.shapes.base import Shape
from datalint.shapes.fields import choose, field_reader
from datalint.shapes.formats.prompt_answer import ANSWERS
from datalint.shapes.formats.prompt_only import PROMPT_SCHEMA
from datalint.shapes.side_keys import CONTEXT
from datalint.shapes.single_turn import SYSTEM
from datalint.shapes.sink import Sink

#: The keys of the object, and the key of the answer in it.
REWARDS: Final = ("reward_model", "reward_spec")
_ANSWER: Final = "ground_truth"
_PROMPTS: Final = ("prompt", "question", "problem")
#: Keys of an answer that is learned instead.
_RESPONSES: Final = (
    *("completion", "completions", "response", "output", "chosen", "rejected", "messages", "conversations"),
    *ANSWERS,
)
_FIELDS: Final = choose(
    ("system", SYSTEM), ("prompt", _PROMPTS), ("context", tuple(key for key in CONTEXT if key != "input"))
)
_READ_PROMPT: Final = field_reader(_FIELDS, given=True)


def _make(reward: str) -> Shape:
    def read(value: dict[str, Any], sink: Sink) -> None:
        _READ_PROMPT(value, sink)
        known = value.get(reward)
        answer = known.get(_ANSWER) if isinstance(known, dict) else None
        if isinstance(answer, list) and not _are_tests(answer):
            answer = "\n".join(map(as_text, answer))
        if not isinstance(answer, str) or not _are_tests(answer):
            sink.response(answer, f"$.{reward}.{_ANSWER}")

    return Shape(
        name="prompt-answer",
        title=f"prompt and reference answer ({reward}.{_ANSWER})",
        kind="rl",
        fits=_fitting(reward),
        schema={
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "properties": dict.fromkeys(_PROMPTS, PROMPT_SCHEMA),
        },
        read=read,
        keys=(*_PROMPTS, reward, *SYSTEM, "data_source", "ability", "extra_info", "tools", "id"),
        decided_by=(reward, _has_answer),
        sole=True,
        reads=(*_PROMPTS, reward),
        lists=_PROMPTS,
        # What a reward function compares with says nothing of how prompts are distributed.
        categories=(),
    )


def _fitting(reward: str) -> Callable[[Collection[str]], bool]:
    def fits(keys: Collection[str]) -> bool:
        return any(key in keys for key in _PROMPTS) and reward in keys and not any(key in keys for key in _RESPONSES)

    return fits


def _has_answer(value: object) -> bool:
    # An empty text is the place of an answer where the reward function needs none.
    return isinstance(value, dict) and value.get(_ANSWER) not in (None, "")


def _are_tests(answer: str | list[Any]) -> bool:
    """Whether an answer is an object, or has some: the tests of a program, or other settings of a reward function."""
    value: object = answer
    if isinstance(answer, str):
        if answer[:1] not in ("{", "["):
            return False
        try:
            value = orjson.loads(answer)
        except orjson.JSONDecodeError:
            return False
    return isinstance(value, dict) or (isinstance(value, list) and any(isinstance(each, dict | list) for each in value))


SHAPES: Final = tuple(map(_make, REWARDS))
