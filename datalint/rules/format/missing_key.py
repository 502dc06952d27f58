"""A key that the row's shape requires is missing.

## What it does

Compares each row with the JSON Schema of its shape, and reports required keys that are missing from the row or from
one of its messages. Also reports rows that have only one half of a shape: `instruction` without `output`, `chosen`
without `rejected`.

## Why it matters

A trainer raises KeyError hours into preprocessing, or drops the row: the `output` of row 3,556 of a
well-known instruction set was missing (alpaca-lora#55).

## Bad

```jsonl
{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant"}]}
```

## Good

```jsonl
{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}
```

## What to do

Add the key, or rename the one that has its value. Where no row has an `output`, as in the questions of a test
whose answers are elsewhere, read the rows as prompts with the option that the finding names; they are read so in a file
that is named as an evaluation set, and with `--kind rl` or `--kind evaluation`.

## Known limits

A key that is only misspelled (`contnet`) is reported by `misspelled-key`. A row without the keys that identify its
shape, such as `prompt` alone, has no known shape and is reported as `unknown-shape`. `content` may be missing in a
message that calls tools.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Hit, Options, Record, Severity, json_path, rule
from datalint.rules.common.keys.halves import missing_half
from datalint.rules.common.keys.slips import missing_by_spelling


@rule(
    "FMT104",
    "missing-key",
    severity=Severity.ERROR,
    since="0.1",
    tags={"proposes-option"},
    requires={"invalid", "unknown"},
)
def missing_key(record: Record, options: Options) -> Iterator[Hit]:
    """Yield the schema's violations, or the missing half of a row that fits no schema."""
    # A key that is only misspelled is reported by that.
    misspelled = missing_by_spelling(record)
    yield from (hit for hit in record.seen("missing-key") if hit.path not in misspelled)
    half = record.once(missing_half) if record.shape == "unknown" else None
    if half is not None:
        key, other = half
        alone = key == "chosen" and isinstance(record.value.get("prompt"), str)
        remedy = "; or --columns prompt=prompt,response=chosen" if alone else ""
        if key == "instruction" and record.proposal is not None:
            remedy = f" to learn from; as prompts alone, try {record.proposal}"
        yield Hit(f"no {other!r}; the row has {key!r}, which needs it{remedy}", path=json_path((other,)))
