"""A row fits more than one shape.

## What it does

Reports a row that has the keys of two shapes, such as `messages` next to `prompt` and `completion`, and says which
shape it was read as.

## Why it matters

Each trainer has its own order of precedence. ms-swift silently renames no column at all if two could be the prompt, so
the text that you checked may not be the text that is trained on.

## Bad

```jsonl
{"prompt": "Hi", "completion": "Hello", "messages": [{"role": "user", "content": "Hey"}, {"role": "assistant", "content": "Hello"}]}
```

## Good

```jsonl
{"messages": [{"role": "user", "content": "Hey"}, {"role": "assistant", "content": "Hello"}]}
```

## What to do

Delete the keys of one shape, or choose with `--columns`.

## Known limits

A row that has the same texts in each of its shapes, the system prompt among them, is not reported: it is an export for
several trainers.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Set
from typing import Any

from datalint.api import Hit, Options, Record, Severity, rule

#: Keys of prompts and responses.
_SIDES = frozenset(
    """prompt completion response output generation instruction input question answer query problem solution system text
    chosen rejected""".split()
)


@rule("FMT102", "ambiguous-shape", severity=Severity.WARNING, since="0.1", requires={"ambiguous"})
def ambiguous_shape(record: Record, options: Options) -> Iterator[Hit]:
    """Yield one hit with the shapes that fit and the one used."""
    names = list(dict.fromkeys(record.fits))
    if len(names) > 1 and not _are_same(record):
        # Titles say which keys are meant where names are the same.
        read = names[0] if " " in names[0] else record.shape
        yield Hit(f"the keys fit {', '.join(names[:-1])} and {names[-1]}; read as {read}")


def _are_same(record: Record) -> bool:
    """Whether all that the row says under keys of prompts and responses is what its turns say."""
    said = {text.strip() for _, text, _, _ in record.turns if text.strip()}
    values = [value for key, value in record.value.items() if key in _SIDES and value]
    # Without the system prompt of the messages, what the keys say is another example.
    missing = [text for text in said if not any(_is_said(value, {text}) for value in values)]
    values += [message for _, message in record.messages()]
    return len(said) > 1 and not missing and all(_is_said(value, said) for value in values)


def _is_said(value: Any, said: Set[str]) -> bool:
    """Whether turns say a text, each message of a list, or an object as JSON; or a text has them all, as a template."""
    if isinstance(value, str):
        return not value.strip() or value.strip() in said or all(text in value for text in said)
    if isinstance(value, list) and all(isinstance(each, dict) and "role" in each for each in value):
        return all(_is_said(each, said) for each in value)
    if isinstance(value, dict) and ("role" in value or "from" in value):
        return _is_said(value.get("content", value.get("value")), said)
    return value is None or any(_as_json(text) == value for text in said)


def _as_json(text: str) -> Any:
    try:
        return json.loads(text) if text.startswith(("{", "[")) else None
    except (ValueError, RecursionError):
        return None
