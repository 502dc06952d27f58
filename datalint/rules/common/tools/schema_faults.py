"""What is wrong with a tool's declared parameters as a JSON Schema."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Any, Final

from datalint.api import NamedTuple, excerpt
from datalint.rules.common.tools.parameters import ONE_SCHEMA, SCHEMAS, STANDARD_TYPES
from datalint.support.text_lists import are_texts

#: Keywords whose value is schemas by name.
_NAMED: Final = ("properties", "$defs", "definitions", "patternProperties")
#: Keywords of which one makes an object a schema; without any it may be a table of arguments.
_TELLING: Final = frozenset(
    ("type", "properties", "required", "$ref", "$schema", "additionalProperties", "enum", "$defs", *SCHEMAS)
)
_OLDER: Final = "http://json-schema.org/draft-07/schema#"
#: The fault of arguments that stand where the schema's keywords belong.
TABLE: Final = "parameters are a table of arguments without 'properties'"
#: The fault of arguments that were deleted, as to save tokens.
EMPTIED: Final = "'properties' are empty, but arguments are required"
_MOST_NODES: Final = 2_000
_MOST_FAULTS: Final = 5
_CACHED: Final = 512
_LONGEST: Final = 40


class SchemaFault(NamedTuple):
    """One fault: what it is, and whether the schema is none because of it, or a schema that says something else.

    ``unknown_type`` is the name of a type that JSON Schema lacks, where that is the fault.
    """

    message: str
    is_refused: bool
    unknown_type: str | None = None


def schema_faults(parameters: Any, *, is_gemini: bool) -> tuple[SchemaFault, ...]:
    """Return up to five faults; nulls, with which tables pad objects, count as nothing."""
    import orjson

    try:
        return _faults(orjson.dumps(parameters), is_gemini=is_gemini)
    except (TypeError, ValueError):
        return ()


@lru_cache(maxsize=_CACHED)
def _faults(written: bytes, *, is_gemini: bool) -> tuple[SchemaFault, ...]:
    import orjson

    schema = orjson.loads(written)
    if not isinstance(schema, dict):
        return (SchemaFault("its parameters are no object", is_refused=True),)
    if schema and _TELLING.isdisjoint(schema) and all(isinstance(each, dict) for each in schema.values()):
        return (SchemaFault(TABLE, is_refused=False),)
    walk = _Walk(is_gemini=is_gemini)
    try:
        faults = tuple(islice(dict.fromkeys(walk.faults(schema, "")), _MOST_FAULTS))
        return faults or tuple(() if is_gemini else _refused(schema))
    except (ValueError, RecursionError):
        return ()


def _refused(schema: dict[str, Any]) -> Iterator[SchemaFault]:
    """Yield what the metaschemas of JSON Schema in use refuse, as the newer one says it."""
    from jsonschema_rs import ValidationError, meta

    plain = _without_nulls(schema)
    # A schema may name any metaschema, which would be looked for.
    if meta.is_valid(plain | {"$schema": _OLDER}):
        return
    plain.pop("$schema", None)
    try:
        meta.validate(plain)
    except ValidationError as error:
        place = ".".join(str(part) for part in error.instance_path)
        yield SchemaFault(f"{_at(place)}{excerpt(error.message, 80)}", is_refused=True)


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_nulls(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_without_nulls(item) for item in value]
    return value


class _Walk:
    """Finds the usual faults in a schema and the schemas within it."""

    def __init__(self, *, is_gemini: bool) -> None:
        self.is_gemini = is_gemini
        self.nodes = 0

    def faults(self, schema: Any, place: str) -> Iterator[SchemaFault]:
        self.nodes += 1
        if self.nodes > _MOST_NODES:
            raise ValueError("too many sub-schemas")
        if isinstance(schema, bool) or schema is None:
            return
        if not isinstance(schema, dict):
            yield SchemaFault(f"{_at(place)}{excerpt(repr(schema), _LONGEST)} is no schema", is_refused=True)
            return
        yield from self._types(schema.get("type"), place)
        yield from self._required(schema, place)
        if schema.get("enum") is not None and not isinstance(schema["enum"], list):
            yield SchemaFault(f"{_at(place)}'enum' is no list", is_refused=True)
        for path, inner in _inner(schema, place):
            yield from self.faults(inner, path)

    def _types(self, kinds: Any, place: str) -> Iterator[SchemaFault]:
        for kind in kinds if isinstance(kinds, list) else [kinds]:
            if kind is None or kind in STANDARD_TYPES:
                continue
            if not isinstance(kind, str):
                yield SchemaFault(f"{_at(place)}the type {excerpt(repr(kind), _LONGEST)} is no text", is_refused=True)
            elif not (self.is_gemini and kind.lower() in STANDARD_TYPES | {"type_unspecified"}):
                yield SchemaFault("", is_refused=False, unknown_type=kind)

    def _required(self, schema: dict[str, Any], place: str) -> Iterator[SchemaFault]:
        required, properties = schema.get("required"), schema.get("properties")
        if required is None:
            return
        if not are_texts(required, 0):
            yield SchemaFault(f"{_at(place)}'required' is no list of names", is_refused=True)
        elif isinstance(properties, dict) and schema.keys().isdisjoint((*SCHEMAS, "patternProperties", "$ref")):
            if schema.get("additionalProperties") not in (None, False):
                return
            if required and not properties and not place:
                yield SchemaFault(EMPTIED, is_refused=False)
                return
            for name in required:
                if properties.get(name) is None:
                    said = excerpt(name, _LONGEST)
                    yield SchemaFault(f"{_at(place)}it requires {said!r}, which 'properties' lacks", is_refused=False)


def _inner(schema: dict[str, Any], place: str) -> Iterator[tuple[str, Any]]:
    for key in _NAMED:
        named = schema.get(key)
        if isinstance(named, dict):
            for name, inner in named.items():
                yield (f"{place}.{name}" if place else name), inner
        elif named is not None:
            yield place, named
    for key in ONE_SCHEMA:
        inner = schema.get(key)
        for each in inner if isinstance(inner, list) else [inner]:
            yield place, each
    for key in SCHEMAS:
        several = schema.get(key)
        for each in several if isinstance(several, list) else [several]:
            yield place, each


def _at(place: str) -> str:
    return f"argument {excerpt(place, 60)!r}: " if place else ""
