"""Two consecutive turns have the same role.

## What it does

Reports two consecutive user turns or two consecutive assistant turns within one list of messages. Tool turns have their
own order: an assistant may call several tools, several results may follow, and then either the user or the assistant
may speak. In texts that are conversations, by the markers of who speaks that nearly all of them have (`### Human:`,
`User:`), two questions in a row are reported.

## Why it matters

Most chat templates expect alternating roles, and raise "Conversation roles must alternate" or join the texts. Together
rejects such a file and LLaMA-Factory skips the row. smol-course#260 found the order user, assistant, user, user
throughout a published split. The usual cause is a missing answer between the two turns.

## Bad

```jsonl
{"messages": [{"role": "user", "content": "Hi"}, {"role": "user", "content": "?"}, {"role": "assistant", "content": "Yes"}]}
```

## Good

```jsonl
{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello!"}, {"role": "user", "content": "Bye"}, {"role": "assistant", "content": "Bye!"}]}
```

## What to do

Add the turn that is missing between the two, or join them into one.

## Known limits

Separate rules report a conversation that begins with the assistant (`starts-with-assistant`) and a system turn in the
middle (`system-not-first`). Calls without results and results without calls are reported as `missing-tool-result` and
`orphan-tool-result`, and rows that nobody answers as `no-assistant-turn`; their turns are not reported here. Neither
are turns of an assistant in different channels (`analysis`, `final`), nor a turn `tool_call` after the assistant's
text, as ms-swift documents it. Mistral allows an assistant's text and its tool call in two turns; write them as one.
"""

from __future__ import annotations

from itertools import chain
from typing import Any, Final

import polars as pl

from datalint.api import Confidence, Options, Severity, Turns, rule
from datalint.rules.common.conversations.conversation import follows_in_list

#: Keys of the role of a message, and roles of what comes before a conversation.
_ROLES: Final = ("role", "from")
_BEFORE: Final = frozenset(("system", "developer"))
#: Two questions in a row, of which neither need say anything.
_TWICE: Final = ["uu", "Uu", "uU", "UU"]


@rule("FMT205", "role-order", severity=Severity.WARNING, since="0.1", confidence=Confidence.MEDIUM)
def role_order(turns: Turns, options: Options) -> pl.Expr:
    """Return the turns that repeat the role before them; after a call the results' own rules judge."""
    speaks = (turns.role == "user") | (turns.role == "assistant")
    again = (turns.role == turns.role.shift(1)) & ~turns.has_tool_calls.shift(1)
    return (speaks & again & ~turns.continues & follows_in_list(turns)) | turns.spoken.str.contains_any(_TWICE)


@role_order.detail
def say_which(row: dict[str, Any], options: Options) -> str | None:
    """Name both turns, counted from 1; leave out a row that nobody answers, which is reported for that."""
    if _are_of_one(row):
        return None
    if row["spoken"]:
        first = row["spoken"].lower().index("uu") + 1
        return f"two user turns in a row (turns {first} and {first + 1}), by their markers; other texts have an answer between"
    return f"two {row['role']} turns in a row (turns {row['turn']} and {row['turn'] + 1})"


def _are_of_one(row: dict[str, Any]) -> bool:
    """Return whether all messages of a user's turn's list are the user's."""
    messages = row["record"].get(row["path"].removeprefix("$.").partition("[")[0]) if row["role"] == "user" else None
    if not isinstance(messages, list):
        return False
    roles: set[str] = set()
    # From both ends, where another role is soonest: each turn of a row may ask, and some have thousands.
    for each in chain.from_iterable(zip(messages, reversed(messages), strict=True)):
        if isinstance(each, dict):
            roles.update(role for key in _ROLES if key in each and (role := str(each[key])) not in _BEFORE)
        if len(roles) > 1:
            return False
    return len(roles) == 1
