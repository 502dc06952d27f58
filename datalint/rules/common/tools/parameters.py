"""A declared tool's parameters as a schema that is safe to run: rows are hostile, and so are their schemas."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final

#: Keywords that are kept as they stand. Left out are those that cost time without bound on hostile input
#: (``pattern``, ``uniqueItems``, ``multipleOf``), those that fetch (``$ref`` to elsewhere), and annotations.
_KEPT: Final = frozenset(
    (
        "type", "enum", "const", "required", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum",
        "minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties",
    )
)  # fmt: skip
#: Keywords whose value is one schema, or a list of schemas.
ONE_SCHEMA: Final = ("items", "additionalProperties", "not", "if", "then", "else")
SCHEMAS: Final = ("allOf", "anyOf", "oneOf", "prefixItems")
#: Names that Python programmers write where JSON Schema has its own.
_TYPES: Final = {
    "dict": "object", "list": "array", "tuple": "array", "str": "string", "int": "integer", "float": "number",
    "bool": "boolean", "double": "number", "long": "integer",
}  # fmt: skip
#: The types of JSON Schema.
STANDARD_TYPES: Final = frozenset(("object", "array", "string", "integer", "number", "boolean", "null"))
#: Sub-schemas of one tool, references followed, before it is left unchecked.
_MOST_NODES: Final = 2_000
_CACHED: Final = 512


class Checker:
    """Checks arguments against one schema: jsonschema-rs says yes or no, jsonschema explains the no."""

    def __init__(self, schema: dict[str, Any]) -> None:
        import jsonschema_rs

        self.schema = schema
        self.is_valid: Callable[[Any], bool] = jsonschema_rs.validator_for(schema, offline=True).is_valid
        self._explainer: Any = None

    @property
    def names(self) -> frozenset[str] | None:
        """The declared arguments, where the schema says nothing of others; None where it may take more."""
        schema = self.schema
        if "properties" not in schema or not schema.keys().isdisjoint(("additionalProperties", *SCHEMAS, "if")):
            return None
        return frozenset(schema["properties"])

    def errors(self, arguments: dict[str, Any]) -> Any:
        """Return an iterator over jsonschema's ValidationError for each violation."""
        if self._explainer is None:
            from jsonschema import Draft202012Validator

            self._explainer = Draft202012Validator(self.schema)
        return self._explainer.iter_errors(arguments)


def checker(parameters: Any) -> Checker | None:
    """Return the checker of a tool's declared parameters; None when they are no usable schema."""
    import orjson

    if not isinstance(parameters, dict):
        return None
    try:
        return _checker(orjson.dumps(parameters, option=orjson.OPT_SORT_KEYS))
    except (TypeError, ValueError):
        return None


@lru_cache(maxsize=_CACHED)
def _checker(canonical: bytes) -> Checker | None:
    import orjson

    root = orjson.loads(canonical)
    try:
        schema = _Cleaner(root).clean(root, ())
        return Checker(schema) if isinstance(schema, dict) else None
    except (ValueError, RecursionError):
        # jsonschema-rs refuses the schema: that is another rule's finding.
        return None


class _Cleaner:
    """Copies a schema without what is unsafe, and with local references in place."""

    def __init__(self, root: dict[str, Any]) -> None:
        self.root = root
        self.nodes = 0

    def clean(self, schema: Any, following: tuple[str, ...]) -> Any:
        self.nodes += 1
        if self.nodes > _MOST_NODES:
            raise ValueError("too many sub-schemas")
        if not isinstance(schema, dict):
            return schema if isinstance(schema, bool) else {}
        reference = schema.get("$ref")
        if isinstance(reference, str):
            return self._follow(reference, following)
        out: dict[str, Any] = {}
        for key, value in schema.items():
            if key == "properties" and isinstance(value, dict):
                out[key] = {name: self.clean(inner, following) for name, inner in value.items()}
            elif key in ONE_SCHEMA:
                out[key] = self.clean(value, following)
            elif key in SCHEMAS and isinstance(value, list):
                out[key] = [self.clean(inner, following) for inner in value]
            elif key in _KEPT:
                out[key] = value
        if "patternProperties" in schema:
            out["additionalProperties"] = True
        return _with_types(out, nullable=schema.get("nullable") is True)

    def _follow(self, reference: str, following: tuple[str, ...]) -> Any:
        # A schema that contains itself is checked down to where it repeats.
        if not reference.startswith("#/") or reference in following:
            return {}
        target: Any = self.root
        for part in reference[2:].split("/"):
            target = target.get(part.replace("~1", "/").replace("~0", "~")) if isinstance(target, dict) else None
        return self.clean(target, (*following, reference))


def standard_type(kind: str) -> str:
    """Return JSON Schema's name of a type that is spelled as Python or Gemini (in capitals) do, else ``kind``."""
    lowered = kind.lower()
    return lowered if lowered in STANDARD_TYPES else _TYPES.get(kind, kind)


def _with_types(schema: dict[str, Any], *, nullable: bool) -> dict[str, Any]:
    kinds = schema.get("type")
    if kinds is None:
        return schema
    listed = [standard_type(kind) if isinstance(kind, str) else kind for kind in _listed(kinds)]
    if all(kind in STANDARD_TYPES for kind in listed if isinstance(kind, str)):
        schema["type"] = [*dict.fromkeys(listed), "null"] if nullable and "null" not in listed else listed
    else:
        # "any", "file" …: nothing that could be checked.
        del schema["type"]
    return schema


def _listed(kinds: Any) -> list[Any]:
    return kinds if isinstance(kinds, list) else [kinds]
