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

Use one of the roles, or the keys, that the finding names. Put the name of a persona into `name` or the text. `datalint
fix` renames misspelled roles, and the sides of a conversation, such as `customer` and `agent`. If two roles are the
answers of a preference, such as `chosen_gpt` and `rejected_gpt`, write the answers under the keys `chosen` and
`rejected`.

## Known limits

A role of another format ("human", "gpt", "User") is reported as `role-alias`. The turns of a role that names a side of
a conversation are compared as those of this side. The order of roles is not checked around any other unknown role.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from datalint.api import Edit, Fix, Hit, Options, Record, Severity, excerpt, rule, speaker_role
from datalint.rules.common.conversations.roles import renamed_roles, seen_roles
from datalint.rules.common.keys.key_names import SHAREGPT_NAMES
from datalint.rules.common.keys.spelling import misspelled_role

#: Words in the roles of the two answers of a preference.
_CHOSEN: Final = r"(?i)(?:^|[\W_])(?:chosen|accepted|preferred)(?:$|[\W_])"
_REJECTED: Final = r"(?i)(?:^|[\W_])(?:rejected|dispreferred)(?:$|[\W_])"


@rule(
    "FMT203",
    "unknown-role",
    severity=Severity.ERROR,
    since="0.1",
    requires={"invalid"},
    fix=Fix.edit(safe=True),
)
def unknown_role(record: Record, options: Options) -> Iterator[Hit]:
    """Yield the roles that the shape's schema does not have."""
    hits = list(seen_roles(record, "unknown-role", _meant))
    sides = _sides(record, hits)
    if sides is None:
        yield from hits
        return
    chosen, rejected, first, others = sides
    yield Hit(
        f"roles '{excerpt(chosen, 40)}' and '{excerpt(rejected, 40)}' are the two answers of a preference: write them "
        "under the keys chosen and rejected",
        path=first.path,
        fixable=False,
    )
    yield from others


def _sides(record: Record, hits: Sequence[Hit]) -> tuple[str, str, Hit, list[Hit]] | None:
    """Return the roles of a chosen and of a rejected answer, the first hit of them, and all other hits; or None."""
    places = [record.place(hit.path) for hit in hits]
    roles = ["" if place is None or not isinstance(place[1], str) else place[1] for place in places]
    chosen, rejected = ([bool(re.search(words, role[:200])) for role in roles] for words in (_CHOSEN, _REJECTED))
    if not any(chosen) or not any(rejected):
        return None
    sides = [one or other for one, other in zip(chosen, rejected, strict=True)]
    others = [hit for hit, side in zip(hits, sides, strict=True) if not side]
    return roles[chosen.index(True)], roles[rejected.index(True)], hits[sides.index(True)], others


@unknown_role.repair
def _renamed(record: Record, options: Options) -> Iterator[Edit]:
    """Rename the two sides of a conversation; a persona may be either."""
    yield from renamed_roles(record, "unknown-role", _meant)


def _meant(role: str, path: str) -> str | None:
    """Return the role that a speaker has, or that is misspelled, by the name that its key asks for; None for a persona."""
    meant = speaker_role(role) or misspelled_role(role) or ""
    return (SHAREGPT_NAMES.get(meant, meant) if path.endswith(".from") else meant) or None
