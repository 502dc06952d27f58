"""The dataset breaks a limit of a target.

## What it does
Compares the number of rows and the sizes and extensions of the files with the limits of the trainers and providers of
`--target`. The evaluation set is compared with the limits for evaluation sets. If the documentation only recommends a
number, the finding is a warning.

## Why it matters
The target rejects the job, often only after the upload.

## Bad
```toml config
target = "openai"
```
```jsonl
{"messages": [{"role": "user", "content": "Is it open?"}, {"role": "assistant", "content": "Yes."}]}
```
## Good
```toml config
target = "together"
```
```jsonl
{"messages": [{"role": "user", "content": "Is it open?"}, {"role": "assistant", "content": "Yes."}]}
```
## What to do
Add rows, or split the file: `datalint target NAME` shows the limits and their sources.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Confidence, Dataset, Hit, Options, Severity, printable, rule


@rule(
    "FMT701",
    "target-limit",
    severity=Severity.ERROR,
    since="0.2",
    needs={"target"},
    confidence=Confidence.HIGH,
)
def target_limit(data: Dataset, options: Options) -> Iterator[Hit]:
    """Yield a hit for each limit that is broken."""
    for target in data.targets:
        for limit in target.broken:
            severity = None if limit.severity is Severity.ERROR else limit.severity
            said = printable(f"{target.name}: {limit.says}")
            yield Hit(said, file=limit.file, severity=severity, key=f"{target.name} {limit.says}")
