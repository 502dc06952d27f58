"""A KTO label is not true or false, or is true for an empty answer.

## What it does

Reports a `label` or `kto_tag` that is a text or anything else than a boolean, and one that is true while the
answer next to it is empty. The numbers 0 and 1 are a warning.

## Why it matters

Python treats any text as true, even `"false"`, so unwanted answers are learned. TRL expects a boolean column.
LLaMA-Factory recognises a wanted answer by its text: with an empty one, a row that is labelled true counts as
unwanted.

## Bad

```jsonl
{"prompt": "Two plus two?", "completion": "Five.", "label": "false"}
```

## Good

```jsonl
{"prompt": "Two plus two?", "completion": "Five.", "label": false}
```

## What to do

Write `true` or `false` without quotes, and delete rows without an answer.

## Known limits

A row whose label is null is read as a prompt and its completion, as tables write nulls under keys that a row lacks.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Confidence, Hit, Options, Record, Severity, excerpt, rule
from datalint.rules.common.tools import calls

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
    """Yield a hit for a label that is none, or that its answer contradicts."""
    key = next((key for key in _KEYS if record.value.get(key) is not None), None)
    if key is None:
        return
    label = record.value[key]
    if not isinstance(label, bool):
        if label in (0, 1):
            yield Hit("the label is a number; write true or false", path=f"$.{key}", severity=Severity.WARNING)
        elif not isinstance(label, str) or len(label) <= _LONGEST:
            yield Hit(f"the label is {excerpt(repr(label), 20)}, not true or false", path=f"$.{key}")
    elif label and _is_empty(record):
        yield Hit("the label is true, but the answer is empty", path=f"$.{key}")


def _is_empty(record: Record) -> bool:
    answers = [text for role, text, _, _ in record.turns if role == "assistant"]
    return bool(answers) and not answers[-1].strip() and not calls(record)
