"""The chosen and the rejected answer are the same.

## What it does

Compares the roles, texts, tool calls and media of the two sides of a preference, and reports sides that are equal. Keys
such as scores and ids are ignored. Where the sides are lists of texts, a text that is on both is reported. Two empty
sides are reported as `empty-preference-side`.

## Why it matters

Such a pair says that an answer is better than itself. Its DPO loss is log 2 whatever the model does, so training on it
is wasted time, and ms-swift stops with an assertion error (ms-swift#4535). The usual cause is short answers: two
samples from one model are then often equal.

## Bad

```jsonl
{"prompt": "Two plus two?", "chosen": "Four.", "rejected": "Four."}
```

## Good

```jsonl
{"prompt": "Two plus two?", "chosen": "Four.", "rejected": "Five."}
```

## What to do

Delete the pair, or sample another answer for the rejected side.

## Known limits

Sides that differ only in white space, case or punctuation are reported as `near-identical-preference`. Two sides that
consist of dots (`...`) are reported as a warning, because the answer was left out of both.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from datalint.api import Chunk, Confidence, Fix, Hit, Options, Record, Severity, rule
from datalint.rules.common.pairs.further_answers import has_listed_answers, listed_answers
from datalint.rules.common.pairs.sides import sides

_DOTS = ". …"


@rule(
    "FMT501",
    "identical-preference",
    severity=Severity.ERROR,
    since="0.1",
    requires={"preference"},
    confidence=Confidence.HIGH,
    fix=Fix.removal(),
)
def identical_preference(record: Record, options: Options) -> Iterator[Hit]:
    """Yield a hit when both sides come to the same."""
    yield from _on_both_sides(record)
    both = sides(record)
    if both is None or [each[:3] for each in both.chosen] != [each[:3] for each in both.rejected]:
        return
    last = both.chosen[-1].text
    if not last and not any(said.calls for said in both.chosen):
        return
    path = f"$.{both.rejected_key}"
    if last and not last.strip(_DOTS):
        message = "chosen and rejected are only dots instead of an answer"
        yield Hit(message, path=path, severity=Severity.WARNING)
    else:
        yield Hit("chosen and rejected are the same", path=path)


def _on_both_sides(record: Record) -> Iterator[Hit]:
    """Yield a hit for each rejected text of a list that is chosen too, except for the two that are read as turns."""
    chosen = {each.text: each for each in reversed(listed_answers(record)) if each.side == "chosen"}
    for each in listed_answers(record):
        other = chosen.get(each.text) if each.side == "rejected" and each.text.strip(_DOTS) else None
        if other is not None and not (other.first and each.first):
            # The other answers of the row are worth keeping.
            yield Hit("an answer is both chosen and rejected", path=each.path, fixable=False)


@identical_preference.rows
def _equal(chunk: Chunk, options: Options) -> pl.Series:
    return (chunk.examples["chosen"] == chunk.examples["rejected"]) | has_listed_answers(chunk)
