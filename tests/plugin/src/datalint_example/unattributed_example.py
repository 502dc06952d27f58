"""An example does not say where it is from.

## What it does
Reports a record without a text under one of `keys`.

## Why it matters
Rows that nobody can trace can't be taken back when a source turns out to be wrong or not licensed.

## Bad
```jsonl
{"prompt": "Is the lamp dimmable?", "completion": "Yes, with the wheel on its cable."}
```
## Good
```jsonl
{"prompt": "Is the lamp dimmable?", "completion": "Yes, with the wheel on its cable.", "source": "manual, page 4"}
```
## What to do
Add the source to each record, or name the key that holds it in `keys`.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Hit, Options, Record, Severity, frozen, option, rule


@frozen
class AttributionOptions(Options):
    """Options of EXA002."""

    keys: tuple[str, ...] = option(("source", "url"), "keys of which one must hold a text")


@rule("EXA002", "unattributed-example", severity=Severity.INFO, since="0.1", gated=False)
def unattributed_example(record: Record, options: AttributionOptions) -> Iterator[Hit]:
    """Yield a hit where none of the keys holds a text."""
    values = (record.value.get(key) for key in options.keys)
    if not any(isinstance(value, str) and value.strip() for value in values):
        yield Hit(f"no text under {' or '.join(options.keys)}", path="$")
