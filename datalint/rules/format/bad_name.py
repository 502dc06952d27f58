"""A message's name has characters that no API takes.

## What it does

Reports a message's `name` that is not a string or doesn't match `^[a-zA-Z0-9_-]{1,64}$`: letters without accents,
digits, `_` and `-`, 1 to 64 of them. A null counts as no name.

## Why it matters

OpenAI requires this pattern, and one such name fails the file. Most local templates ignore the name, so a persona that
only the name mentions is lost.

## Bad

```jsonl
{"messages": [{"role": "user", "name": "the narrator", "content": "Hi"}, {"role": "assistant", "content": "Hello!"}]}
```

## Good

```jsonl
{"messages": [{"role": "user", "name": "the_narrator", "content": "Hi"}, {"role": "assistant", "content": "Hello!"}]}
```

## What to do

Replace the other characters with `_`, or remove the name.

## Known limits

The name of a tool result is the name of the tool, and is not checked here.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Confidence, Hit, Options, Record, Severity, excerpt, rule
from datalint.rules.common.lazy_pattern import lazy_pattern

_NAME = lazy_pattern(r"[a-zA-Z0-9_-]{1,64}")
_RESULTS = frozenset(("tool", "function", "observation", "ipython", "tool_response", "function_response"))
_LONGEST = 64


@rule("FMT216", "bad-name", severity=Severity.WARNING, since="0.1", requires={"names"}, confidence=Confidence.HIGH)
def bad_name(record: Record, options: Options) -> Iterator[Hit]:
    """Yield a hit for each name that breaks the pattern."""
    for path, message in record.messages():
        name = message.get("name")
        role = message.get("role", message.get("from"))
        if name is None or (isinstance(role, str) and role in _RESULTS):
            continue
        if not isinstance(name, str):
            yield Hit("a name is not a string", path=f"{path}.name")
        elif not _NAME.fullmatch(name):
            yield Hit(_wrong(name), path=f"{path}.name")


def _wrong(name: str) -> str:
    if not name:
        return "a name is empty"
    if len(name) > _LONGEST:
        return f"a name has {len(name)} characters, limit {_LONGEST}"
    return f"the name {excerpt(name, 40)!r} has other characters than letters, digits, _ and -"
