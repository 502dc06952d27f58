"""A conversation has no assistant turn.

## What it does

Reports a row that has user, system or tool turns but no assistant turn, and a text without the marker of an answer
(`### Assistant:`) in data whose texts nearly all are a question with its marker and then its answer. With `--kind sft`,
also a prompt that has no response.

## Why it matters

The row has no answer to learn. OpenAI rejects the file ("missing assistant message"), and local trainers mask the
whole row, so its loss is zero or NaN.

## Bad

```jsonl
{"messages": [{"role": "system", "content": "Be kind."}, {"role": "user", "content": "Hi"}]}
```

## Good

```jsonl
{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello!"}]}
```

## What to do

Add the answer, or delete the row. Where user turns follow each other, some may be answers with the wrong role: give
them the role of the assistant. If the rows are prompts for reinforcement learning, whose answers are written during
training, say so with `--kind rl`; if they are an evaluation set whose answers are elsewhere, with `--kind evaluation`.

## Known limits

Reinforcement fine-tuning rows (messages next to fields for a grader) need no answer, and with `--kind rl` no row does.
If hardly any of ten rows or more has an answer, the finding names that option, and the same in a file of which hardly
any row has one; in an evaluation set, and in a file named as prompts, it says once, as an info, that these are prompts
alone. A row with an unknown role is not checked, because that role may be the assistant. A conversation that one person
says alone, by a name under `speaker`, is a note: among people with names, nobody is the assistant for sure. A row with
a system prompt under a key of its own, whose list of messages is missing, empty or no list, is reported for that alone.
"""

from __future__ import annotations

from typing import Any, Final

import polars as pl

from datalint.api import Examples, Fix, Hit, Options, Policy, Severity, frozen, option, rule
from datalint.rules.common.conversations.conversation import spoken_by, supervised
from datalint.rules.common.conversations.people import said_by_one

_SAID: Final = "no assistant turn, so there is nothing to learn"
_ROLES: Final = "; several user turns follow each other: where every second one is an answer, give it that role"
#: User turns that follow each other in a conversation from which on the roles may be wrong.
_IN_A_ROW: Final = "uuu"
_NO_RESPONSE: Final = "no response, so there is nothing to learn"
_ALONE: Final = "; if these are prompts alone: --kind rl (or --kind evaluation for a test set)"
_MARKS: Final = "marker of a question or of an answer in the text, which nearly all other texts have"
#: Hits on rows that may be prompts: a user's turn in a shape whose rows need no answer by what they are called.
_ASKED: Final = "asked"
_ANSWERED: Final = ("kto", "mapped")
#: Hits on rows of shapes that are prompts, in data that is to be learned by what the user says.
_PROMPT: Final = "prompt"
_PROMPTS: Final = ("prompt-only", "openai-rft", "batch-requests", "mapped-prompts")
#: Share of the rows from which on they may be prompts: where one in fifty has an answer, the others lack theirs.
_NEARLY_ALL: Final = 0.98


@frozen
class NoAssistantTurnOptions(Options):
    """What the data is for."""

    kind: str = option("", "`sft` if prompts without a response are errors too; empty takes `--kind`", setting="kind")


@rule(
    "FMT209",
    "no-assistant-turn",
    severity=Severity.ERROR,
    since="0.1",
    fix=Fix.removal(),
    tags={"proposes-option"},
    needs={"answers"},
    policy=(
        Policy(
            f"{_SAID}{_ALONE}",
            share=_NEARLY_ALL,
            least=10,
            key=(_ASKED,),
            placed=True,
            file_words=f"{_SAID}; if this file is prompts alone, check it on its own with --kind rl or --kind evaluation",
            kind="evaluation",
            kind_words="are prompts alone: to evaluate with them, add the answers, or let people or a model rate what is answered",
        ),
        Policy(
            "",
            share=_NEARLY_ALL,
            least=10,
            key=(_ASKED,),
            placed=True,
            kind="rl",
            kind_words="are prompts alone: their answers are written in training, or are to be written before it",
        ),
        Policy(f"{_NO_RESPONSE}{_ALONE}", share=_NEARLY_ALL, least=10, key=(_PROMPT,), placed=True),
    ),
)
def no_assistant_turn(examples: Examples, options: NoAssistantTurnOptions) -> pl.Expr:
    """Return the rows where nobody answers."""
    more = _PROMPTS if options.kind == "sft" else ()
    silent = supervised(examples, *more) & (examples.roles != "") & spoken_by(examples.roles, "sut")
    return silent | ((examples.spoken != "") & spoken_by(examples.spoken, "uU-"))


@no_assistant_turn.detail
def judge(row: dict[str, Any], options: NoAssistantTurnOptions) -> Hit | None:
    """Leave out rows whose messages could not be read, which are reported for that: only a key of the row is left."""
    if row["spoken"] == "-":
        return Hit(f"no {_MARKS}", severity=Severity.WARNING, fixable=False)
    if row["spoken"]:
        return Hit("no answer: the text lacks the marker of one, which nearly all other texts have")
    if row["shape"] in _PROMPTS:
        return Hit(_NO_RESPONSE, key=_PROMPT)
    if not row["roles"].strip("s") and row["system"] in row["record"].values():
        return None
    if said_by_one(row["record"].values()):
        return Hit("one person says all turns, so there is nothing to learn", severity=Severity.INFO, fixable=False)
    if _IN_A_ROW in row["roles"] and row["shape"] not in _ANSWERED:
        # With the right roles, the row is an example, which nobody should delete.
        return Hit(f"{_SAID}{_ROLES}", key=_ASKED, fixable=False)
    return Hit(_SAID, key=_ASKED if "u" in row["roles"] and row["shape"] not in _ANSWERED else None)
