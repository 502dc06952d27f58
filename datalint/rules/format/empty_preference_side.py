"""One side of a preference is empty.

## What it does

Reports a chosen or rejected side that has no turn, or whose last answer contains only white space, invisible
characters and special tokens of chat templates (`<|endoftext|>`), and calls no tool. Of a side that is a list of texts,
each is an answer.

## Why it matters

A pair teaches the difference between two answers, and any answer is better than an empty one. The training run fails
or the model learns nothing (LLaMA-Factory#3364).

## Bad

```jsonl
{"prompt": "Two plus two?", "chosen": "Four.", "rejected": ""}
```

## Good

```jsonl
{"prompt": "Two plus two?", "chosen": "Four.", "rejected": "Five."}
```

## What to do

Write the missing answer, or delete the pair.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl

from datalint.api import Chunk, Confidence, Fix, Hit, Options, Record, Severity, Turns, rule
from datalint.rules.common.pairs.further_answers import has_listed_answers, listed_answers
from datalint.rules.common.texts.turns import lacks_words, says_nothing


@rule(
    "FMT504",
    "empty-preference-side",
    severity=Severity.ERROR,
    since="0.1",
    requires={"preference"},
    confidence=Confidence.HIGH,
    fix=Fix.removal(),
)
def empty_preference_side(record: Record, options: Options) -> Iterator[Hit]:
    """Yield a hit for each side that says nothing."""
    yield from record.seen("empty-preference-side")
    last = {side: (text, path) for _, text, path, side in record.turns if side}
    calling = [path for path, turn in record.messages() if turn.get("tool_calls")]
    for side, (text, path) in last.items():
        if says_nothing(text) and not any(path.startswith(f"{call}.") for call in calling):
            yield Hit(f"the {side} side is empty", path=path)
    for answer in listed_answers(record):
        if not answer.first and says_nothing(answer.text):
            # The other answers of the row are worth keeping.
            yield Hit(f"an answer of the {answer.side} side is empty", path=answer.path, fixable=False)


@empty_preference_side.rows
def _any_blank(chunk: Chunk, options: Options) -> pl.Series:
    blank = chunk.turns.filter((pl.col("side") != "") & lacks_words(Turns()))
    rows = np.zeros(chunk.examples.height, np.bool_)
    rows[blank["example"].to_numpy()] = True
    return pl.Series(rows) | has_listed_answers(chunk)
