"""Reinforcement learning of prompts with the answer that a reward function compares with. TRL, verl, ms-swift."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from datalint.shapes.base import having
from datalint.shapes.single_turn import single_turn

_PROMPTS: Final = ("prompt", "query")
#: Keys of the answer.
ANSWERS: Final = ("answer", "solution", "target", "ground_truth", "expected_answer", "reference_answer", "reference")
#: Keys of a request, of the calls of tools that are right, and of the tools, which are a text if not under ``tools``.
_REQUESTS: Final = ("prompt", "query", "question", "user_query", "user_input", "user_request", "instruction", "input")
_CALLS: Final = ("call", "tool_call", "function_call", "api_call")
CALL_KEYS: Final = (
    *(
        f"{first}_{call}{plural}"
        for first in ("expected", "ground_truth", "gold", "reference", "correct")
        for call in _CALLS
        for plural in ("", "s")
    ),
    *(f"{call}{plural}_{last}" for call in _CALLS for plural in ("", "s") for last in ("label", "labels")),
)
_TOOLS: Final = ("available_tools", "available_functions", "functions", "function", "apis")
#: Keys that say more of the answer.
_WRITTEN: Final = (
    "messages", "conversations", "completion", "response", "output", "answer", "expected_output", "expected_response",
    "expected_answer", "expected_result",
)  # fmt: skip


def _fits(keys: Collection[str]) -> bool:
    # A query with an answer is a question.
    return ("prompt" in keys and any(key in keys for key in ANSWERS)) or ("query" in keys and "solution" in keys)


#: OpenAI Evals: messages, and the answer that is compared with the model's.
IDEAL: Final = single_turn(
    "prompt-answer",
    "prompt and ideal answer",
    prompt=("input",),
    response=("ideal",),
    kind="rl",
    fits=lambda keys: "input" in keys and "ideal" in keys,
)
SHAPE: Final = single_turn(
    "prompt-answer",
    "prompt and reference answer",
    prompt=_PROMPTS,
    response=ANSWERS,
    kind="rl",
    fits=_fits,
)
_has_request = having(any_of=_REQUESTS, none_of=_WRITTEN)
_has_calls = having(any_of=CALL_KEYS)
#: Calls of tools that are compared with the model's.
CALLS: Final = single_turn(
    "prompt-answer",
    "prompt and the calls of tools that are right",
    prompt=_REQUESTS,
    response=CALL_KEYS,
    context=_TOOLS,
    kind="rl",
    fits=lambda keys: _has_request(keys) and _has_calls(keys),
)._replace(sole=True)
