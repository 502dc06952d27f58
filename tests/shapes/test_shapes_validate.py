"""What the shapes' schemas hold against rows, and which rule each violation goes to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from every import every
from jsonschema import Draft202012Validator
from jsonschema_rs import validator_for

from datalint.core.registry import Registry
from datalint.shapes.base import Shape
from datalint.shapes.detect import Detector
from datalint.shapes.formats import SHAPES as ALL
from datalint.shapes.validate import Validator

#: What every schema of the draft is, compiled once.
META = validator_for(Draft202012Validator.META_SCHEMA)

DETECTOR = Detector()
USER = {"role": "user", "content": "Hi"}
ANSWER = {"role": "assistant", "content": "Hello!"}
CALL = {"id": "a1", "type": "function", "function": {"name": "now", "arguments": "{}"}}


def chat(*messages: Any, **more: Any) -> dict[str, Any]:
    return {"messages": list(messages), **more}


def explained(row: dict[str, Any]) -> list[tuple[str, str | None]]:
    validator = Validator(DETECTOR.shape(row))
    problems = validator.explain(row)
    assert validator.is_valid(row) == (not problems)
    return [(problem.rule, problem.path) for problem in problems]


PARTS = [{"type": "text", "text": "Hi"}, {"type": "image_url", "image_url": {"url": "x"}}]
CALLING = {"role": "assistant", "content": None, "tool_calls": [CALL]}
LEGACY = {"role": "assistant", "content": None, "function_call": {"name": "now", "arguments": "{}"}}
BEDROCK = chat({"role": "user", "content": [{"text": "Hi"}]}, {"role": "assistant", "content": [{"toolUse": {}}]})

VALID: list[dict[str, Any]] = [
    chat(USER, ANSWER),
    chat({"role": "developer", "content": "Be kind."}, USER, ANSWER),
    chat(USER, CALLING, {"role": "tool", "tool_call_id": "a1", "content": "9"}, ANSWER),
    chat(USER, {"role": "assistant", "tool_calls": [CALL]}),
    chat(USER, LEGACY, {"role": "function", "name": "now", "content": "9"}, ANSWER),
    chat(
        USER,
        {"role": "assistant", "function_call": [LEGACY["function_call"]]},
        {"role": "tool", "content": [{"status": True}]},
        {"role": "function", "content": {"status": True}},
        ANSWER,
    ),
    chat({"role": "user", "content": PARTS}, ANSWER),
    chat({**USER, "weight": None}, {**ANSWER, "weight": 0, "name": "x"}),
    {"conversations": [{"from": "human", "value": "Hi"}, {"from": "gpt", "value": "Hello!"}]},
    {"conversations": [USER, ANSWER], "tools": None},
    {"schemaVersion": "x", "system": [{"text": "x"}], **BEDROCK},
    {"instruction": "x", "input": None, "output": ""},
    {"prompt": "x", "completion": "y"},
    {"prompt": "", "chosen": {"role": "assistant", "content": "x"}, "rejected": "y"},
    {"input": chat(USER), "preferred_output": [ANSWER], "non_preferred_output": [ANSWER]},
    {"text": "x"},
]


def first(message: Any) -> dict[str, Any]:
    return chat(message, ANSWER)


def second(message: Any) -> dict[str, Any]:
    return chat(USER, message)


INVALID: list[tuple[dict[str, Any], list[tuple[str, str]]]] = [
    (chat(), [("empty-messages", "$.messages")]),
    ({"messages": "Hi"}, [("wrong-type", "$.messages")]),
    (second("Hello!"), [("message-not-object", "$.messages[1]")]),
    (first({"content": "Hi"}), [("missing-key", "$.messages[0].role")]),
    (first({"role": "user"}), [("missing-key", "$.messages[0].content")]),
    (first({"role": 3, "content": "Hi"}), [("wrong-type", "$.messages[0].role")]),
    (first({"role": "narrator", "content": "Hi"}), [("unknown-role", "$.messages[0].role")]),
    (first({"role": "human", "content": "Hi"}), [("role-alias", "$.messages[0].role")]),
    (first({"role": "USER", "content": "Hi"}), [("role-alias", "$.messages[0].role")]),
    (first({"role": "user", "content": 3}), [("wrong-type", "$.messages[0].content")]),
    (second({"role": "assistant", "content": None}), [("null-content", "$.messages[1].content")]),
    (first({"role": "user", "content": [{"type": "x"}]}), [("bad-content-part", "$.messages[0].content[0]")]),
    (
        first({"role": "user", "content": ["x", 3]}),
        [("bad-content-part", "$.messages[0].content[0]"), ("bad-content-part", "$.messages[0].content[1]")],
    ),
    (first({**USER, "weight": 1}), [("bad-weight", "$.messages[0].weight")]),
    (second({**ANSWER, "weight": True}), [("bad-weight", "$.messages[1].weight")]),
    (second({**ANSWER, "tool_calls": "x"}), [("wrong-type", "$.messages[1].tool_calls")]),
    (chat(USER, ANSWER, tools=3), [("wrong-type", "$.tools")]),
    ({"conversations": [{"from": "human", "value": None}]}, [("null-content", "$.conversations[0].value")]),
    ({"conversations": [{"from": "friend", "value": "x"}]}, [("unknown-role", "$.conversations[0].from")]),
    # Turns of two layouts in one list.
    (
        {"conversations": [{"from": "human", "content": "Hi"}, {"from": "gpt", "value": "Hello!"}]},
        [("missing-key", "$.conversations[0].value")],
    ),
    (
        {"conversations": [{"from": "user", "content": "x"}], "chosen": [{"role": "user", "value": 3}], "rejected": ""},
        [("wrong-type", "$.chosen[0].value")],
    ),
    ({"instruction": "x", "output": {"a": 1}}, [("wrong-type", "$.output")]),
    (
        {"input": {}, "preferred_output": [], "non_preferred_output": [ANSWER]},
        [("missing-key", "$.input.messages"), ("empty-preference-side", "$.preferred_output")],
    ),
    ({"prompt": 3, "completion": None}, [("wrong-type", "$.completion"), ("wrong-type", "$.prompt")]),
    ({"text": None}, [("wrong-type", "$.text")]),
]


@every("row", VALID)
def test_valid_rows_are_valid(row: dict[str, Any]) -> None:
    assert explained(row) == []


@every(("row", "expected"), INVALID)
def test_each_violation_goes_to_its_rule(row: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert sorted(explained(row), key=str) == sorted(expected, key=str)


@every("shape", ALL, ids=lambda shape: shape.title)
def test_schemas_are_schemas(shape: Shape) -> None:
    META.validate(shape.schema)


def test_what_is_no_schema_is_noticed() -> None:
    for broken in ({"properties": {"a": {"type": 3}}}, {"allOf": [{"items": {"minLength": -1}}]}, {"required": "a"}):
        assert not META.is_valid(broken)


def test_schemas_name_rules_that_exist() -> None:
    registry = Registry()
    registry.load_builtin()
    assert {name for shape in ALL for name in _rules_named(shape.schema)} <= {rule.name for rule in registry}


def test_a_row_of_endless_violations_is_cut_off() -> None:
    found = explained(chat(*([3] * 10_000)))
    assert len(found) == 100


def test_messages_show_no_control_characters() -> None:
    row = chat({"role": "\x1b[31m", "content": [{"type": "\x07"}]}, {**ANSWER, "weight": "\x1b"})
    problems = Validator(DETECTOR.shape(row)).explain(row)
    assert len(problems) == 3
    assert all(problem.message.isprintable() for problem in problems)


def test_what_no_encoding_holds_is_invalid_and_has_no_explanation() -> None:
    row = first({"role": "user", "content": [{"type": "text", "text": "\ud83d", "\ud83d": 1}]})
    validator = Validator(DETECTOR.shape(row))
    assert not validator.is_valid(row)
    assert validator.explain(row) == ()


def _rules_named(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        for key, value in schema.items():
            if key == "x-rule":
                yield from value.values()
            else:
                yield from _rules_named(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from _rules_named(value)
