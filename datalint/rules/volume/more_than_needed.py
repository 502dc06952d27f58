"""There are more examples than fine-tuning needs.

## What it does
Reports more than `maximum` effective examples (valid rows, one for each cluster of repeats), and estimates what you
would save if you trained on only `maximum` examples. The finding does not affect any gate.

## Why it matters
The guide's range ends at 5,000 examples. Beyond that, the choice of examples matters more than their number: LIMA saw
no gain from 2,000 to 32,000 examples of one kind, and Deita's chosen 6,000 beat a random 10,000.

## Bad
```jsonl vary=60
{"prompt": "{w}", "completion": "{w}"}
```
```toml
maximum = 50
```
## Good
```jsonl vary=40
{"prompt": "{w}", "completion": "{w}"}
```
## What to do
Train on a varied subset first and add rows only while the evaluation still improves.
## Known limits
The estimate assumes that the rows of the subset have average length, and the number of tokens is itself an estimate.
Continued pre-training and distillation need more examples than the guide's range.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Confidence, Dataset, Hit, Options, Severity, frozen, option, percent, rule, short


@frozen
class MoreThanNeededOptions(Options):
    """Where the guide's range ends."""

    maximum: int = option(5000, "effective examples that are enough", source="the guide: 500 to 5,000")


@rule(
    "VOL002",
    "more-than-needed",
    severity=Severity.INFO,
    since="0.1",
    needs={"near"},
    gated=False,
    confidence=Confidence.LOW,
)
def more_than_needed(data: Dataset, options: MoreThanNeededOptions) -> Iterator[Hit]:
    """Yield one hit for the dataset when effective examples are over the range."""
    effective = data.measures.get("effective-examples")
    if effective is None or effective <= options.maximum or data.kind == "evaluation":
        return
    tokens = int(data.examples["tokens"].sum())
    saved = 1 - options.maximum / max(data.size, effective)
    yield Hit(
        f"{effective:,} effective examples, {options.maximum:,} are usually enough: a subset of that size "
        f"would save about {short(tokens * saved)} of {short(tokens)} tokens an epoch ({percent(saved)}, estimated)"
    )
