"""A row is an exact copy of an earlier one.

## What it does
Reports each row that has the same canonical form as an earlier row: keys sorted, no white space between tokens,
everything else unchanged. The finding is at the copy and refers to the first such row.

## Why it matters
A copy adds weight, not information. Models that are trained on deduplicated text emit memorised passages ten times
less often (Lee et al. 2021, "Deduplicating Training Data Makes Language Models Better"), and the guide's Bad column
for diversity is one example repeated.

## Bad
```jsonl
{"prompt": "Name a primary colour.", "completion": "Red is one of the three primary colours."}
{"completion": "Red is one of the three primary colours.", "prompt": "Name a primary colour."}
```
## Good
```jsonl
{"prompt": "Name a primary colour.", "completion": "Red is one of the three primary colours."}
{"prompt": "Which metal is liquid at room temperature?", "completion": "Mercury."}
```
## What to do
Delete the copies and keep the first: `datalint dedupe DATA --output FILE`. If an example is repeated on purpose, to
give it more weight, ignore this rule.
## Known limits
Rows that differ in an id or any other key are not exact copies. `normalized-duplicate` compares only what the model is
trained on. Rows of unknown shape that hold no text, such as scores, are not reported.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from datalint.api import Confidence, Dataset, Fix, Hit, Options, Places, Severity, rule

_UNKNOWN: Final = "unknown"
#: Rows that are looked at.
_LOOKED_AT: Final = 100


@rule(
    "DIV001",
    "exact-duplicate",
    severity=Severity.WARNING,
    since="0.1",
    confidence=Confidence.HIGH,
    fix=Fix.copies(safe=True),
)
def exact_duplicate(data: Dataset, options: Options) -> Iterator[Hit]:
    """Yield a hit at every copy."""
    places = Places(data)
    firsts = [group.rows[0] for group in data.exact]
    shapes = data.examples["shape"].gather(firsts)
    unknown = [row for row, shape in zip(firsts, shapes, strict=True) if shape == _UNKNOWN]
    # Rows of numbers alone, such as scores, are equal by chance, and no examples.
    left_out = frozenset(() if any(map(_has_words, data.records(unknown[:_LOOKED_AT]))) else unknown)
    for group in data.exact:
        anchor = group.rows[0]
        if anchor in left_out:
            continue
        for copy in group.rows[1:]:
            yield Hit(f"exact copy of {places.of(anchor, copy)}", at=copy, related=((anchor, 1.0),))


def _has_words(value: Any) -> bool:
    """Whether a value of a row is a text with a letter, or has one in it."""
    if isinstance(value, str):
        return any(map(str.isalpha, value))
    if isinstance(value, dict):
        return any(map(_has_words, value.values()))
    return isinstance(value, list) and any(map(_has_words, value))
