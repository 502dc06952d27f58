"""A message has a role that no trainer knows.

## What it does

Reports a role that the row's shape does not have, unless it is the name that another shape uses for one of its roles.

## Why it matters

The chat template either raises an error or drops the turn, so that the next answer has no question. The usual causes
are typing errors ("assistent") and names of personas.

## Bad

```jsonl
{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistent", "content": "Hello!"}]}
```

## Good

```jsonl
{"messages": [{"role": "developer", "content": "Be kind."}, {"role": "user", "content": "Hi", "name": "narrator"}, {"role": "assistant", "content": "Hello!"}]}
```

## What to do

Use one of the roles that the finding lists. Put the name of a persona into `name` or the text.

## Known limits

A role of another format ("human", "gpt", "User") is reported as `role-alias`. The order of roles is not checked around
an unknown role.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Confidence, Hit, Options, Record, Severity, rule


@rule("FMT203", "unknown-role", severity=Severity.ERROR, since="0.1", requires={"invalid"}, confidence=Confidence.HIGH)
def unknown_role(record: Record, options: Options) -> Iterator[Hit]:
    """Yield what the shape's schema holds against the roles."""
    yield from record.seen("unknown-role")
