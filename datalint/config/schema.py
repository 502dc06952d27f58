"""The JSON Schema of the configuration file, for editors."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from enum import Enum
from typing import Any, Final

from datalint.config.gates import profile
from datalint.config.model import Settings
from datalint.config.values import SEQUENCES, fields, hints, json_ready
from datalint.core.registry import Registry

_SCALARS: Final = {bool: "boolean", int: "integer", float: "number", str: "string"}


def config_schema(registry: Registry) -> dict[str, Any]:
    """Return the schema of ``datalint.toml`` and of ``[tool.datalint]``; imports every rule of ``registry``.

    It knows the rules' codes, prefixes, names and options, and the profile's measures.
    """
    root = schema(Settings)
    properties = root["properties"]
    selector = {"enum": ["ALL", *registry.prefixes, *registry.codes, *(rule.name for rule in registry)]}
    # A prefix with one or two digits (FMT1, FMT10) is a selector too.
    selectors = {"anyOf": [selector, {"pattern": f"^({'|'.join(registry.prefixes)})[0-9]{{1,2}}$"}]}
    for key in ("select", "extend-select", "ignore"):
        properties[key]["items"] = selectors
    properties["per-file-ignores"]["additionalProperties"]["items"] = selectors
    properties["severity"]["propertyNames"] = selectors
    limits = properties["gates"].pop("additionalProperties")
    properties["gates"] |= {
        "properties": {
            measure: {"description": f"{gate.title}; {gate.source}", **limits}
            for measure, gate in profile("guide").items()
        },
        "additionalProperties": False,
    }
    options: dict[str, Any] = {}
    for rule in registry:
        options[rule.name] = {"description": rule.summary, **schema(rule.options_type)}
        options[rule.code] = {"$ref": f"#/properties/rules/properties/{rule.name}"}
    properties["rules"] |= {"properties": options, "additionalProperties": False}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "datalint",
        "description": "Configuration of datalint: datalint.toml, or [tool.datalint] in pyproject.toml",
        **root,
    }


def schema(annotation: Any) -> dict[str, Any]:
    """Return the JSON Schema of a type; a dataclass's has its fields' help, limits and defaults."""
    origin, arguments = typing.get_origin(annotation) or annotation, typing.get_args(annotation)
    if origin in (typing.Union, types.UnionType):
        members = [schema(a) for a in arguments if a is not type(None)]
        return members[0] if len(members) == 1 else {"anyOf": members}
    if origin is typing.Literal:
        return {"enum": list(arguments)}
    if annotation in _SCALARS:
        return {"type": _SCALARS[annotation]}
    if origin in SEQUENCES:
        return {"type": "array", "items": schema(arguments[0])} if arguments else {"type": "array"}
    if origin in (dict, Mapping):
        keys = {"propertyNames": schema(arguments[0])} if arguments and arguments[0] is not str else {}
        return {"type": "object", **keys, "additionalProperties": schema(arguments[1]) if arguments else True}
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return {"enum": [member.value for member in annotation]}
    return _table_schema(annotation) if dataclasses.is_dataclass(annotation) else {}


def _table_schema(annotation: Any) -> dict[str, Any]:
    types_, properties = hints(annotation), {}
    for key, field in fields(annotation).items():
        default: Any = field.default
        if field.default_factory is not dataclasses.MISSING:
            default = field.default_factory()
        limits = dict(field.metadata.get("limits", {}))
        properties[key] = {"description": field.metadata["help"], **schema(types_[field.name]), **limits}
        if default is not None and default is not dataclasses.MISSING and not dataclasses.is_dataclass(default):
            properties[key]["default"] = json_ready(default)
    return {"type": "object", "properties": properties, "additionalProperties": False}
