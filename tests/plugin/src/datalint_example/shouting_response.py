"""A response is written in capitals.

## What it does
Reports a response of at least `min-letters` letters of which at least `share` are capitals.

## Why it matters
A model learns the tone of what it is trained on, and a few shouting answers are enough for it to shout back.

## Bad
```jsonl
{"prompt": "Can I return the lamp?", "completion": "YES, WITHIN THIRTY DAYS AND WITH THE RECEIPT."}
```
## Good
```jsonl
{"prompt": "Can I return the lamp?", "completion": "Yes, within thirty days and with the receipt (PDF or paper)."}
```
## What to do
Write the response again in sentence case.
## Known limits
Scripts without capitals never fire.
"""

from __future__ import annotations

from typing import Any

import polars as pl

from datalint.api import Options, Severity, Turns, frozen, option, rule


@frozen
class ShoutingOptions(Options):
    """Options of EXA001."""

    min_letters: int = option(20, "letters that a response must have to be judged", source="a short sentence")
    share: float = option(0.8, "share of capitals from which on it shouts", source="convention")


@rule("EXA001", "shouting-response", severity=Severity.WARNING, since="0.1")
def shouting_response(turns: Turns, options: ShoutingOptions) -> pl.Expr:
    """Return the responses that hold as many capitals as a shouting one must."""
    least = max(1, int(options.min_letters * options.share))
    return turns.is_response & (turns.text.str.count_matches(r"\p{Lu}") >= least)


@shouting_response.detail
def shouting_detail(row: dict[str, Any], options: ShoutingOptions) -> str | None:
    """Count the letters of one response, and withdraw it when too few of them are capitals."""
    letters = [char for char in row["text"] if char.isalpha()]
    capitals = sum(char.isupper() for char in letters)
    if len(letters) < options.min_letters or capitals < options.share * len(letters):
        return None
    return f"{capitals} of {len(letters)} letters are capitals, limit {options.share:.0%}"
