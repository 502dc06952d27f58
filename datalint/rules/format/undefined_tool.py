"""A tool call names a tool that the row does not declare.

## What it does

Compares the names of calls with the tools that the row declares. A row that declares no tools is checked only if it
has an empty list of tools. Names that the system prompt mentions count as declared, and so do tools that a result
describes by name and parameters, as a search for tools returns them. Calls in the rejected answer of a preference are
not checked.

Calls between `<tool_call>` or `<functioncall>` tags in a response are compared with the tools that the row declares or
that its system prompt lists as JSON, usually between `<tools>` tags. So are the calls that are expected of the model
(`expected_tool_calls`, `gold_function_call`).

## Why it matters

The model learns to invent tools: at inference, it calls tools that it was not offered. The usual causes are names that
differ only in spelling (`math.add` and `math_add`) and lists of tools that were shortened.

## Bad

```jsonl
{"messages": [{"role": "user", "content": "Rain?"}, {"role": "assistant", "content": null, "tool_calls": [{"id": "a1", "type": "function", "function": {"name": "get_rain", "arguments": "{}"}}]}], "tools": [{"type": "function", "function": {"name": "rain"}}]}
```

## Good

```jsonl
{"messages": [{"role": "user", "content": "Rain?"}, {"role": "assistant", "content": null, "tool_calls": [{"id": "a1", "type": "function", "function": {"name": "rain", "arguments": "{}"}}]}], "tools": [{"type": "function", "function": {"name": "rain"}}]}
```

## What to do

Declare the tool, or correct the name of the call.

## Known limits

If the system prompt contains no list of tools, or one that cannot be parsed, the calls in texts are not checked.
If rows call tools and no row of the data declares any, a note says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from datalint.api import Confidence, Hit, Options, Record, Severity, excerpt, rule
from datalint.rules.common.tools.calls import Call, calls
from datalint.rules.common.tools.declarations import SCHEMA_KEYS, offered, places
from datalint.rules.common.tools.expected_calls import expected_calls
from datalint.rules.common.tools.written_calls import every_call

#: The tag of results that are written into a user's text.
_RESULT_TAG = "<tool_response>"


@rule(
    "FMT304",
    "undefined-tool",
    severity=Severity.WARNING,
    since="0.1",
    requires={"tool_calls", "written_calls", "tools"},
    confidence=Confidence.HIGH,
)
def undefined_tool(record: Record, options: Options) -> Iterator[Hit]:
    """Yield a hit for the first call of each name that is not declared."""
    names = {tool.name for tool in offered(record)}
    is_empty = any(tools == [] or tools == "[]" for _, tools in places(record))
    # A tool whose name can't be read may be the one that is called.
    if None in names or not (names or is_empty):
        return
    found = [*every_call(record), *expected_calls(record)] if names else calls(record)
    for call in found:
        if (
            call.name
            and call.name not in names
            and not _is_offered(call.name, record)
            and not _is_rejected(call, record)
        ):
            names.add(call.name)
            yield Hit(f"the row declares no tool {excerpt(call.name, 64)!r}", path=call.place, key=call.name)


def _is_offered(name: str, record: Record) -> bool:
    """Return whether the system prompt names a tool, or a result describes it, as a search for tools returns it."""
    if any(name in text for role, text, _, _ in record.turns if role in ("system", "developer")):
        return True
    described = re.compile(rf"""["']name\\*["']\s*:\s*\\*["']{re.escape(name)}\\*["']""")
    return any(
        any(key in text for key in SCHEMA_KEYS) and described.search(text) is not None
        for role, text, _, _ in record.turns
        if role == "tool" or (role == "user" and _RESULT_TAG in text)
    )


def _is_rejected(call: Call, record: Record) -> bool:
    """Return whether the call is the worse answer of a preference, which may be wrong on purpose."""
    return any(path.startswith(f"{call.turn}.") for _, _, path, side in record.turns if side == "rejected")
