"""A conversation has no user turn.

## What it does

Reports a row that has an assistant turn but no user turn, a preference whose `input` has no user turn, and as an error
a row for a grader (messages next to a reference answer) that has only system turns. A row with only assistant turns is reported as an info, because that is the form of pre-training rows in ms-swift. A text with the
marker of an answer alone is reported in data whose texts nearly all are a question with its marker and then its answer.

## Why it matters

The answer has no question, so the model learns to give it to any prompt. The checks of Azure and Predibase require a
user turn in each row. Mistral's validator gives an unclear error if an assistant turn follows the system turn.

## Bad

```jsonl
{"messages": [{"role": "system", "content": "You are a poet."}, {"role": "assistant", "content": "O rose!"}]}
```

## Good

```jsonl
{"messages": [{"role": "system", "content": "You are a poet."}, {"role": "user", "content": "A rose?"}, {"role": "assistant", "content": "O rose!"}]}
```

## What to do

Add the question, or write rows for pre-training as `{"text": …}`.

## Known limits

A row with an unknown role is not checked, because that role may be the user. A prompt that is null is reported as
`wrong-type` alone. Answers of a model whose prompts are in another file (`choices` with `turns`, responses of a batch)
are not reported: the scorecard says that they are to be joined with their prompts. Neither is a row whose system turn
is followed by a call of a tool, as where an assistant acts on events.
"""

from __future__ import annotations

from typing import Any, Final

import polars as pl

from datalint.api import Examples, Hit, Options, Severity, rule
from datalint.rules.common.conversations.conversation import spoken_by, supervised

#: Shapes whose prompt is a key of its own.
_WITH_PROMPT: Final = ("kto", "mapped")
#: Shapes whose messages end with what is asked: the answer is a label, or is written in training and graded.
_GRADED: Final = "openai-rft"
_ASKED: Final = ("classification", _GRADED)
_NOTHING: Final = "no user turn, so there is nothing to answer"


@rule("FMT208", "no-user-turn", severity=Severity.WARNING, since="0.1")
def no_user_turn(examples: Examples, options: Options) -> pl.Expr:
    """Return the rows where the assistant answers nobody."""
    asked = supervised(examples, *_ASKED) | (examples.shape == "openai-preference")
    unasked = asked & spoken_by(examples.roles, "sact") & ~spoken_by(examples.roles, "st")
    # What calls a tool right after the system turn acts on an event or a state that is told there.
    acts = examples.roles.str.starts_with("s") & examples.roles.str.strip_chars_start("s").str.starts_with("c")
    # Rows for a grader need no answer, so that nothing else reports those that have system turns alone.
    idle = (examples.shape == _GRADED) & (examples.roles != "") & spoken_by(examples.roles, "st")
    return (unasked & ~acts) | idle | ((examples.spoken != "") & spoken_by(examples.spoken, "aA"))


@no_user_turn.detail
def judge(row: dict[str, Any], options: Options) -> Hit | None:
    """Lower the severity where the row may be meant for pre-training."""
    if row["shape"] in _WITH_PROMPT and row["roles"].strip("s") == "a" and None in row["record"].values():
        return None
    if row["spoken"]:
        return Hit("no question: the text lacks the marker of one, which nearly all other texts have")
    if not row["roles"].strip("st"):
        return Hit(_NOTHING, severity=Severity.ERROR)
    if row["roles"].strip("a"):
        return Hit(_NOTHING)
    return Hit(
        "only assistant turns: correct for pre-training, otherwise the user's turn is missing", severity=Severity.INFO
    )
