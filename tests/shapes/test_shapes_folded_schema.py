"""Folded schemas accept what the written ones accept, and say the same about what they refuse."""

from __future__ import annotations

import json
from typing import Any

import jsonschema_rs
import pytest
from draws import examples
from every import every
from hypothesis import given, settings
from test_shapes_hostile import rows

from datalint.shapes.base import Shape
from datalint.shapes.folded_schema import folded, part_at
from datalint.shapes.formats import SHAPES

#: One shape of each name, and those with the longest schemas.
CHOSEN = [*{shape.name: shape for shape in SHAPES}.values(), *(shape for shape in SHAPES if "letter" in shape.title)]


@pytest.fixture(scope="module")
def validators() -> list[tuple[Any, Any]]:
    """Return the validators of the longest schemas, written and folded."""
    longest = sorted((shape.schema for shape in CHOSEN), key=lambda schema: len(json.dumps(schema)))[-4:]
    return [(jsonschema_rs.validator_for(each), jsonschema_rs.validator_for(folded(each))) for each in longest]


def said(validator: Any, row: dict[str, Any]) -> list[tuple[list[str | int], str]]:
    return [(each.instance_path, each.message) for each in validator.iter_errors(row)]


@settings(max_examples=examples(20), deadline=None)
@given(row=rows)
def test_they_judge_alike(validators: list[tuple[Any, Any]], row: dict[str, Any]) -> None:
    for written, short in validators:
        try:
            expected = said(written, row)
        except ValueError:
            continue
        assert said(short, row) == expected
        assert short.is_valid(row) == (not expected)


@every("shape", CHOSEN, ids=lambda shape: shape.title)
def test_every_part_that_is_referred_to_is_there(shape: Shape) -> None:
    short = folded(shape.schema)
    assert unfolded(short, short) == shape.schema
    assert len(json.dumps(short)) <= 40_000


def unfolded(value: Any, schema: dict[str, Any]) -> Any:
    """Return a value of a folded schema with each reference replaced by what it refers to."""
    if isinstance(value, list):
        return [unfolded(each, schema) for each in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {"$ref"}:
        return unfolded(part_at(schema, [*value["$ref"].removeprefix("#/").split("/")]), schema)
    return {name: unfolded(each, schema) for name, each in value.items() if name != "$defs"}


def test_parts_are_schemas_and_no_data() -> None:
    shared = {"type": "string", "minLength": 1}
    rule = {"enum": "unknown-role", "type": "wrong-type"}
    names = {"enum": {"type": "string"}, "type": {"type": "number"}}
    schema = {
        "properties": {"a": shared, "b": {"items": shared, "x-rule": rule, "properties": names}},
        "anyOf": [{"properties": names, "x-rule": rule}, shared],
    }
    short = folded(schema)
    assert short["$defs"] == {"0": shared}
    assert short["properties"]["a"] == short["anyOf"][1] == {"$ref": "#/$defs/0"}
    assert short["properties"]["b"] == {"items": {"$ref": "#/$defs/0"}, "x-rule": rule, "properties": names}
    assert part_at(short, ["properties", "b", "items", "$ref"]) == part_at(short, ["$defs", "0"]) == shared
    assert part_at(short, ["properties", "c"]) is None
    assert part_at(short, ["properties", "a", "$ref", "type"]) is None


def test_a_schema_with_parts_of_its_own_stays_as_it_is() -> None:
    schema = {"$defs": {"a": {"type": "string"}}, "items": {"$ref": "#/$defs/a"}}
    assert folded(schema) is schema
