"""There are enough rows only because rows repeat.

## What it does
Reports a dataset that reaches the profile's minimum for `effective-examples` if all valid rows are counted, but not if
each cluster of repeats is counted once. [too-few-examples](too-few-examples.md) reports the same dataset with the
number of repeats, so this rule reports it only if that one does not run.

## Why it matters
Ten copies of 60 rows look like 600 examples in every progress bar. The guide's minimum of 500 is for examples, and a
repeated row is not another example.

## Bad
```jsonl
{"prompt": "How do I reset my password?", "completion": "Open settings and choose security."}
```
```jsonl
{"prompt": "Where is my parcel?", "completion": "It left the depot this morning."}
# x 600
```
## Good
```jsonl vary=520
{"prompt": "{w}", "completion": "{w}"}
```
## What to do
Remove the copies, and write more examples: `datalint dedupe DATA --output FILE`.
## Known limits
A dataset that is too small even with its repeats is not reported here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from datalint.api import Dataset, Hit, Options, Severity, counted, percent, rule

#: too-few-examples, which reports each of these datasets: one cause, one finding.
_SAYS_IT: Final = "VOL001"


@rule("VOL003", "duplicate-inflation", severity=Severity.WARNING, since="0.1", needs={"near"})
def duplicate_inflation(data: Dataset, options: Options) -> Iterator[Hit]:
    """Yield one hit for the dataset when only repeats lift it over the limit."""
    if _SAYS_IT in data.rules_run:
        return
    valid = data.measures.get("valid-examples")
    effective = data.measures.get("effective-examples")
    warn, fail = data.limits.get("effective-examples", (None, None))
    limit = fail if fail is not None else warn
    if valid is None or effective is None or limit is None or not effective < limit <= valid:
        return
    repeats = int(valid) - int(effective)
    yield Hit(
        f"{valid:,} valid rows pass the minimum of {limit:,.0f}, but {effective:,} effective ones do not: "
        f"{counted(repeats, 'repeat')} ({percent(repeats / valid)})"
    )
