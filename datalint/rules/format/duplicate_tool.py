"""A row declares the same tool twice.

## What it does

Reports a tool with the same name as an earlier tool of the same row.

## Why it matters

Providers reject two functions with the same name. A model that reads both declarations learns from calls that match
only one of them. The arguments of such a tool can't be checked either, because it is not clear which declaration
counts. The usual cause is a list that was merged from several sources.

## Bad

```jsonl
{"messages": [{"role": "user", "content": "Rain?"}, {"role": "assistant", "content": "Where?"}], "tools": [{"type": "function", "function": {"name": "rain"}}, {"type": "function", "function": {"name": "rain"}}]}
```

## Good

```jsonl
{"messages": [{"role": "user", "content": "Rain?"}, {"role": "assistant", "content": "Where?"}], "tools": [{"type": "function", "function": {"name": "rain"}}, {"type": "function", "function": {"name": "wind"}}]}
```

## What to do

Delete the copy, or give the tools different names.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Confidence, Hit, Options, Record, Severity, excerpt, rule
from datalint.rules.common.tools.declarations import declarations


@rule(
    "FMT303",
    "duplicate-tool",
    severity=Severity.WARNING,
    since="0.1",
    requires={"tools"},
    confidence=Confidence.HIGH,
)
def duplicate_tool(record: Record, options: Options) -> Iterator[Hit]:
    """Yield a hit for each name that is declared again."""
    seen: set[str] = set()
    said: set[str] = set()
    for tool in declarations(record):
        if tool.name in seen and tool.name not in said:
            said.add(tool.name)
            yield Hit(f"the tool {excerpt(tool.name, 64)!r} is declared twice", path=tool.path, key=tool.name)
        if tool.name is not None:
            seen.add(tool.name)
