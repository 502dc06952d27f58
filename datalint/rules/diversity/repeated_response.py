"""One answer is given to many different prompts.

## What it does
Reports, once for each response, a text of at least `min-tokens` that answers at least `min-prompts` prompts that ask
for different things.

## Why it matters
A canned answer teaches the model to ignore the prompt. In a public dataset of 252 generated answers, one text answers
seven prompts, because the generator had returned an earlier output again.

## Bad
```jsonl
{"prompt": "How do I reset my password?", "completion": "Please write to support, who will be glad to help."}
{"prompt": "Where is my parcel?", "completion": "Please write to support, who will be glad to help."}
{"prompt": "Which plans do you offer?", "completion": "Please write to support, who will be glad to help."}
{"prompt": "May I cancel the order?", "completion": "Please write to support, who will be glad to help."}
{"prompt": "The lamp arrived broken.", "completion": "Please write to support, who will be glad to help."}
{"prompt": "Do you deliver abroad?", "completion": "Please write to support, who will be glad to help."}
```
## Good
```jsonl
{"prompt": "The soup was cold.", "completion": "negative"}
{"prompt": "We had to wait for an hour.", "completion": "negative"}
{"prompt": "Never again, the waiter was rude.", "completion": "negative"}
{"prompt": "Where is my parcel?", "completion": "It left the depot and should arrive before noon."}
```
## What to do
Write an answer for each prompt, or delete the rows. If a refusal or fallback is meant to be uniform, ignore this rule.
## Known limits
Short answers may be labels or facts and are not checked. Prompts that share words probably ask for the same thing and
may have the same answer, and so may a few prompts that ask for it in different words. If most rows share their answer
with other prompts, the answers are labels, whatever their length, and are not reported, unless most rows have a prompt
with several different answers; one long answer of most rows, or a few of nearly all, are reported by
`dominant-response`. Tool calls, JSON, preference pairs and plain text are not checked.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from datalint.api import Confidence, Dataset, Hit, Options, Severity, counted, excerpt, frozen, option, others, rule
from datalint.rules.common.duplicates.numbers import repeated
from datalint.rules.common.responses.different_prompts import are_paraphrases, different_prompts
from datalint.rules.common.responses.dominant import dominant

#: Answers are a set of labels if this share of rows has one of several answers to many prompts.
_LABELS = 0.5
#: How an answer begins that is JSON or markup, as tool calls written as text are.
_DATA = ("{", "[", "<")
#: Answers whose prompts are read.
_MOST = 2_000
_EXCERPTS = 50
_COLUMNS = (
    *("response_hash", "prompt_hash", "response_tokens"),
    *("prompt_chars", "response_chars", "has_tool_calls", "is_preference"),
)


@frozen
class RepeatedResponseOptions(Options):
    """When a response is a canned one."""

    min_prompts: int = option(
        6,
        "different prompts with one answer",
        source="sets that ask one thing in several ways have up to five prompts for an answer",
    )
    min_tokens: int = option(
        10,
        "estimated tokens from which an answer is checked",
        source="about 40 characters; labels are shorter",
    )


@rule(
    "DIV006",
    "repeated-response",
    severity=Severity.WARNING,
    since="0.1",
    each="answer",
    confidence=Confidence.LOW,
)
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
    most = shared.height > 1 and shared["at"].list.len().sum() > _LABELS * answered.height
    if most and not _answers_vary(answered):
        return
    common = dominant(data)
    if common is not None:
        shared = shared.filter(pl.col("response_hash") != common.response)
    shared = shared.filter(pl.col("response_tokens") >= options.min_tokens).head(_MOST)
    groups: list[list[int]] = shared["at"].to_list()
    compared = [different_prompts(data, group) for group in groups]
    rows = sorted({row for some in compared for row in some})
    texts = dict(zip(rows, data.texts(rows), strict=True)) if rows else {}
    shown = 0
    for group, some, prompts in zip(groups, compared, shared["prompts"], strict=True):
        response = texts[some[0]].response
        if response.lstrip().startswith(_DATA) or are_paraphrases([texts[row].prompt for row in some]):
            continue
        words = f': "{excerpt(response, 60)}"' if shown < _EXCERPTS else ""
        shown += 1
        message = f"one answer to {counted(prompts, 'different prompt')}{words}"
        yield Hit(message, at=group[0], related=others(group[1:]))


def _answers_vary(answered: pl.DataFrame) -> bool:
    """Return whether most rows have a prompt with several different answers, which labels are not."""
    answers = answered.group_by("prompt_hash").agg(pl.len(), pl.col("response_hash").n_unique().alias("answers"))
    return 2 * int(answers.filter(pl.col("answers") > 1)["len"].sum()) > answered.height
