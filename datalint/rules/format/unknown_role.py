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

A role of another format ("human", "gpt", "User") is reported as `role-alias`. The turns of a role that names a side of a
conversation are compared as those of this side. The order of roles is not checked around any other unknown role.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from datalint.api import Confidence, Edit, Fix, Hit, Options, Record, Severity, rule, speaker_role
from datalint.rules.common.roles import renamed_roles, seen_roles

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
    """Yield the roles that the shape's schema does not have."""
    yield from seen_roles(record, "unknown-role", _meant)


@unknown_role.repair
def _renamed(record: Record, options: Options) -> Iterator[Edit]:
    """Rename the two sides of a conversation; a persona may be either."""
    yield from renamed_roles(record, "unknown-role", _meant)


def _meant(role: str, path: str) -> str | None:
    """Return the role that a speaker has, under the name that the key of the role asks for; None for a persona."""
    meant = speaker_role(role)
    return (_THEIRS.get(meant, meant) if path.endswith(".from") else meant) or None
