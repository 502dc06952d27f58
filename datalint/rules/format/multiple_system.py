"""A conversation has more than one system turn.

## What it does

Counts system and developer turns, and reports rows with more than one. The `system` key of the row is one, unless the
messages begin with the same text.

## Why it matters

mistral-finetune rejects such a row, and templates that read only `messages[0]` drop the other system turns, so the
model never sees those instructions.

## Bad

```jsonl
{"messages": [{"role": "system", "content": "Be kind."}, {"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hi"}]}
```

## Good

```jsonl
{"messages": [{"role": "system", "content": "Be kind and brief."}, {"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hi"}]}
```

## What to do

Join the system turns into one at the beginning of the conversation.

## Known limits

Bedrock's `system` is a list of blocks and may contain several. Preference rows are not checked, because each of their
two sides may repeat the prompt.
"""

from __future__ import annotations

from typing import Any

import polars as pl

from datalint.api import CALL_LETTER, ROLE_LETTERS, UNKNOWN_LETTER, Confidence, Examples, Options, Severity, rule
from datalint.rules.common.conversations.conversation import SUPERVISED

#: Bedrock's system blocks are one prompt in pieces.
_SHAPES = [*(shape for shape in SUPERVISED if shape != "bedrock-converse"), "openai-rft", "prompt-completion"]
_MOST = 5
#: The letters of all roles but the system's.
_OTHERS = "".join({*ROLE_LETTERS.values(), CALL_LETTER, UNKNOWN_LETTER} - {ROLE_LETTERS["system"]})


@rule("FMT211", "multiple-system", severity=Severity.WARNING, since="0.1", confidence=Confidence.HIGH)
def multiple_system(examples: Examples, options: Options) -> pl.Expr:
    """Return the rows with two system turns or more."""
    between = examples.roles.str.strip_chars(_OTHERS)
    return examples.shape.is_in(_SHAPES) & ~examples.is_preference & (between.str.len_bytes() > 1)


@multiple_system.detail
def count(row: dict[str, Any], options: Options) -> str:
    """Count the system turns and name the first few, counted from 1."""
    places = [str(index) for index, letter in enumerate(row["roles"], 1) if letter == "s"]
    shown = ", ".join(places[:_MOST]) + (" …" if len(places) > _MOST else "")
    return f"{len(places)} system turns (turns {shown})"
