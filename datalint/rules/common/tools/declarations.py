"""Tools that a row declares, in every dialect that trainers read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from datalint.api import NamedTuple, Record
from datalint.rules.common.tools.calls import ABSENT, parse
from datalint.rules.common.tools.written_tools import written_tools

#: Where a declaration has its parameters.
SCHEMA_KEYS: Final = ("parameters", "input_schema", "inputSchema", "parametersJsonSchema")
_GEMINI: Final = ("functionDeclarations", "function_declarations")


class Declaration(NamedTuple):
    """One declared tool.

    ``path`` is its JSON path, or that of the JSON text that holds it. ``spec`` is the object with the tool's name, or
    what stands in its place. ``parameters`` is the schema, read from JSON if it is a text, and :data:`ABSENT` if there
    is none; ``error`` says why it could not be read. ``is_gemini`` declarations may spell types in capitals.
    """

    path: str
    name: str | None
    spec: Any
    parameters: Any
    error: str | None
    is_gemini: bool = False

    @property
    def is_hosted(self) -> bool:
        """Whether it is a tool of the provider's own, such as a web search, which has no schema."""
        kind = self.spec.get("type") if isinstance(self.spec, dict) else None
        return self.parameters is ABSENT and isinstance(kind, str) and kind not in ("function", "custom", "object")


def declarations(record: Record) -> list[Declaration]:
    """Return every tool that the row declares, in order."""
    return record.once(_declarations)


def offered(record: Record) -> list[Declaration]:
    """Return every tool that the row declares; if its keys declare none, those that the system prompt lists."""
    return declarations(record) or record.once(_written)


def declared(record: Record) -> dict[str, Any]:
    """Return the schema of each offered tool's parameters by name.

    A tool that is declared twice maps to None, as it is unknown which declaration holds.
    """
    found: dict[str, Any] = {}
    for each in offered(record):
        if each.name is not None:
            found[each.name] = None if each.name in found or each.parameters is ABSENT else each.parameters
    return found


def places(record: Record) -> Iterator[tuple[str, Any]]:
    """Yield the path and the value of each key that declares tools, as it is written."""
    value = record.value
    given, config = value.get("input"), value.get("toolConfig")
    yield "$.tools", value.get("tools")
    yield "$.functions", value.get("functions")
    if isinstance(given, dict):
        yield "$.input.tools", given.get("tools")
    if isinstance(config, dict):
        yield "$.toolConfig.tools", config.get("tools")


def _declarations(record: Record) -> list[Declaration]:
    return [each for path, tools in places(record) for each in _of_list(tools, path)]


def _written(record: Record) -> list[Declaration]:
    return [each._replace(path=path) for path, tools in written_tools(record) for each in _of_list(tools, path)]


def _of_list(tools: Any, path: str) -> Iterator[Declaration]:
    listed = _read(tools)
    if isinstance(listed, dict) and not listed.keys().isdisjoint((*_GEMINI, "name", "function")):
        listed, tools = [listed], None
    for index, item in enumerate(listed if isinstance(listed, list) else ()):
        for found in _of_item(_read(item), f"{path}[{index}]"):
            # JSON text has no paths within.
            if listed is not tools:
                yield found._replace(path=path)
            else:
                yield found._replace(path=f"{path}[{index}]") if isinstance(item, str) else found


def _of_item(tool: Any, path: str) -> Iterator[Declaration]:
    if not isinstance(tool, dict):
        # A text that is no JSON is taken for the tool's name.
        name = tool if isinstance(tool, str) else None
        yield Declaration(path, name, tool, ABSENT, None)
        return
    for key in _GEMINI:
        inner = tool.get(key)
        if isinstance(inner, list):
            for index, spec in enumerate(inner):
                yield _of_spec(spec, f"{path}.{key}[{index}]", is_gemini=True)
            return
    wrapper = next((key for key in ("function", "toolSpec") if isinstance(tool.get(key), dict)), None)
    if wrapper is not None:
        yield _of_spec(tool[wrapper], f"{path}.{wrapper}")
    elif "name" in tool or "type" in tool or "function" in tool or len(tool) != 1:
        yield _of_spec(tool, path)
    else:
        # Gemini's own tools are an object under their name: {"googleSearch": {}}.
        yield Declaration(path, next(iter(tool)), {"type": "hosted"}, ABSENT, None)


def _of_spec(spec: Any, path: str, *, is_gemini: bool = False) -> Declaration:
    if not isinstance(spec, dict):
        return Declaration(path, None, spec, ABSENT, None, is_gemini)
    name = spec.get("name")
    key = next((key for key in SCHEMA_KEYS if spec.get(key) is not None), None)
    schema: Any = ABSENT
    error: str | None = None
    if key is not None:
        schema = spec[key]
        if isinstance(schema, str):
            schema, error = parse(spec[key])
        if key == "inputSchema" and isinstance(schema, dict):
            schema = schema.get("json", schema)
    return Declaration(path, name if isinstance(name, str) else None, spec, schema, error, is_gemini)


def _read(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    parsed = parse(value)
    return value if parsed.error is not None else parsed.value
