"""A row has more tokens than the trainer reads.

## What it does
Counts the tokens of each row as the model reads it, chat template included, and reports rows with more tokens than
`--max-length`, or, without that option, than the model's own maximum. The finding says what the trainer cuts off: part
of the answer, the whole answer, or only what comes after it.

## Why it matters
Trainers silently cut long rows, or drop them. If the end of an answer is cut off, the model learns to stop in the
middle of a sentence, and never sees the end-of-turn token. If the whole answer is cut off, the model learns nothing
from the row.

## Bad
```toml config
model = "fixtures/models/chatml"
max-length = 60
```
```jsonl
{"prompt": "Name three colours of the rainbow.", "completion": "Red, orange and yellow."}
```
## Good
```toml config
model = "fixtures/models/chatml"
max-length = 120
```
```jsonl
{"prompt": "Name three colours of the rainbow.", "completion": "Red, orange and yellow."}
```
## What to do
Shorten or split the rows, or train with a greater maximum length.
## Known limits
Counts are exact for the model's tokenizer. Trainers that do not use the model's chat template add other tokens around
turns. A cut at the beginning of rows (`truncation_side="left"`) is not checked.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Confidence, Hit, Options, Record, Severity, rule

_CUT = {
    "prompt": "the whole answer is cut off",
    "answer": "the end of the answer is cut off",
    "tail": "what is cut off carries no loss",
    "end": "the end is cut off",
}


@rule(
    "VOL004",
    "over-long-example",
    severity=Severity.WARNING,
    since="0.2",
    requires={"rendering"},
    needs={"tokens"},
    confidence=Confidence.HIGH,
)
def over_long_example(record: Record, options: Options) -> Iterator[Hit]:
    """Yield a hit for each conversation that is too long."""
    for rendering in record.renderings:
        if rendering.cut:
            side = f" on the {rendering.side} side" if rendering.side else ""
            learned = f", {rendering.trained:,} of them learned" if rendering.trained else ""
            yield Hit(
                f"{rendering.tokens:,} tokens{side}{learned}: over {rendering.limit:,}, so {_CUT[rendering.cut]}",
                path=rendering.path,
            )
