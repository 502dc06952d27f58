"""A role has the name that another format uses for it.

## What it does

Reports `human`, `gpt`, `bot`, `model`, `function_call`, `observation` … in rows whose shape says `user`, `assistant`
and `tool`, and roles in a different case ("User"). In ShareGPT rows, `human` and `gpt` are correct, and so are
`tool_call` and `tool_response`, as ms-swift documents them, in rows without OpenAI's `tool_calls`. Rows of NVIDIA NeMo,
whose `mask` names a role as their turns do (`"mask": "User"`), are not reported, nor are `user` and `model`, as Gemini
1.0 has them, if a `--target` trains on them.

## Why it matters

If LLaMA-Factory is configured to expect `human` and finds `user`, it skips every row (LlamaFactory#2481; Qwen's own
documentation had the same mistake: Qwen3 PR#1314). OpenAI rejects a file with `human`. Other trainers accept such
names, so check which ones yours accepts.

## Bad

```jsonl
{"messages": [{"role": "human", "content": "Hi"}, {"role": "gpt", "content": "Hello!"}]}
```

## Good

```jsonl
{"conversations": [{"from": "human", "value": "Hi"}, {"from": "gpt", "value": "Hello!"}]}
```

## What to do

Rename the roles to `system`, `user`, `assistant` and `tool`: `datalint fix DATA --output FILE`. A turn
`function_call` takes more: write its text as `tool_calls` of an assistant turn. `datalint fix` leaves rows with such a turn as they are.

## Known limits

The order of turns is checked as if the roles were spelled correctly.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from datalint.api import Confidence, Edit, Fix, Hit, Options, Record, Severity, rule
from datalint.rules.common.conversations.roles import renamed_roles, seen_roles

#: Words for roles, in small letters, and the roles.
_ROLES: Final = {
    **{role: role for role in ("system", "developer", "user", "assistant", "tool")},
    "human": "user",
    **dict.fromkeys(("gpt", "chatgpt", "bot", "model", "ai", "chatbot"), "assistant"),
    **dict.fromkeys(("observation", "ipython", "tool_response", "function_response"), "tool"),
}
#: Roles of Gemini 1.0, which trainers have other words for.
_GEMINI: Final = ("system", "user", "model")
#: Roles that ShareGPT has other words for.
_SHAREGPT: Final = frozenset(("human", "gpt", "observation"))


@rule(
    "FMT204",
    "role-alias",
    severity=Severity.WARNING,
    since="0.1",
    requires={"invalid"},
    confidence=Confidence.HIGH,
    fix=Fix.edit(safe=True),
)
def role_alias(record: Record, options: Options) -> Iterator[Hit]:
    """Yield the roles that the shape's schema has under another name."""
    if not (_names_roles(record) or _is_accepted(record)):
        yield from seen_roles(record, "role-alias", _meant, jointly=True)


def _names_roles(record: Record) -> bool:
    """Whether a row says under `mask` what the role of the user is called, as NeMo expects."""
    named = record.value.get("mask")
    return isinstance(named, str) and any(message.get("from") == named for _, message in record.messages())


def _is_accepted(record: Record) -> bool:
    """Whether a row has the roles of Gemini 1.0, and all targets that the user names train on it as it is."""
    if not record.treatments or any(each.faults for each in record.treatments):
        return False
    return all(message.get("role") in _GEMINI for _, message in record.messages())


@role_alias.repair
def _renamed(record: Record, options: Options) -> Iterator[Edit]:
    """Rename the roles of speakers and of tool results.

    A role that means a call takes more than a name, and no format has the other roles renamed and this one not.
    """
    if _names_roles(record) or _is_accepted(record):
        return
    if all(hit.fixable for hit in seen_roles(record, "role-alias", _meant, jointly=True)):
        yield from renamed_roles(record, "role-alias", _meant)


def _meant(role: str, path: str) -> str | None:
    plain = role.strip().lower()
    # What ShareGPT has these words for are its own roles, except for their capitals.
    return plain if plain in _SHAREGPT and path.endswith(".from") else _ROLES.get(plain)
