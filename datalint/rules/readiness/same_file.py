"""A file is both training and evaluation set.

## What it does
Compares training and evaluation files by the SHA-256 of their content, or by name if there is none, and reports each
pair that is the same. A file of fewer than ten rows of no known shape, such as a description of a split, is left out.

## Why it matters
The evaluation then measures how well the model remembers its training data.

## Bad
```jsonl
{"prompt": "What does HTTP 404 mean?", "completion": "The server has no such page."}
```
```jsonl eval
{"prompt": "What does HTTP 404 mean?", "completion": "The server has no such page."}
```
## Good
```jsonl
{"prompt": "What does HTTP 404 mean?", "completion": "The server has no such page."}
```
```jsonl eval
{"prompt": "Which port does HTTPS use?", "completion": "443, unless the address names another one."}
```
## What to do
Use different rows for evaluation: `datalint split DATA --eval 10% --output DIR`.
## Known limits
If a file has the same rows in a different order, each row is reported as `leaked-example`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from datalint.api import Confidence, Dataset, Hit, Options, Severity, printable, rule
from datalint.rules.common.duplicates.leaks import same_files

#: Rows of unknown shape from which on a file is no description of a split.
_ROWS: Final = 10


@rule(
    "RDY007",
    "same-file",
    severity=Severity.ERROR,
    since="0.1",
    needs={"evaluation"},
    confidence=Confidence.HIGH,
    each="finding",
)
def same_file(data: Dataset, options: Options) -> Iterator[Hit]:
    """Yield a hit at the first row of each training file that is an evaluation file too."""
    for number, held_number in same_files(data):
        place = data.examples["file"].index_of(number)
        few = int((data.examples["file"] == number).sum()) < _ROWS
        if few and place is not None and data.examples["shape"][place] == "unknown":
            continue
        name, other = (printable(f.path) for f in (data.files[number], data.evaluation_files[held_number]))
        what = f"{name} is both training and evaluation set" if name == other else f"{name} and {other} are one file"
        yield Hit(f"{what}: the evaluation measures memorization", at=place)
