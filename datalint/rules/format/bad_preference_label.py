"""A KTO label is not true or false.

## What it does

Reports a `label` or `kto_tag` that is a string or anything else that is not a boolean. The numbers 0 and 1 are
reported as warnings.

## Why it matters

Python treats any non-empty string as true, even `"false"`, so the model learns answers that are marked as unwanted.
TRL expects a boolean column.

## Bad

```jsonl
{"prompt": "Two plus two?", "completion": "Five.", "label": "false"}
```

## Good

```jsonl
{"prompt": "Two plus two?", "completion": "Five.", "label": false}
```

## What to do

Write `true` or `false` without quotes.

## Known limits

A row whose label is null is read as a prompt and its completion, because tables contain a null for every key that a
row lacks. In CSV and workbooks, a column of `true` and `false` is read as booleans, and one of `0` and `1` as
numbers, as `datasets` reads CSV. An empty answer with the label true is reported as `empty-response`.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl

from datalint.api import Chunk, Confidence, Hit, Options, Record, Severity, excerpt, rule

_KEYS = ("kto_tag", "label")
#: A longer text is no label that went wrong, but says something else.
_LONGEST = 20


@rule(
    "FMT506",
    "bad-preference-label",
    severity=Severity.ERROR,
    since="0.1",
    requires={"kto"},
    confidence=Confidence.HIGH,
)
def bad_preference_label(record: Record, options: Options) -> Iterator[Hit]:
    """Yield a hit for a label that is none."""
    key = next((key for key in _KEYS if record.value.get(key) is not None), None)
    if key is None:
        return
    label = record.value[key]
    if not isinstance(label, bool):
        if label in (0, 1):
            yield Hit("the label is a number; write true or false", path=f"$.{key}", severity=Severity.WARNING)
        elif not isinstance(label, str) or len(label) <= _LONGEST:
            yield Hit(f"the label is {excerpt(repr(label), 20)}, not true or false", path=f"$.{key}")


@bad_preference_label.rows
def _not_boolean(chunk: Chunk, options: Options) -> pl.Series:
    rows = np.zeros(chunk.examples.height, np.bool_)
    for group in chunk.structure.groups:
        if not all(group.kinds(key) <= {bool, type(None)} for key in _KEYS if key in group.keys):
            rows[group.rows] = True
    return pl.Series(rows)
