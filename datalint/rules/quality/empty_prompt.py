r"""A prompt holds nothing to answer.

## What it does
Reports a user turn, instruction or prompt whose text is empty, or only white space and invisible characters. A turn
with an image, audio or video is not empty, nor is an Alpaca instruction that leaves everything to its `input`.

## Why it matters
The model learns to produce the answer from nothing, that is, at random. Empty instructions got into published sets
(WizardLM#130 counts 240) and Azure refuses a file with a blank prompt (azure-docs#108515).

## Bad
```jsonl
{"prompt": " ", "completion": "The refund takes five working days."}
```

## Good
```jsonl
{"prompt": "How long does a refund take?", "completion": "The refund takes five working days."}
```

## What to do
Write the prompt or remove the row. For text to continue, use `{"text": "..."}` rows, which have no prompt.

## Known limits
Old completion sets left the prompt empty on purpose, to train on plain text. They are reported: every current target
wants `text` rows for that.
"""

from __future__ import annotations

from typing import Any

import polars as pl

from datalint.api import Options, Severity, Turns, rule
from datalint.rules.common.turns import is_blank


@rule("QUA001", "empty-prompt", severity=Severity.ERROR, since="0.1")
def empty_prompt(turns: Turns, options: Options) -> pl.Expr:
    """Find prompts without a visible character."""
    input_follows = (turns.path == "$.instruction") & (turns.path.shift(-1) == "$.input")
    return turns.is_prompt & ~turns.has_media & is_blank(turns) & ~input_follows


@empty_prompt.detail
def _word(row: dict[str, Any], options: Options) -> str:
    what = "is empty" if not row["text"] else "holds only white space or invisible characters"
    return f"the prompt {what}"
