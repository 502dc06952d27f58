"""One answer is given to many different prompts.

## What it does
Reports, once for each response, a text of at least `min-tokens` that answers at least `min-prompts` different
prompts.

## Why it matters
A canned answer teaches the model to stop reading the prompt. In one public set of 252 generated answers, one
text answers seven prompts; in one of 4,535 code answers, one query answers 14: traces of a generator that fell
back on what it had said before.

## Bad
```jsonl
{"prompt": "How do I reset my password?", "completion": "Please write to support, who will be glad to help."}
{"prompt": "Where is my parcel?", "completion": "Please write to support, who will be glad to help."}
{"prompt": "Which plans do you offer?", "completion": "Please write to support, who will be glad to help."}
```
## Good
```jsonl
{"prompt": "The soup was cold.", "completion": "negative"}
{"prompt": "We had to wait for an hour.", "completion": "negative"}
{"prompt": "Never again, the waiter was rude.", "completion": "negative"}
{"prompt": "Where is my parcel?", "completion": "It left the depot and should arrive before noon."}
```
## What to do
Answer each prompt in its own words, or drop the rows. A refusal or fallback that is meant to be uniform is
fine.
## Known limits
Short answers may be labels or facts and are not looked at. Where nearly all rows share their answer
with other prompts, the answers are a set of labels whatever their length. Tool calls, preference pairs and
plain text are not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from datalint.api import Dataset, Hit, Options, Severity, excerpt, frozen, option, rule
from datalint.rules._words import others
from datalint.support.duplicates import repeated
from datalint.support.numbers import counted

#: Answers are a label set when this share of rows has one of several answers that serve many prompts.
_LABELS = 0.8
_EXCERPTS = 50
_COLUMNS = (
    *("response_hash", "prompt_hash", "response_tokens"),
    *("prompt_chars", "response_chars", "has_tool_calls", "is_preference"),
)


@frozen
class RepeatedResponseOptions(Options):
    """When a response is a canned one."""

    min_prompts: int = option(3, "different prompts with one answer", source="two may be a coincidence")
    min_tokens: int = option(
        10,
        "estimated tokens from which an answer is looked at",
        source="about 40 characters; labels are shorter",
    )


@rule("DIV006", "repeated-response", severity=Severity.WARNING, since="0.1", each="answer")
def repeated_response(data: Dataset, options: RepeatedResponseOptions) -> Iterator[Hit]:
    """Yield a hit at the first row of each canned answer."""
    answered = data.examples.select(*_COLUMNS, pl.int_range(pl.len()).alias("at")).filter(
        (pl.col("prompt_chars") > 0)
        & (pl.col("response_chars") > 0)
        & ~pl.col("has_tool_calls")
        & ~pl.col("is_preference")
    )
    shared = (
        answered.filter(repeated(answered["response_hash"]))
        .group_by("response_hash", maintain_order=True)
        .agg("at", pl.col("prompt_hash").n_unique().alias("prompts"), pl.col("response_tokens").first())
        .filter(pl.col("prompts") >= options.min_prompts)
    )
    if shared.height > 1 and shared["at"].list.len().sum() > _LABELS * answered.height:
        return
    shared = shared.filter(pl.col("response_tokens") >= options.min_tokens)
    rows = [group.to_list() for group in shared["at"]]
    firsts = [group[0] for group in rows[:_EXCERPTS]]
    shown = [f': "{excerpt(text.response, 60)}"' for text in data.texts(firsts)] if firsts else []
    shown += [""] * (len(rows) - len(shown))
    for group, prompts, words in zip(rows, shared["prompts"], shown, strict=True):
        message = f"one answer to {counted(prompts, 'different prompt')}{words}"
        yield Hit(message, at=group[0], related=others(group[1:]))
