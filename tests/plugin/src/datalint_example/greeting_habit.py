"""Many responses begin with a greeting.

## What it does
Counts the responses whose first word is one of `greetings`, and reports when they are more than `max-share` of all.

## Why it matters
A model that was trained on greetings greets, in every turn and in every pipeline that parses its answers.

## Bad
```jsonl
{"prompt": "Is the lamp dimmable?", "completion": "Hello! Yes, it is."}
{"prompt": "Does it fold?", "completion": "Hi there, it does."}
```
## Good
```jsonl
{"prompt": "Is the lamp dimmable?", "completion": "Hello! Yes, it is."}
{"prompt": "Does it fold?", "completion": "It does."}
```
## What to do
Cut the greetings, or keep them to the first turn of a conversation.
## Known limits
Greetings of other languages have to be named.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import polars as pl

from datalint.api import Chunk, Dataset, Hit, Options, Severity, frozen, option, rule


@frozen
class GreetingOptions(Options):
    """Options of EXA003."""

    greetings: tuple[str, ...] = option(("hello", "hi", "hey"), "first words that greet, in lower case")
    max_share: float = option(0.5, "share of the responses that may greet", source="convention")


class Greetings(NamedTuple):
    """What a chunk comes to."""

    greeting: int
    responses: int


@rule("EXA003", "greeting-habit", severity=Severity.WARNING, since="0.1")
def greeting_habit(data: Dataset, options: GreetingOptions) -> Iterator[Hit]:
    """Judge the counts of the whole dataset."""
    counts: Greetings = data.measured or Greetings(0, 0)
    if counts.greeting > options.max_share * counts.responses:
        share = counts.greeting / counts.responses
        yield Hit(
            f"{counts.greeting} of {counts.responses} responses greet ({share:.0%}, limit {options.max_share:.0%})"
        )


@greeting_habit.measure
def count_greetings(chunk: Chunk, options: GreetingOptions) -> Greetings:
    """Count the responses of one chunk."""
    responses = chunk.turns.filter(pl.col("is_response"))
    first = pl.col("text").str.extract(r"^\W*(\w+)").str.to_lowercase()
    return Greetings(responses.filter(first.is_in(options.greetings)).height, responses.height)


@greeting_habit.merge
def add_greetings(one: Greetings, other: Greetings) -> Greetings:
    """Add the counts of two chunks."""
    return Greetings(one.greeting + other.greeting, one.responses + other.responses)
