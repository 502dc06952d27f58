"""A tool's name has characters that providers refuse, or is too long.

## What it does

Checks the names of declared tools, and of called tools that are not declared: letters, digits, `_` and `-`, at most 64
of them. In Gemini rows, names may also contain dots and colons, because Vertex allows them. In other rows, a name with
no other signs than dots, colons and slashes is a warning: names with a namespace (`math.add`) are usual in data for
open models, whose templates write them as they are. With `--target`, rows that the target refuses are errors of their
own.

## Why it matters

OpenAI, Anthropic and Mistral reject any other name, both in training files and in requests, so a model that learned
`math.add` can't be served there with that tool. A name with spaces is usually a title in the wrong field.

## Bad

```jsonl
{"messages": [{"role": "user", "content": "Rain?"}, {"role": "assistant", "content": "Where?"}], "tools": [{"type": "function", "function": {"name": "weather.rain today"}}]}
```

## Good

```jsonl
{"messages": [{"role": "user", "content": "Rain?"}, {"role": "assistant", "content": "Where?"}], "tools": [{"type": "function", "function": {"name": "weather-rain_today"}}]}
```

## What to do

Replace the other characters with `_`, in the declaration and in every call.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from datalint.api import Hit, Options, Record, Severity, excerpt, frozen, option, rule
from datalint.rules.common.tools.calls import calls
from datalint.rules.common.tools.declarations import declarations

_OTHERS = "[^a-zA-Z0-9_-]"
_GEMINI = ".:"
#: Signs between a namespace and a name, which open models are trained with.
_NAMESPACE = ".:/"
_WHO = "which OpenAI, Anthropic and Mistral refuse"


@frozen
class BadToolNameOptions(Options):
    """Options of the rule."""

    longest: int = option(64, "characters that a name may have", source="OpenAI, Mistral: ^[a-zA-Z0-9_-]{1,64}$")
    also: str = option("", "characters that a name may have besides letters, digits, _ and -")


@rule(
    "FMT302",
    "bad-tool-name",
    severity=Severity.ERROR,
    since="0.1",
    requires={"tools", "tool_calls"},
)
def bad_tool_name(record: Record, options: BadToolNameOptions) -> Iterator[Hit]:
    """Yield a hit for each distinct name that breaks the pattern."""
    also = options.also + (_GEMINI if record.shape.startswith("gemini") else "")
    tools = [(tool.name, tool.path) for tool in declarations(record) if not tool.is_hosted]
    said: set[str] = set()
    for name, path in (*tools, *((call.name, call.place) for call in calls(record))):
        if name is None or name in said:
            continue
        said.add(name)
        what = _wrong(name, options.longest, also)
        if what is not None:
            # Without the name: names differ by row, what is wrong with them seldom does.
            yield Hit(
                f"a tool's name {what}",
                path=path,
                excerpt=excerpt(name, 80),
                severity=Severity.WARNING if _is_qualified(name, options.longest, also) else None,
                key=name,
            )


def _is_qualified(name: str, longest: int, also: str) -> bool:
    """Return whether a name breaks the pattern by the signs of a namespace alone."""
    return bool(name) and _wrong(name, longest, also + _NAMESPACE) is None


def _wrong(name: str, longest: int, also: str) -> str | None:
    if not name:
        return "is empty"
    if len(name) > longest:
        return f"has {len(name)} characters, limit {longest}"
    others = sorted({character for character in re.findall(_OTHERS, name) if character not in also})
    if not others:
        return None
    shown = "a space" if others[0].isspace() else repr(excerpt(others[0], 10))
    return f"contains {shown}, {_WHO}"
