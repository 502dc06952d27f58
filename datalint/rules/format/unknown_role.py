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

Use one of the roles that the finding lists. Put the name of a persona into `name` or the text. `datalint fix` renames
the sides of a conversation, such as `customer` and `agent`.

## Known limits

A role of another format ("human", "gpt", "User") is reported as `role-alias`. The order of roles is not checked around
an unknown role.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from datalint.api import Confidence, Edit, Fix, Hit, Options, Record, Replace, Severity, rule, speaker_role

#: Roles under the key `from`.
_THEIRS: Final = {"user": "human", "assistant": "gpt"}


@rule(
    "FMT203",
    "unknown-role",
    severity=Severity.ERROR,
    since="0.1",
    requires={"invalid"},
    confidence=Confidence.HIGH,
    fix=Fix.edit(safe=True),
)
def unknown_role(record: Record, options: Options) -> Iterator[Hit]:
    """Yield what the shape's schema holds against the roles."""
    for hit in record.seen("unknown-role"):
        yield replace(hit, fixable=_meant(record, hit) is not None)


@unknown_role.repair
def _renamed(record: Record, options: Options) -> Iterator[Edit]:
    """Rename the two sides of a conversation; a persona may be either."""
    for hit in record.seen("unknown-role"):
        place, role = record.place(hit.path), _meant(record, hit)
        if place is not None and role is not None:
            yield Replace(place[0], role)


def _meant(record: Record, hit: Hit) -> str | None:
    """Return the role that a speaker has, under the name that the key of the role asks for; None for a persona."""
    place = record.place(hit.path)
    if place is None or not isinstance(place[1], str):
        return None
    role = speaker_role(place[1])
    theirs = (hit.path or "").endswith(".from")
    return (_THEIRS.get(role, role) if theirs else role) or None
