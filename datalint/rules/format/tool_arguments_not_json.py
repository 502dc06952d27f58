r"""A tool call's arguments are not JSON.

## What it does

Parses the arguments of each call that are given as a string (`tool_calls`, `function_call`), and texts that are a
whole call (`function_call` turns of ShareGPT, `tool_call` parts), and shows where the mistake is. Calls between
`<tool_call>` or `<functioncall>` tags in a response are parsed if they begin as JSON.

## Why it matters

The model learns to write arguments that your program can't parse. The usual causes are Python's `str(arguments)`
instead of `json.dumps` (mistral-finetune's own Glaive script does this), and calls that were cut off at the
generator's token limit. axolotl and LLaMA-Factory raise an error for such a row.

## Bad

```jsonl
{"messages": [{"role": "user", "content": "Rain in Rome?"}, {"role": "assistant", "content": null, "tool_calls": [{"id": "a1", "type": "function", "function": {"name": "weather", "arguments": "{'city': 'Rome'}"}}]}]}
```

## Good

```jsonl
{"messages": [{"role": "user", "content": "Rain in Rome?"}, {"role": "assistant", "content": null, "tool_calls": [{"id": "a1", "type": "function", "function": {"name": "weather", "arguments": "{\"city\": \"Rome\"}"}}]}]}
```

## What to do

Write arguments with `json.dumps`, and regenerate calls that were cut off.

## Known limits

Calls between tags are not checked in code fences, in texts that a template has rendered as a whole, and in notations
other than JSON, such as a Python dict or Qwen3-Coder's XML. Code that is passed to `python` is not checked if the row
declares a tool of type `code_interpreter`, as in functionary's data.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Confidence, Hit, Options, Record, Severity, excerpt, rule
from datalint.rules.common.tools.written_calls import every_call

#: The name of functionary's interpreter in calls, and its type among the declared tools.
_CODE = "python"
_TYPE = "code_interpreter"


@rule(
    "FMT305",
    "tool-arguments-not-json",
    severity=Severity.ERROR,
    since="0.1",
    requires={"tool_calls", "written_calls"},
    confidence=Confidence.HIGH,
)
def tool_arguments_not_json(record: Record, options: Options) -> Iterator[Hit]:
    """Yield a hit for each call whose arguments don't parse."""
    for number, call in enumerate(every_call(record)):
        if call.error is not None and not (call.name == _CODE and _runs_code(record)):
            name = "" if call.name is None else f" of {excerpt(call.name, 40)!r}"
            yield Hit(f"arguments{name} are not JSON: {call.error}", path=call.path, key=str(number))


def _runs_code(record: Record) -> bool:
    """Whether a row declares functionary's interpreter, whose arguments are code."""
    declared = record.value.get("tools")
    return isinstance(declared, list) and any(isinstance(each, dict) and each.get("type") == _TYPE for each in declared)
