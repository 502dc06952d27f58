"""The rules on conversations, tools and preferences survive any row, and hostile tool schemas."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from draws import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from datalint.core.columns import Examples, Turns
from datalint.core.registry import Registry
from datalint.core.rule import Hit, Rule, Scope
from datalint.records.record import Record
from datalint.rules.common.tools.calls import parse
from datalint.rules.common.tools.parameters import checker
from datalint.shapes.detect import Detector
from datalint.shapes.flatten import flatten
from datalint.shapes.validate import Validator

REGISTRY = Registry()
REGISTRY.load_builtin()
NAMES = (
    "empty-messages", "message-not-object", "unknown-role", "role-alias", "role-order", "ends-without-assistant",
    "starts-with-assistant", "no-user-turn", "no-assistant-turn", "system-not-first", "multiple-system",
    "null-content", "bad-content-part", "bad-weight", "no-trainable-turn", "bad-name", "tool-arguments-not-json",
    "tool-arguments-not-object", "tool-arguments-schema", "identical-preference", "embedded-template-token",
)  # fmt: skip
BY_NAME = {rule.name: rule for rule in REGISTRY}
RULES = [BY_NAME[name] for name in NAMES]
ROLES = ("user", "assistant", "tool", "system", "human", "gpt", "function_call", "narrator", 3, None)
TEXTS = (
    "", "Hi", "{}", '{"a": 1}', "{'a'", "[]", '"x"', '{"name": "f", "arguments": "{"}', "</s>", "<s>", "\ud83d",
    '<tool_call>{"name": ["f"]}', "<tool_call>[[{'name': 1}]]</tool_call>", '<tools>[{"name": []}, 1]</tools>{"a"',
)  # fmt: skip

INNER = ("name", "arguments", "input", "function", "parameters", "properties", "type", "required", "$ref", "a")
leaves = st.one_of(st.none(), st.booleans(), st.integers(-2, 2**65), st.floats(), st.sampled_from(TEXTS))
things = st.recursive(
    leaves,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(INNER), inner, max_size=4)),
    max_leaves=8,
)
messages = st.fixed_dictionaries(
    {},
    optional={
        "role": st.sampled_from(ROLES),
        "from": st.sampled_from(ROLES),
        "content": things,
        "value": things,
        "tool_calls": st.lists(things, max_size=3),
        "function_call": things,
        "weight": things,
        "train": things,
        "name": things,
    },
)
conversations = st.one_of(st.lists(st.one_of(messages, things), max_size=4), things)
KEYS = (
    "messages",
    "conversations",
    "prompt",
    "completion",
    "chosen",
    "rejected",
    "tools",
    "system",
    "label",
    "segments",
)
rows = st.dictionaries(st.sampled_from(KEYS), conversations, max_size=4)


def run(rules: list[Rule], value: dict[str, Any]) -> Iterator[Hit]:
    flat = flatten([value], Detector())
    turns = list(zip(*(flat.turns[name] for name in ("role", "text", "path", "side")), strict=True))
    record = Record(value, flat.shapes[0].name, turns, Validator(flat.shapes[0]).explain(value))
    for rule in rules:
        options = rule.options()
        if rule.scope is Scope.RECORD:
            yield from rule.function(record, options)
            continue
        unit, frame = (Turns(), flat.turns) if rule.scope is Scope.TURN else (Examples(), flat.examples)
        for row in frame.filter(rule.function(unit, options).fill_null(False)).iter_rows(named=True):
            detail = rule.detail_function
            hit = rule.message if detail is None else detail({**row, "record": value}, options)
            if hit is not None:
                yield hit if isinstance(hit, Hit) else Hit(hit)


@settings(max_examples=examples(40), deadline=None)
@given(rows)
def test_any_row_can_be_judged_and_what_is_said_can_be_printed(value: dict[str, Any]) -> None:
    for hit in run(RULES, value):
        assert hit.message.isprintable()


@settings(max_examples=examples(40), deadline=None)
@given(things, things)
def test_any_schema_is_a_checker_or_none(parameters: Any, arguments: Any) -> None:
    found = checker(parameters)
    if found is not None and isinstance(arguments, dict):
        list(found.errors(arguments))


@given(st.text())
def test_any_text_parses_or_says_why_not(text: str) -> None:
    value, error = parse(text)
    assert (error is None) or (value is None and error)


def nested(depth: int) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"}
    for _ in range(depth):
        schema = {"type": "object", "properties": {"a": schema}}
    return schema


def doubling(names: int) -> dict[str, Any]:
    """Return a schema whose references, followed one by one, come to 2 ** names sub-schemas."""
    both = [{"$ref": f"#/$defs/{n + 1}"} for n in range(names)]
    inner = {str(n): {"allOf": [both[n], both[n]]} for n in range(names)}
    return {"type": "object", "allOf": [{"$ref": "#/$defs/0"}], "$defs": {**inner, str(names): {}}}


@pytest.mark.parametrize("schema", [nested(200), nested(2_000), doubling(30), {"allOf": [{}] * 5_000}])
def test_a_schema_without_bounds_costs_a_bounded_time(schema: dict[str, Any]) -> None:
    found = checker(schema)
    assert found is None or found.is_valid({"a": {}})


@pytest.mark.parametrize(
    "schema",
    [
        {"$schema": "https://example.org/meta", "type": "object"},
        {"$id": "https://example.org/a", "$ref": "https://example.org/b"},
        {"properties": {"a": {"$dynamicRef": "https://example.org/b"}}},
        {"properties": {"a": {"pattern": "^(x+)+$", "format": "regex"}}},
    ],
)
def test_nothing_is_fetched_and_no_pattern_is_run(schema: dict[str, Any]) -> None:
    found = checker(schema)
    assert found is not None
    assert found.is_valid({"a": "x" * 50 + "!"})


def test_many_broken_arguments_are_five_hits_at_most() -> None:
    properties = {f"p{n}": {"type": "integer"} for n in range(1_000)}
    arguments = dict.fromkeys(properties, "x")
    call = {"role": "assistant", "tool_calls": [{"function": {"name": "f", "arguments": arguments}}]}
    tool = {"function": {"name": "f", "parameters": {"type": "object", "properties": properties}}}
    hits = run([BY_NAME["tool-arguments-schema"]], {"messages": [call], "tools": [tool]})
    assert len(list(hits)) == 5
