r"""A tool call's arguments break the schema that its row declares.

## What it does

Checks the arguments of each call against the `parameters` of the called tool in the row's own `tools`: required
arguments, types, enumerations, limits, and arguments that the tool does not have. JSON Schema allows additional
arguments unless it contains `"additionalProperties": false`, so without it, an unknown argument is reported as a
warning. Calls between `<tool_call>` or `<functioncall>` tags in a response are checked as well, against the tools that
the row declares or that its system prompt lists as JSON. If a later turn has the next call of the same tool with a
value of this one, and it fits the schema, the first one is a mistake that the row corrects: a warning, which says so.

## Why it matters

The model learns to call tools in the way that your rows do, so an argument that is missing in training will be missing
in production. Published sets have such calls: 2 of 300 rows of a widely copied demonstration file leave out a required
argument.

## Bad

```jsonl
{"messages": [{"role": "user", "content": "Rain?"}, {"role": "assistant", "content": null, "tool_calls": [{"id": "a1", "type": "function", "function": {"name": "weather", "arguments": "{}"}}]}], "tools": [{"type": "function", "function": {"name": "weather", "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}}}]}
```

## Good

```jsonl
{"messages": [{"role": "user", "content": "Rain in Rome?"}, {"role": "assistant", "content": null, "tool_calls": [{"id": "a1", "type": "function", "function": {"name": "weather", "arguments": "{\"city\": \"Rome\"}"}}]}], "tools": [{"type": "function", "function": {"name": "weather", "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}}}]}
```

## What to do

Correct the call, or the declaration if that is wrong. Exclude the turn of a call that is wrong on purpose from the loss,
for example by `"weight": 0`.

## Known limits

Patterns, formats and references to other documents are not checked. If the declaration is not a JSON Schema, its calls
are not checked, and an argument that is required but not among its `properties` is left to
[bad-tool-schema](bad-tool-schema.md), but Python's type names (`str`, `dict`) are understood. If arguments are an
object, a null counts as a missing argument, because tables pad objects with nulls.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from datalint.api import (
    Hit,
    Options,
    Record,
    Severity,
    excerpt,
    listed,
    rule,
)
from datalint.rules.common.tools.calls import Call
from datalint.rules.common.tools.declarations import declared
from datalint.rules.common.tools.parameters import Checker, checker
from datalint.rules.common.tools.written_calls import every_call

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

#: Names or values that a message lists, and hits for one call.
_MOST = 5
#: Errors of one call that are asked for; a missing key counts as one.
_MOST_ERRORS = 50


@rule(
    "FMT308",
    "tool-arguments-schema",
    severity=Severity.ERROR,
    since="0.1",
    requires={"tool_calls", "written_calls"},
)
def tool_arguments_schema(record: Record, options: Options) -> Iterator[Hit]:
    """Yield up to five hits for each call that breaks its tool's declared parameters."""
    schemas: dict[str, Any] | None = None
    every = every_call(record)
    for number, call in enumerate(every):
        if call.name is None or not isinstance(call.value, dict):
            continue
        schemas = declared(record) if schemas is None else schemas
        check = checker(schemas.get(call.name))
        if check is not None:
            arguments = _without_padding(call)
            hits = chain(_violations(check, arguments, call, number), _unknown(check, arguments, call, number))
            for hit in islice(hits, _MOST):
                yield _of_mistake(hit) if _is_corrected(call, every[number + 1 :], check) else hit


def _is_corrected(call: Call, later: Sequence[Call], check: Checker) -> bool:
    """Return whether the next call of the tool, in a later turn, fits the schema and has a value of this call."""
    again = next((each for each in later if each.name == call.name and _turn(each) != _turn(call)), None)
    if again is None or not isinstance(again.value, dict):
        return False
    values = list(again.value.values())
    if not any(value in values for value in call.value.values()):
        return False
    arguments = _without_padding(again)
    return check.is_valid(arguments) and not any(_unknown(check, arguments, again, 0))


def _turn(call: Call) -> str:
    return call.turn or call.path


def _of_mistake(hit: Hit) -> Hit:
    said = "; a later call corrects it: exclude this turn from the loss, or it is learned too"
    return replace(hit, message=hit.message + said, severity=Severity.WARNING)


def _without_padding(call: Call) -> dict[str, Any]:
    if isinstance(call.raw, str):
        return dict(call.value)
    return {name: value for name, value in call.value.items() if value is not None}


def _violations(check: Checker, arguments: dict[str, Any], call: Call, number: int) -> Iterator[Hit]:
    said: dict[tuple[str, str], str] = {}
    try:
        if check.is_valid(arguments):
            return
        # jsonschema reports each missing key apart, always with all that are required: one hit says it.
        for error in islice(check.errors(arguments), _MOST_ERRORS):
            place = ".".join(str(part) for part in error.absolute_path)
            said.setdefault((place, str(error.validator)), _wording(error, place))
    except (ValueError, RecursionError):
        return
    for (place, keyword), what in said.items():
        message = f"{excerpt(call.name or '', 40)}: {what}"
        yield Hit(message, path=call.path, key=f"{number} {place} {keyword}")


def _wording(error: ValidationError, place: str) -> str:
    """Return what is wrong at a place within the arguments."""
    named = f"argument {excerpt(place, 60)!r}" if place else "the arguments"
    holder = named if place else "the call"
    wanted: Any = error.validator_value
    value: Any = error.instance
    if error.validator == "required":
        missing = [name for name in wanted if name not in value]
        return f"{holder} has no {_names(missing)}, which the schema requires"
    if error.validator == "additionalProperties" and isinstance(error.schema, dict):
        unknown = sorted(value.keys() - error.schema.get("properties", {}).keys())
        return f"{holder} has {_names(unknown)}, which the schema forbids"
    if error.validator == "type":
        kinds = " or ".join(wanted) if isinstance(wanted, list) else wanted
        return f"{named} is {excerpt(repr(value), 40)}; the schema says {kinds}"
    if error.validator == "enum":
        values = ", ".join(excerpt(str(each), 30) for each in wanted[:_MOST])
        more = " …" if len(wanted) > _MOST else ""
        return f"{named} is {excerpt(repr(value), 40)}, none of {values}{more}"
    return f"{named}: {excerpt(error.message, 100)}"


def _unknown(check: Checker, arguments: dict[str, Any], call: Call, number: int) -> Iterator[Hit]:
    required = check.schema.get("required") or ()
    if check.names is None or (required and not check.names):  # bad-tool-schema reports deleted properties
        return
    unknown = sorted(arguments.keys() - check.names.union(name for name in required if isinstance(name, str)))
    if unknown:
        what = f"the call has {_names(unknown)}, which the schema doesn't declare"
        message = f"{excerpt(call.name or '', 40)}: {what}"
        yield Hit(message, path=call.path, key=f"{number} unknown", severity=Severity.WARNING)


def _names(names: list[str]) -> str:
    return listed((repr(excerpt(name, 40)) for name in names), len(names), _MOST)
