r"""A tool call's arguments are not JSON.

## What it does

Parses the arguments of each call that are given as a string (`tool_calls`, `function_call`), and the texts that are
calls as a whole (`function_call` turns of ShareGPT, `tool_call` parts), and says where the mistake is.

## Why it matters

The model learns to write what your program can't parse. Python's `str(arguments)` instead of `json.dumps` is the
usual cause (mistral-finetune's own Glaive script does it), a token limit of the generator the other one. axolotl and
LLaMA-Factory raise an error for such a row.

## Bad

```jsonl
{"messages": [{"role": "user", "content": "Rain in Rome?"}, {"role": "assistant", "content": null, "tool_calls": [{"id": "a1", "type": "function", "function": {"name": "weather", "arguments": "{'city': 'Rome'}"}}]}]}
```

## Good

```jsonl
{"messages": [{"role": "user", "content": "Rain in Rome?"}, {"role": "assistant", "content": null, "tool_calls": [{"id": "a1", "type": "function", "function": {"name": "weather", "arguments": "{\"city\": \"Rome\"}"}}]}]}
```

## What to do

Write arguments with `json.dumps`, and generate those that were cut off again.

## Known limits

Calls that a template has already rendered into a text (`<tool_call>…`) are not checked.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Confidence, Hit, Options, Record, Severity, excerpt, rule
from datalint.rules.common.tools import calls


@rule(
    "FMT305",
    "tool-arguments-not-json",
    severity=Severity.ERROR,
    since="0.1",
    requires={"tool_calls"},
    confidence=Confidence.HIGH,
)
def tool_arguments_not_json(record: Record, options: Options) -> Iterator[Hit]:
    """Yield a hit for each call whose arguments don't parse."""
    for number, call in enumerate(calls(record)):
        if call.error is not None:
            name = "" if call.name is None else f" of {excerpt(call.name, 40)!r}"
            yield Hit(f"arguments{name} are not JSON: {call.error}", path=call.path, key=str(number))
