"""Prompt and completion, as strings or as lists of messages; and its spellings."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, Final

from datalint.shapes.base import Shape, having
from datalint.shapes.formats import alpaca
from datalint.shapes.message_schema import ROLES, turns_schema
from datalint.shapes.single_turn import single_turn
from datalint.shapes.sink import Sink
from datalint.support.names.spelling import nearest

#: Key pairs that mean a prompt and its completion, and where each is in use.
_PAIRS: Final = (
    ("prompt", "canonical_solution"),  # next to the completion of a model, or the whole program
    ("prompt", "completion"),  # OpenAI legacy, Together, Bedrock, TRL
    ("prompt", "response"),
    ("prompt", "output"),
    ("prompt", "generation"),  # axolotl: metharme
    ("query", "response"),  # ms-swift
    ("query", "answers"),  # xLAM: the answers are calls of tools
    ("input", "output"),
    ("input", "target"),
    ("inputs", "targets"),
    ("input_text", "output_text"),  # PaLM
    ("input_text", "target_text"),  # Simple Transformers: T5
    ("INSTRUCTION", "RESPONSE"),  # axolotl: oasst
    ("message_1", "message_2"),  # axolotl: camel_ai
    ("user_input", "response"),  # Ragas
    ("context", "response"),  # NeMo RL, with messages on both sides
    ("context", "continuation"),  # LLM Foundry: tasks of language modelling
)
#: Keys of more of what is asked, by that of the prompt: the task (Super-NaturalInstructions), and what follows the gap
#: that is to be filled (OpenAI's and Mistral's completions).
_CONTEXTS: Final = {"inputs": ("definition",), "prompt": ("suffix",)}
#: Keys that, next to a prompt, contain what it is about.
_WITHOUT_PROMPT: Final = ("input", "inputs", "context")
_PROMPTS: Final = ("prompt", "query", "question", "instruction")
#: What answers a prompt of code, whatever its completion is.
_SOLUTION: Final = "canonical_solution"
#: The second message of a conversation, and the third, with which it is no single turn.
_SECOND: Final = "message_2"
_THIRD: Final = "message_3"
#: Characters of a key up to which it may be a slip.
_LONGEST: Final = 40


#: Requests and responses that Langfuse logs: an object with messages, and the message that answers them.
_REQUEST: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["messages"],
    "properties": {"messages": turns_schema(roles=ROLES)},
}
_ANSWER: Final[dict[str, Any]] = {"type": "object", "required": ["role", "content"]}
_LOGGED: Final = {"input": _REQUEST, "output": _ANSWER}


def _make(prompt: str, response: str) -> Shape:
    shape = _single(prompt, response)
    if (prompt, response) != tuple(_LOGGED):
        return shape
    known = shape.schema["properties"]
    logged = {key: {"if": known_as, "then": {}, "else": known[key]} for key, known_as in _LOGGED.items()}
    return shape._replace(schema=shape.schema | {"properties": known | logged})


def _single(prompt: str, response: str) -> Shape:
    return single_turn(
        "prompt-completion",
        f"prompt and completion ({prompt}, {response})",
        prompt=(prompt,),
        response=(response,),
        context=_CONTEXTS.get(prompt, ()),
        fits=_having(prompt, response),
    )


def _having(prompt: str, response: str) -> Callable[[Collection[str]], bool]:
    def fits(keys: Collection[str]) -> bool:
        if prompt in _WITHOUT_PROMPT and any(key in keys for key in _PROMPTS):
            return False
        if (_SOLUTION in keys and response == "completion") or (response == _SOLUTION and "completion" not in keys):
            return False
        if response == _SECOND and _THIRD in keys:
            return False
        return prompt in keys and response in keys and not alpaca.SHAPE.fits(keys) and not _lacks_instruction(keys)

    return fits


def _lacks_instruction(keys: Collection[str]) -> bool:
    """Whether a key is a misspelled instruction: it would be lost, and its input taken for the prompt."""
    if "input" not in keys or "output" not in keys:
        return False
    return any(len(key) <= _LONGEST and nearest(key, "row") == "instruction" for key in keys)


#: What a model that reasons writes, as DeepSeek's API has it: ``content`` next to ``reasoning_content``.
_REASONED: Final = single_turn(
    "prompt-completion",
    "prompt and completion (reasoning_content, content)",
    prompt=("prompt", "question", "instruction", "query", "input", "problem"),
    response=("content",),
    fits=lambda keys: "reasoning_content" in keys and "content" in keys and _asks(keys),
)


def _asks(keys: Collection[str]) -> bool:
    return any(key in keys for key in (*_PROMPTS, "input", "problem")) and "role" not in keys


def _read_attacked(value: dict[str, Any], sink: Sink) -> None:
    """Read what is asked of a model: the request in disguise, or as it is where there is no disguise."""
    asked = next((key for key in _ATTACKED if value.get(key)), "")
    if asked:
        sink.prompt(value[asked], f"$.{asked}")
    sink.response(value.get("completion"), "$.completion")


#: WildJailbreak: a request in disguise, which is empty where the request is put as it is, under the other key.
_ATTACKED: Final = ("adversarial", "vanilla")
_DISGUISED: Final = single_turn(
    "prompt-completion",
    "prompt and completion (adversarial or vanilla, completion)",
    prompt=_ATTACKED,
    response=("completion",),
    fits=having(*_ATTACKED, "completion", none_of=("prompt", "messages")),
)._replace(read=_read_attacked, fields=None, lists=(), reads=(*_ATTACKED, "completion"))


#: The shapes of a prompt and a completion, by their keys.
BY_PAIR: Final = {pair: _make(*pair) for pair in _PAIRS}
SHAPES: Final = (*BY_PAIR.values(), _REASONED, _DISGUISED)
