"""Conversations are put together from a small pool of exchanges, or rows from one of prompts and answers.

## What it does

Counts the exchanges (a message of the user and its answer) that come after another one in the same conversation.
Reports the dataset if there are at least `min-exchanges` of them, if they are at most `max-share` different ones, and
if these come after `min-before` different exchanges on average. So is a dataset whose different rows combine a few
prompts with a few answers: each prompt and each answer is in four rows or more on average, and answers have 20
characters or more.

## Why it matters

A script that draws a few exchanges for each conversation makes thousands of rows that are no copies of each other and
still teach the same few answers. What is said after another exchange does not follow from it, so the model learns that
the conversation does not matter.

## Bad

```jsonl vary=80
{"messages": [{"role": "user", "content": "What about {w}?"}, {"role": "assistant", "content": "It is {n}."}, {"role": "user", "content": "One more thing?"}, {"role": "assistant", "content": "Of course."}, {"role": "user", "content": "And is it safe?"}, {"role": "assistant", "content": "Ask a person who knows."}]}
{"messages": [{"role": "user", "content": "Is it {w}?"}, {"role": "assistant", "content": "No, {n}."}, {"role": "user", "content": "And is it safe?"}, {"role": "assistant", "content": "Ask a person who knows."}, {"role": "user", "content": "Is it cheap?"}, {"role": "assistant", "content": "It gets better."}]}
```

## Good

```jsonl vary=80
{"messages": [{"role": "user", "content": "What about {w}?"}, {"role": "assistant", "content": "It is {n}."}, {"role": "user", "content": "Is {w} safe?"}, {"role": "assistant", "content": "Number {n} is."}]}
```

## What to do

Write conversations and answers that follow from what was said before, or keep each prompt and each exchange once.

## Known limits

A first exchange, such as a greeting, is not counted. Conversations that are stored again with each new turn are not
reported, as an exchange comes after the same one in all of them. Answers of under 20 characters may be labels. An
answer that calls tools is not compared, as its text does not say what it calls.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import polars as pl

from datalint.api import Chunk, Dataset, Hit, Options, Severity, frozen, option, percent, rule

#: Different rows that a prompt, and an answer, are in on average, at least; and characters of most answers, which no
#: label has.
_ROWS_OF_EACH: Final = 4
_ANSWER: Final = 20
#: A frame for each chunk with hashes of an exchange and of the one ``before`` it, and how often they are there.
Exchanges = list[pl.DataFrame]
_SEED: Final = 16


@frozen
class RecombinedConversationOptions(Options):
    """When exchanges come from a pool."""

    min_exchanges: int = option(200, "exchanges after another one, at least", source="shares of fewer are chance")
    min_different: int = option(3, "different exchanges, at least", source="fewer are a fixed end of conversations")
    max_share: float = option(
        0.5, "share of the exchanges that are different, at most", source="half of them are copies"
    )
    min_before: float = option(
        3.0, "different exchanges that one comes after, on average", source="one in a written one"
    )


@rule("DIV016", "recombined-conversation", severity=Severity.WARNING, since="0.1")
def recombined_conversation(data: Dataset, options: RecombinedConversationOptions) -> Iterator[Hit]:
    """Yield a hit for the dataset if its later exchanges are few, in ever new orders, or its prompts and answers are."""
    yield from _combined(data, options)
    if not data.measured:
        return
    pairs = pl.concat(data.measured).group_by("before", "exchange").agg(pl.col("count").sum())
    total, different = int(pairs["count"].sum()), pairs["exchange"].n_unique()
    if total < options.min_exchanges or different < options.min_different or different > options.max_share * total:
        return
    if pairs.height >= options.min_before * different:
        yield Hit(
            f"{total:,} exchanges follow another one in their conversation, but only {different:,} "
            f"({percent(different / total)}) are different; each follows {pairs.height / different:.1f} others on average",
            key="exchanges",
        )


def _combined(data: Dataset, options: RecombinedConversationOptions) -> Iterator[Hit]:
    """Yield a hit for the dataset if its rows combine a few prompts with a few answers."""
    if data.size < options.min_exchanges:
        return
    answered = (pl.col("prompt_chars") > 0) & (pl.col("response_chars") > 0) & ~pl.col("has_tool_calls")
    columns = ("prompt_hash", "response_hash", "response_chars", "has_tool_calls", "is_preference", "prompt_chars")
    found = data.examples.select(columns).filter(answered & ~pl.col("is_preference"))
    if found.height < options.min_exchanges:
        return
    prompts, answers = found["prompt_hash"].n_unique(), found["response_hash"].n_unique()
    if answers < options.min_different or max(prompts, answers) * _ROWS_OF_EACH > found.height:
        return
    # Copies of a row are reported as such.
    rows = found.unique(["prompt_hash", "response_hash"]).height
    usual = found.unique("response_hash")["response_chars"].median()
    if max(prompts, answers) * _ROWS_OF_EACH <= rows and isinstance(usual, float) and usual >= _ANSWER:
        yield Hit(f"{rows:,} different rows combine {prompts:,} prompts with {answers:,} answers", key="rows")


@recombined_conversation.measure
def count_exchanges(chunk: Chunk, options: RecombinedConversationOptions) -> Exchanges:
    """Return the exchanges of a chunk that come after another one."""
    if not any(roles.count("u") > 1 for roles in chunk.examples["roles"].unique().drop_nulls()):
        return []
    said = chunk.turns.filter(
        (pl.col("is_prompt") | pl.col("is_response")) & (pl.col("side") == "") & (pl.col("role") != "text")
    ).select("example", "is_response", "has_tool_calls", text=pl.col("text").hash(_SEED))
    answered = pl.col("is_response") & ~pl.col("is_response").shift(1) & _goes_on() & ~pl.col("has_tool_calls")
    exchanges = said.select(
        "example", answered=answered, exchange=pl.struct(pl.col("text").shift(1), other="text").hash(_SEED)
    ).filter("answered")
    later = exchanges.with_columns(before=pl.col("exchange").shift(1)).filter(_goes_on())
    return [later.group_by("before", "exchange", maintain_order=True).agg(count=pl.len())] if later.height else []


def _goes_on() -> pl.Expr:
    """Return whether a row is of the same example as the row above."""
    return pl.col("example") == pl.col("example").shift(1)


@recombined_conversation.merge
def join(one: Exchanges, other: Exchanges) -> Exchanges:
    """Put two partials one after the other."""
    return one + other
