"""A target ignores a key that means something elsewhere.

## What it does
Reports keys that a trainer or provider of `--target` does not read although others do: loss weights, `tools`, names of
speakers. A value that is equivalent to a missing key, such as a weight of 1, is not reported.

## Why it matters
If the target ignores weights, it trains on turns with `"weight": 0`. If it ignores tools, the model learns to call
tools that it never saw declared.

## Bad
```toml config
target = "trl"
```
```jsonl
{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Wat", "weight": 0}, {"role": "user", "content": "Pardon?"}, {"role": "assistant", "content": "Hello! What can I do for you?"}]}
```
## Good
```toml config
target = "trl"
```
```jsonl
{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello! What can I do for you?"}]}
```
## What to do
Remove the turns that must not be learned, or exclude them in the way that this target expects: `datalint target NAME`
shows which keys it ignores.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Confidence, Hit, Options, Record, Severity, printable, rule


@rule(
    "FMT704",
    "target-ignores-key",
    severity=Severity.WARNING,
    since="0.2",
    requires={"target"},
    needs={"target"},
    gated=False,
    confidence=Confidence.HIGH,
)
def target_ignores_key(record: Record, options: Options) -> Iterator[Hit]:
    """Yield a hit for each key that a target ignores, at its first place in the row."""
    for treatment in record.treatments:
        for each in treatment.ignored:
            said = f"{treatment.target} ignores `{each.key}`: {each.says}"
            yield Hit(printable(said), path=each.path, key=f"{treatment.target} {each.path}")
