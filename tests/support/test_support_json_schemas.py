"""JSON Schemas of strangers: nothing is fetched, and what multiplies is refused before it is compared with a row."""

from __future__ import annotations

from typing import Any, Final

import pytest
from every import every

from datalint.support.json_schemas import MOST_SCHEMAS, compile_schema

Schema = dict[str, Any]


def doubling(key: str, levels: int) -> Schema:
    defs: Schema = {f"a{n}": {key: [{"$ref": f"#/$defs/a{n + 1}"}] * 2} for n in range(levels)}
    return {"$defs": defs | {f"a{levels}": {"type": "object"}}, "$ref": "#/$defs/a0"}


def contained(*schemas: Schema, **more: Any) -> Schema:
    """Return a schema that refers to itself as R, in each of some schemas for the same value."""
    return {"$defs": {"R": {"allOf": [{}, *schemas], **more}}, "$ref": "#/$defs/R"}


R: Final = {"$ref": "#/$defs/R"}
AGAIN: Final = {
    "key": contained({"properties": {"a": R}}, {"properties": {"a": R}}),
    "key and pattern": contained({"properties": {"a": R}, "patternProperties": {"^a": R}}),
    "patterns": contained({"patternProperties": {"^a": R, ".": R}}),
    "key and other keys": contained({"properties": {"a": R}}, {"additionalProperties": R}),
    "other keys": contained({"additionalProperties": R}, {"additionalProperties": R}),
    "items": contained({"items": R}, {"items": R}),
    "items and contains": contained({"items": R, "contains": R}),
    "items and position": contained({"items": R}, {"prefixItems": [R]}),
    "two levels": contained({"properties": {"a": {"items": R}}}, {"properties": {"a": {"items": R}}}),
    "condition": contained({"if": {"properties": {"a": R}}, "then": {"properties": {"a": R}}}),
    "anchor": {
        "$defs": {"r": {"$anchor": "x", "anyOf": [{"items": {"$ref": "#x"}}, {"items": {"$ref": "#x"}}]}},
        "items": {"$ref": "#x"},
    },
    "dynamic": {"$dynamicAnchor": "x", "allOf": [{"items": {"$dynamicRef": "#x"}}] * 2},
    "address": {"$id": "https://a.example/s.json", "allOf": [{"items": {"$ref": "s.json"}}] * 2},
}  # fmt: skip
ONCE: Final = {
    "tree": contained({"properties": {"left": R, "right": R}, "additionalProperties": R}),
    "any JSON": contained(anyOf=[{"type": "string"}, {"items": R}, {"additionalProperties": R}]),
    "positions": contained({"prefixItems": [R, R], "items": R}),
    "itself": contained(R),
    "root": {"properties": {"more": {"items": {"$ref": "#"}}}},
    "used often": {"$defs": {"s": {}}, "properties": {f"k{n}": {"$ref": "#/$defs/s"} for n in range(999)}},
    "many": {"properties": {f"k{n}": {"minLength": n} for n in range(MOST_SCHEMAS // 2)}},
    "escaped": {"$defs": {"a/b~ c": {"type": "object"}}, "$ref": "#/$defs/a~1b~0%20c"},
}  # fmt: skip


@pytest.mark.parametrize("key", ["allOf", "oneOf"])
def test_references_that_double_are_refused(key: str) -> None:
    with pytest.raises(ValueError, match=r"more than 50,000 schemas"):
        compile_schema(doubling(key, 60))
    assert compile_schema(doubling("allOf", 8)).is_valid({})


def test_a_chain_of_keys_that_doubles_is_refused() -> None:
    defs = {f"a{n}": {"allOf": [{"properties": {"k": {"$ref": f"#/$defs/a{n + 1}"}}}] * 2} for n in range(60)}
    with pytest.raises(ValueError, match=r"more than 50,000 schemas"):
        compile_schema({"$defs": defs | {"a60": True}, "$ref": "#/$defs/a0"})


@every("schema", AGAIN.values(), ids=AGAIN)
def test_a_schema_that_contains_itself_twice_at_one_place_is_refused(schema: Schema) -> None:
    with pytest.raises(ValueError, match="contains itself twice at one place"):
        compile_schema(schema)


@pytest.mark.parametrize("schema", ONCE.values(), ids=ONCE)
def test_a_schema_that_contains_itself_once_at_each_place_is_used(schema: Schema) -> None:
    compile_schema(schema)


@pytest.mark.parametrize("reference", ["file:///etc/hostname", "http://127.0.0.1:9/x", "other.json", "#/$defs/none"])
def test_nothing_is_fetched(reference: str) -> None:
    with pytest.raises(ValueError, match=r"fetches no schema|none|No base URI"):
        compile_schema({"$ref": reference})
