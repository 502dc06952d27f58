"""The JSON types that the schemas of rows allow under their top-level keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from datalint.shapes.base import Shape


def schema_types(shapes: Sequence[Shape]) -> list[Mapping[str, frozenset[str]]]:
    """Return for each row's shape which types its schema allows, by key; "number" stands for whole numbers too.

    Keys of which the schema names no types are left out. Rows of one shape share the mapping.
    """
    # Most chunks have one shape, and thousands of rows.
    numbers = list(map(id, shapes))
    known = {number: _types(shape) for number, shape in dict(zip(numbers, shapes, strict=True)).items()}
    return [*map(known.__getitem__, numbers)]


def _types(shape: Shape) -> Mapping[str, frozenset[str]]:
    out = {}
    for key, schema in shape.schema.get("properties", {}).items():
        types = schema.get("type") if isinstance(schema, dict) else None
        if types is not None:
            named = [types] if isinstance(types, str) else types
            out[key] = frozenset("number" if name == "integer" else name for name in named)
    return out
