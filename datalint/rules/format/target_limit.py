"""The dataset breaks a limit of a target.

## What it does
Compares the numbers of rows, the sizes and the extensions of the files with the limits of the trainers and providers of
`--target`, and those of the evaluation set with theirs. A number that the documentation only recommends is a warning.

## Why it matters
The job is refused, often after the upload.

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
Add rows, or divide the file: `datalint target NAME` shows the limits and their sources.
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
