"""Prompts to answer, for reinforcement learning or distillation: no response, but often keys for a reward function."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import Any, Final

from datalint.shapes.base import Shape, having, strings
from datalint.shapes.contexts import read_context
from datalint.shapes.fields import choose, field_reader, read_given
from datalint.shapes.message_schema import turns_schema
from datalint.shapes.messages import read_turns
from datalint.shapes.side_keys import CONTEXT, use_of
from datalint.shapes.single_turn import SYSTEM
from datalint.shapes.sink import Sink
from datalint.support.names.message_keys import STANDARD_ROLES
from datalint.support.names.spelling import nearest

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
#: The key of the parameters of a request for NeMo Gym.
_REQUEST: Final = "responses_create_params"
_LONGEST: Final = 40
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
    ("system", SYSTEM), ("prompt", _PROMPTS), ("context", tuple(key for key in CONTEXT if key != "input"))
)


def _fits(keys: Collection[str]) -> bool:
    prompt = next((key for key in _PROMPTS if key in keys), None)
    if prompt is None or not _RESPONSES.isdisjoint(keys):
        return False
    others = [key for key in keys if key != prompt]
    # A key of unknown meaning may be the response; so may a misspelled one.
    if any(use_of(key) == "unknown" or (len(key) <= _LONGEST and nearest(key, "row")) for key in others):
        return False
    if any(re.fullmatch(_NUMBERED, key[:_LONGEST]) for key in others):
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
    if len(key) > _LONGEST or use_of(key) != "learned" or re.search(_COMPARED, key):
        return False
    from datalint.support.names.column_names import Strength, strength

    return strength(key, "response") is Strength.HEAD


PROMPT_SCHEMA: Final[dict[str, Any]] = {
    "type": ["string", "array"],
    "if": {"type": "array"},
    "then": turns_schema(roles=STANDARD_ROLES),
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
        "properties": dict.fromkeys(_PROMPTS, PROMPT_SCHEMA),
    },
    read=field_reader(_FIELDS, given=True),
    keys=(*_PROMPTS, *SYSTEM, "tools", "id"),
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
    decided_by=("input", _is_chat),
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

#: Keys of the number of a question: the text next to one is the question.
_NUMBERS: Final = ("question_id", "prompt_id", "query_id", "instruction_id")
#: Words of keys next to which a text is an answer, a sample of one, what somebody says of one, or labelled.
_ANSWERED: Final = (
    r"answer|review|response|model|label|intent|class|judge|completion|generation"
    r"|(?:^|_)(?:sample|run|seed|trial|attempt)(?:_|$)"
)


def _is_question(keys: Collection[str]) -> bool:
    if "text" not in keys or not any(key in keys for key in _NUMBERS):
        return False
    others = [key for key in keys if key not in ("text", *_NUMBERS)]
    return not any(use_of(key) != "metadata" or re.search(_ANSWERED, key[:_LONGEST]) for key in others)


#: FastChat's sets of questions, whose text has a category that is no label of it.
TEXT: Final = SHAPE._replace(
    title="prompts without a response (text)",
    fits=_is_question,
    schema=strings("text", required=("text",)),
    read=field_reader(choose(("prompt", ("text",)))),
    keys=("text", *_NUMBERS, "category"),
    fields=choose(("prompt", ("text",))),
    lists=(),
)


#: The only key of a turn in an object.
_SAID: Final = ("content", "text")


def _turns_under(key: str) -> Callable[[dict[str, Any], Sink], None]:
    """Return the reader of the list of what a user says under a key, turn by turn."""

    def read(value: dict[str, Any], sink: Sink) -> None:
        for index, turn in enumerate(value[key]):
            if isinstance(turn, dict):
                said = next((each for each in _SAID if each in turn), _SAID[0])
                sink.prompt(turn.get(said), f"$.{key}[{index}].{said}")
            else:
                sink.prompt(turn, f"$.{key}[{index}]")

    return read


def _turns_schema(key: str) -> dict[str, Any]:
    """Return the schema of rows with a list of turns under a key."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "required": [key],
        "properties": {key: {"type": "array", "minItems": 1, "items": {"type": ["string", "object"]}}},
    }


