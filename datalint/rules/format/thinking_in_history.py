r"""An earlier answer of a conversation contains thinking.

## What it does

Reports, once for each example, an assistant turn with thinking (`<think>…</think>` and the other tags of
`unbalanced-thinking`) that a later user turn follows. Thinking between tool calls is not reported, because templates
keep it until the next user turn.

## Why it matters

The chat templates of Qwen3, DeepSeek-R1 and others remove the thinking of earlier turns, at inference and in training
alike. If the trainer renders the conversation with such a template, the model never sees that thinking and does not
learn from it. If the trainer renders the turns in another way, the model learns from a context that never occurs at
inference (ms-swift#4939). Templates remove what is in `<think>`; what is in another tag, such as `<thought>`, is there
at inference too, unless whoever calls the model removes it.

## Bad

```jsonl
{"messages": [{"role": "user", "content": "2+2?"}, {"role": "assistant", "content": "<think>Easy.</think>4"}, {"role": "user", "content": "3+3?"}, {"role": "assistant", "content": "<think>Easy.</think>6"}]}
```

## Good

```jsonl
{"messages": [{"role": "user", "content": "2+2?"}, {"role": "assistant", "content": "4"}, {"role": "user", "content": "3+3?"}, {"role": "assistant", "content": "<think>Easy.</think>6"}]}
```

## What to do

Write one example for each answer, with the thinking of the last turn only, or remove the thinking from the earlier
turns.

## Known limits

Thinking under a separate key (`reasoning_content`) is not reported, because the model's template handles it. Some
models keep the thinking of earlier turns; ignore this rule for their data.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import polars as pl

from datalint.api import Confidence, Options, Severity, Turns, passing, rule
from datalint.rules.common.responses.thinking import TEMPLATES, may_think, tags
from datalint.rules.common.texts.turns import learned


@rule("FMT604", "thinking-in-history", severity=Severity.WARNING, since="0.1", confidence=Confidence.HIGH)
def thinking_in_history(turns: Turns, options: Options) -> pl.Expr:
    """Find the first turn of each example that thinks and is followed by a turn of the user on the same side."""
    thinks = passing(learned(turns) & ~turns.is_last, turns.text, may_think)
    return pl.map_batches(
        [thinks, turns.example, turns.is_prompt, turns.side], _first_answered, return_dtype=pl.Boolean
    )


def _first_answered(columns: Sequence[pl.Series]) -> pl.Series:
    thinks, *others = columns
    found = np.zeros(len(thinks), np.bool_)
    if thinks.any():
        example, prompts, side = (column.to_list() for column in others)
        done = -1
        for place in thinks.arg_true():
            if example[place] != done and _is_answered(place, example, prompts, side):
                found[place], done = True, example[place]
    return pl.Series(found)


def _is_answered(place: int, example: list[int], prompts: list[bool], side: list[str]) -> bool:
    """Whether the user speaks after a turn of the same conversation."""
    for after in range(place + 1, len(example)):
        if example[after] != example[place]:
            return False
        if prompts[after] and side[after] == side[place]:
            return True
    return False


@thinking_in_history.detail
def _what(row: dict[str, Any], options: Options) -> str | None:
    found = tags(row["text"])
    for opened, closed in pairwise(found):
        if not opened.closes and closed.closes and row["text"][opened.stop : closed.start].strip():
            if opened.pair == TEMPLATES:
                return "thinking in an earlier turn, which chat templates remove"
            return f"thinking in an earlier turn, in a tag that few chat templates remove: {opened.pair[0]}"
    return None
