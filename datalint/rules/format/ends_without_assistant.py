"""A conversation does not end with an assistant turn.

## What it does

Reports a row whose last turn is a user, system or tool turn, although an earlier turn is the assistant's. In texts that
are conversations, the markers of who speaks that nearly all of them have (`### Human:`, `User:`) begin the turns.

## Why it matters

The model learns to write the answer that follows a turn, and no answer follows this one. mistral-finetune rejects the
row, OpenPipe and Fireworks reject the file, and LLaMA-Factory skips rows with an odd number of turns. The usual causes
are a last answer that was cut off, and a conversation that was exported before it ended.

## Bad

```jsonl
{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello!"}, {"role": "user", "content": "Bye"}]}
```

## Good

```jsonl
{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello!"}]}
```

## What to do

Add the missing answer, or cut the conversation after the assistant's last turn. If the rows begin with the assistant
and end with the user, the roles are probably swapped: swap them back. If the last turn asks what the first one answers,
the export has the newest turn first: reverse the turns.

## Known limits

A row without any assistant turn is reported as `no-assistant-turn`. A row that ends with a tool call is not reported,
because the model learns to write that call. Reinforcement fine-tuning rows (messages next to fields for a grader) end
with a user turn by design, and with `--kind rl` no row is reported. If nearly all of ten rows or more end with a user
turn, the finding names that option; in an evaluation set, one info says that these are prompts alone.
"""

from __future__ import annotations

import re
from typing import Any, Final

import polars as pl

from datalint.api import Confidence, Examples, Hit, Options, Policy, Severity, rule
from datalint.rules.common.conversations.conversation import SPEAKERS, supervised

#: Hits on rows that may be prompts: a user's turn after an answer to another one.
_ASKED: Final = "asked"
_LAST: Final = "the last turn is the user's, not the assistant's"


@rule(
    "FMT206",
    "ends-without-assistant",
    severity=Severity.ERROR,
    since="0.1",
    confidence=Confidence.HIGH,
    tags={"proposes-option"},
    needs={"answers"},
    policy=Policy(
        f"{_LAST}; if these are prompts alone: --kind rl (or --kind evaluation for a test set)",
        share=0.98,
        least=10,
        key=(_ASKED,),
        placed=True,
        kind="evaluation",
        kind_words="end with a question: to evaluate with them, add the answers, or let people or a model rate what is answered",
    ),
)
def ends_without_assistant(examples: Examples, options: Options) -> pl.Expr:
    """Return the rows where somebody else has the last word."""
    answered = examples.roles.str.strip_chars_end("sut")
    unanswered = supervised(examples) & (answered != examples.roles) & answered.str.contains_any(["a", "c", "p"])
    return unanswered | (examples.spoken.str.ends_with("u") & examples.spoken.str.contains_any(["a", "A"]))


@ends_without_assistant.detail
def say_whose(row: dict[str, Any], options: Options) -> Hit:
    """Name who has the last word."""
    roles = row["roles"]
    if row["spoken"] and not roles.strip("p"):
        return Hit("the last turn of the text is the user's, by its markers, not the assistant's")
    if re.fullmatch("s*(?:au)+", roles):
        return Hit(
            f"the first of {len(roles)} turns is the assistant's and the last is the user's; swap the roles if they are "
            "reversed, reverse the turns if the newest is first, or end with an answer if the assistant began"
        )
    said = f"the last turn is {SPEAKERS[roles[-1]]}, not the assistant's"
    # A question to which the first turn may be the last answer.
    if re.fullmatch("s*a[acut]+u", roles):
        return Hit(f"{said}; reverse the turns if the newest is first")
    return Hit(said, key=_ASKED if roles[-1] == "u" else None)