def _is_texts(value: object) -> bool:
    """Whether a value is what a user says; an object written as JSON holds more than that."""
    texts = value if isinstance(value, list) else []
    # Arena-Hard has the content of each.
    if texts and any(all(isinstance(each, dict) and each.keys() == {said} for each in texts) for said in _SAID):
        return True
    return bool(texts) and all(isinstance(each, str) and not each.lstrip().startswith('{"') for each in texts)


#: FastChat's MT-Bench: what the user says, turn by turn.
TURNS: Final = SHAPE._replace(
    title="prompts without a response (turns)",
    fits=having("turns", none_of=(*_RESPONSES, *_PROMPTS, "answer")),
    schema=_turns_schema("turns"),
    read=_turns_under("turns"),
    keys=("turns", "category", "reference", *_NUMBERS),
    decided_by=("turns", _is_texts),
    fields=None,
    reads=("turns",),
    lists=(),
)


def _has_number(keys: Collection[str]) -> bool:
    return _fits(keys) and "prompt" in keys and any(key in keys for key in _NUMBERS)


#: The same turns under ``text``, as in translations of FastChat's questions, and under ``prompt``.
TEXTS: Final = TURNS._replace(
    title="prompts without a response (text as a list of turns)",
    fits=_is_question,
    schema=_turns_schema("text"),
    read=_turns_under("text"),
    keys=("text", *_NUMBERS, "category"),
    decided_by=("text", _is_texts),
    sole=True,
    reads=("text",),
)
PROMPTS: Final = TEXTS._replace(
    title="prompts without a response (prompt as a list of turns)",
    fits=_has_number,
    schema=_turns_schema("prompt"),
    read=_turns_under("prompt"),
    keys=("prompt", *_NUMBERS, "category", "reference"),
    decided_by=("prompt", _is_texts),
    reads=("prompt",),
)


def read_calls(value: dict[str, Any], sink: Sink) -> None:
    """Read a question, as a text or as lists of messages, and the functions that may be called."""
    asked = value["question"]
    if isinstance(asked, str):
        sink.prompt(asked, "$.question")
    else:
        for index, turns in enumerate(asked if isinstance(asked, list) else ()):
            read_turns(turns, f"$.question[{index}]", sink)
    read_context(value["function"], "$.function", sink)


def is_lists_of_messages(value: object) -> bool:
    """Return whether a value is a list of lists of messages, one for each turn."""
    return isinstance(value, list) and bool(value) and all(isinstance(each, list) and _is_chat(each) for each in value)


def is_declared(value: object) -> bool:
    """Return whether a value declares functions, one or several, with their parameters."""
    listed = value if isinstance(value, list) else [value]
    return bool(listed) and all(isinstance(each, dict) and {"name", "parameters"} <= each.keys() for each in listed)


_TESTED: Final = choose(("prompt", ("question_content",)), ("context", ("starter_code",)))

#: The Berkeley function calling leaderboard: lists of messages, one for each turn, and the functions to call.
CALLS: Final = SHAPE._replace(
    title="prompts without a response (question, function)",
    fits=having("question", "function", none_of=(*_RESPONSES, "answer", "ground_truth")),
    schema={
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "required": ["question", "function"],
        "properties": {
            "question": {"type": "array", "minItems": 1, "items": turns_schema(roles=STANDARD_ROLES)},
            "function": {"type": ["array", "object", "string"]},
        },
    },
    read=read_calls,
    keys=("question", "function", "id"),
    decided_by=("question", is_lists_of_messages),
    sole=True,
    fields=None,
    reads=("question", "function"),
    lists=(),
)

#: Its first version, whose question is a text.
ASKED: Final = CALLS._replace(
    title="prompts without a response (question as a text, function)",
    schema={
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "required": ["question", "function"],
        "properties": {"question": {"type": "string"}, "function": {"type": ["array", "object"]}},
    },
    decided_by=("function", is_declared),
    sole=False,
)

#: LiveCodeBench: a problem, the code that a solution begins with, and tests of it.
TESTED: Final = SHAPE._replace(
    title="prompts without a response (question_content, public_test_cases)",
    fits=having("question_content", "public_test_cases", none_of=(*_RESPONSES, *_PROMPTS, "answer", "solution")),
    schema=strings("question_content", required=("question_content",)),
    read=field_reader(_TESTED),
    keys=("question_content", "starter_code", "public_test_cases", "private_test_cases", "question_id"),
    fields=_TESTED,
    lists=(),
)
