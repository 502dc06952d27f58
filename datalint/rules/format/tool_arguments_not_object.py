r"""A tool call's arguments are JSON, but not an object.

## What it does

Reports arguments that are (or parse to) a list, a number, a string, a boolean or null, and calls without
arguments.

## Why it matters

Arguments have names, so every API and every template expects an object, which is empty if there are no arguments.
OpenAI rejects the call, and LLaMA-Factory and axolotl raise an error.

## Bad

```jsonl
{"conversations": [{"from": "human", "value": "Rain in Rome?"}, {"from": "function_call", "value": "{\"name\": \"weather\", \"arguments\": [\"Rome\"]}"}]}
```

## Good

```jsonl
{"conversations": [{"from": "human", "value": "Rain in Rome?"}, {"from": "function_call", "value": "{\"name\": \"weather\", \"arguments\": {\"city\": \"Rome\"}}"}]}
```

## What to do

Write the arguments as an object, `{}` if there are none.

## Known limits

A string that contains the object as JSON is reported as `tool-arguments-double-encoded`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from datalint.api import Confidence, Hit, Options, Record, Severity, excerpt, rule
from datalint.rules.common.tools.calls import ABSENT, Call
from datalint.rules.common.tools.written_calls import every_call

_NAMES = {list: "a list", str: "a string", bool: "a boolean", int: "a number", float: "a number", type(None): "null"}


@rule(
    "FMT306",
    "tool-arguments-not-object",
    severity=Severity.ERROR,
    since="0.1",
    requires={"tool_calls", "written_calls"},
    confidence=Confidence.HIGH,
)
def tool_arguments_not_object(record: Record, options: Options) -> Iterator[Hit]:
    """Yield a hit for each call whose arguments are something else than an object."""
    for number, call in enumerate(every_call(record)):
        if call.error is None and not isinstance(call.value, dict) and not call.is_encoded_twice:
            yield Hit(_wording(call), path=call.path, key=str(number))


def _wording(call: Call) -> str:
    name = "" if call.name is None else f" of {excerpt(call.name, 40)!r}"
    if call.value is ABSENT:
        return f"the call{name} has no arguments; write {{}}"
    kind: Any = type(call.value)
    return f"arguments{name} are {_NAMES.get(kind, kind.__name__)}, not an object"
