r"""The assistant says the same twice in one conversation.

## What it does
Reports an assistant turn of at least `min-chars` characters that is equal to an earlier one in the same conversation,
ignoring white space at the ends. Tool calls are not compared, and neither are the two sides of a preference, because
they share their beginning.

## Why it matters
The usual causes are a log that was written twice and a conversation that was joined incorrectly. If the assistant
answers two questions with the same words, the model learns to ignore the second question. Such repetitions also lead
to loops.

## Bad
```jsonl
{"messages": [{"role": "user", "content": "Where is my parcel?"}, {"role": "assistant", "content": "Please tell me the number of your order, so that I can look."}, {"role": "user", "content": "It's 17."}, {"role": "assistant", "content": "Please tell me the number of your order, so that I can look."}]}
```
## Good
```jsonl
{"messages": [{"role": "user", "content": "Where is my parcel?"}, {"role": "assistant", "content": "Please tell me the number of your order, so that I can look."}, {"role": "user", "content": "It's 17."}, {"role": "assistant", "content": "It left the depot this morning."}]}
```
## What to do
Remove the repeated turns, or the row.
## Known limits
Turns that differ in a single character are not reported. User turns are not checked, because users do ask the same
question again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import polars as pl

from datalint.api import Confidence, Options, Severity, Turns, excerpt, frozen, option, rule

_COLUMNS: Final = ("example", "is_response", "side", "turn", "text")


@frozen
class RepeatedTurnOptions(Options):
    """Which turns are compared."""

    min_chars: int = option(
        40, "characters from which a turn is compared", source="greetings, thanks and short questions are shorter"
    )


@rule("DIV011", "repeated-turn", severity=Severity.WARNING, since="0.1", confidence=Confidence.LOW)
def repeated_turn(turns: Turns, options: RepeatedTurnOptions) -> pl.Expr:
    """Find the turns that an earlier turn of their example equals."""
    compared = (
        turns.is_response
        & (turns.role != "text")
        & (turns.chars >= options.min_chars)
        & ~turns.has_tool_calls
        & ~turns.has_media
        & (turns.side != "rejected")
        # Several questions about a passage may have one answer.
        & ~turns.path.str.contains_any(["].answer"])
    )
    return pl.map_batches([compared, *(getattr(turns, name) for name in _COLUMNS)], _repeats, return_dtype=pl.Boolean)


def _repeats(columns: Sequence[pl.Series]) -> pl.Series:
    compared, example, answers, side, turn, text = columns
    # The second turn of a role is two turns after the first one, or farther.
    if not (turn > 2).any() and not ((example == example.shift(2)) & (answers == answers.shift(2))).any():
        return pl.repeat(value=False, n=len(compared), eager=True)
    frame = pl.DataFrame(
        {
            "example": example,
            "answers": answers,
            "side": side,
            "said": text.str.strip_chars().hash(),
            "compared": compared,
        }
    )
    again = ~pl.struct("example", "answers", "side", "said").is_first_distinct()
    found = compared.to_numpy().copy()
    found[found] = frame.filter("compared").select(again).to_series().to_numpy()
    return pl.Series(found)


@repeated_turn.detail
def _word(row: dict[str, Any], options: RepeatedTurnOptions) -> str:
    return f'repeats an earlier turn of the assistant: "{excerpt(row["text"], 50)}"'
