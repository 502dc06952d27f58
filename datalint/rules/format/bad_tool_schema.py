"""A declared tool has no name, or its parameters are not a JSON Schema.

## What it does

Checks that each tool that the row declares has a name, and that its parameters are a JSON Schema, as an object or as
JSON text. Reports as warnings mistakes that trainers render unchanged and that JSON Schema validators reject or
silently accept: types that do not exist (`dict`, `str`, `float`), a required argument that is not among the
`properties`, `properties` that are empty next to required arguments, and parameters that are a table of arguments
without `properties`.

## Why it matters

The declarations that the model reads in training must have the same form as those that your program sends at
inference. Providers reject a file with an invalid schema, and ignore arguments under an unknown keyword.

## Bad

```jsonl
{"messages": [{"role": "user", "content": "Rain?"}, {"role": "assistant", "content": "Where?"}], "tools": [{"type": "function", "function": {"name": "rain", "parameters": {"type": "object", "properties": {"city": {"type": "string", "required": true}}}}}]}
```

## Good

```jsonl
{"messages": [{"role": "user", "content": "Rain?"}, {"role": "assistant", "content": "Where?"}], "tools": [{"type": "function", "function": {"name": "rain", "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}}}]}
```

## What to do

Write the parameters as a JSON Schema: `{"type": "object", "properties": {…}, "required": […]}`.

## Known limits

Patterns, formats and references are not followed. Lists of names without schemas and a provider's built-in tools, such
as web search, are not reported. The metaschema is that of draft 2020-12 or 7.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from datalint.api import Confidence, Hit, Options, Record, Severity, excerpt, rule
from datalint.rules.common.tools.calls import ABSENT, parse
from datalint.rules.common.tools.declarations import Declaration, declarations, places
from datalint.rules.common.tools.schema_faults import EMPTIED, TABLE, SchemaFault, schema_faults

#: Names of types that a message lists.
_MOST = 5
#: Faults of all tools of a file, which are reported once.
_OF_FILES = (TABLE, EMPTIED)


@rule(
    "FMT301",
    "bad-tool-schema",
    severity=Severity.ERROR,
    since="0.1",
    requires={"tools"},
    confidence=Confidence.HIGH,
)
def bad_tool_schema(record: Record, options: Options) -> Iterator[Hit]:
    """Yield a hit for each fault of a declaration, and for tools that are no JSON."""
    for path, tools in places(record):
        error = _unreadable(tools)
        if error is not None:
            yield Hit(f"the tools are not JSON: {error}", path=path)
    types: dict[str, str] = {}
    alike: dict[str, str] = {}
    for number, tool in enumerate(declarations(record)):
        for fault in _faults(tool):
            if fault.unknown_type is not None:
                types.setdefault(fault.unknown_type, tool.path)
            elif fault.message in _OF_FILES:
                alike.setdefault(fault.message, tool.path)
            else:
                name = f"the tool {excerpt(tool.name, 40)!r}: " if tool.name else ""
                severity = None if fault.is_refused else Severity.WARNING
                yield Hit(f"{name}{fault.message}", tool.path, key=f"{number} {fault.message}", severity=severity)
    # The generator of a file writes all of its schemas like this: one finding, without names that differ by row.
    if types:
        shown = ", ".join(repr(excerpt(kind, 20)) for kind in sorted(types)[:_MOST])
        message = f"schemas have types that do not exist in JSON Schema: {shown}"
        yield Hit(message, path=next(iter(types.values())), severity=Severity.WARNING)
    for message, path in alike.items():
        yield Hit(message, path=path, severity=Severity.WARNING)


def _unreadable(tools: Any) -> str | None:
    # A text that begins with neither is no list of tools that went wrong, but says something else.
    if isinstance(tools, str) and tools.lstrip().startswith(("[", "{")):
        return parse(tools).error
    return None


def _faults(tool: Declaration) -> Iterator[SchemaFault]:
    if not isinstance(tool.spec, dict):
        if tool.name is None:
            yield SchemaFault("a tool is not an object", is_refused=True)
        return
    if tool.is_hosted:
        return
    if not tool.name:
        yield SchemaFault("a tool has no name", is_refused=True)
    if tool.error is not None:
        yield SchemaFault(f"its parameters are not JSON: {tool.error}", is_refused=True)
    elif tool.parameters is not ABSENT:
        yield from schema_faults(tool.parameters, is_gemini=tool.is_gemini)
