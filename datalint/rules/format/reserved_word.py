r"""A text holds a word that the target's training refuses.

## What it does

Looks for the words that a provider of `--target` reserves: Amazon Nova on Bedrock (`bedrock-nova`) for `User:`, `Bot:`,
`Assistant:`, `System:`, `<image>`, `<video>` and `[EOS]` in prompts, Claude 3 Haiku on Bedrock (`bedrock-haiku`) for
`Human:` and `Assistant:` at the start of a line of any text. Without a target, or with another one, nothing is
reserved.

## Why it matters

The job fails. Nova's documentation says so for user and system prompts that contain any of its words, and the
validator that AWS ships for Claude 3 Haiku rejects the file.

## Bad

```toml config
target = "bedrock-nova"
```
```jsonl
{"prompt": "What does System: ready mean?", "completion": "The log begins."}
```

## Good

```toml config
target = "bedrock-nova"
```
```jsonl
{"prompt": "What does ready mean, after the word system?", "completion": "The log begins."}
```

## What to do

Write the text without the word.

## Known limits

The words are matched case-sensitively. Whether a provider ignores case is not documented.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from datalint.api import Confidence, Hit, Options, Record, Severity, printable, rule

_NAME: Final = "reserved-word"


@rule(
    "FMT602",
    _NAME,
    severity=Severity.ERROR,
    since="0.1",
    requires={"target"},
    needs={"target"},
    confidence=Confidence.HIGH,
)
def reserved_word(record: Record, options: Options) -> Iterator[Hit]:
    """Yield a hit for each text with any of the words."""
    for treatment in record.treatments:
        for fault in treatment.faults:
            if fault.rule == _NAME:
                yield Hit(printable(f"{fault.what} in the text, which {treatment.target} refuses"), path=fault.path)
