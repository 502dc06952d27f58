"""A side of a preference is not an assistant's answer.

## What it does

Reports a side that does not end with an assistant turn. In OpenAI's rows (`preferred_output`, `non_preferred_output`),
a side with several messages is reported as a warning: OpenAI and Together require exactly one message, while Azure
accepts a call and its result before the answer.

## Why it matters

The model learns to write the chosen side and not to write the rejected side. OpenAI, Azure and Together reject the
file. Trainers compute the loss of a user turn, or of nothing.

## Bad

```jsonl
{"input": {"messages": [{"role": "user", "content": "Two plus two?"}]}, "preferred_output": [{"role": "user", "content": "Four."}], "non_preferred_output": [{"role": "assistant", "content": "Five."}]}
```

## Good

```jsonl
{"input": {"messages": [{"role": "user", "content": "Two plus two?"}]}, "preferred_output": [{"role": "assistant", "content": "Four."}], "non_preferred_output": [{"role": "assistant", "content": "Five."}]}
```

## What to do

Correct the role, and move the turns before the answer into the input.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from datalint.api import Chunk, Confidence, Hit, Options, Record, Severity, excerpt, rule
from datalint.rules.common.pairs.sides import sides

#: The shape whose sides are one message each.
_SINGLE = "openai-preference"


@rule(
    "FMT505",
    "preference-not-assistant",
    severity=Severity.ERROR,
    since="0.1",
    requires={"preference"},
    confidence=Confidence.HIGH,
)
def preference_not_assistant(record: Record, options: Options) -> Iterator[Hit]:
    """Yield a hit for each side that is something else than an answer."""
    both = sides(record)
    if both is None:
        return
    single = record.shape == _SINGLE
    for side, key in ((both.chosen, both.chosen_key), (both.rejected, both.rejected_key)):
        last = side[-1].role
        if last != "assistant":
            message = f"the side ends with a turn of the {excerpt(last, 20)}, not of the assistant"
            yield Hit(message, path=f"$.{key}")
        elif single and len(side) > 1:
            yield Hit(f"the side has {len(side)} messages, not one", path=f"$.{key}", severity=Severity.WARNING)


@preference_not_assistant.rows
def _others(chunk: Chunk, options: Options) -> pl.Series:
    """Return where a side ends with another role, or may have too many messages."""
    ends = pl.any_horizontal(pl.col("example", "side") != pl.col("example", "side").shift(-1)).fill_null(True)
    last = chunk.turns.filter((pl.col("side") != "") & (pl.col("role") != "assistant") & ends)
    rows = (chunk.examples["shape"] == _SINGLE).to_numpy().copy()
    rows[last["example"].to_numpy()] = True
    return pl.Series(rows)
