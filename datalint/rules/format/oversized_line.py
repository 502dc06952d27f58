"""A line is too long to be a row anyone means to train on.

## What it does

Reports lines over a limit in size, 16 MiB by default.

## Why it matters

Sixteen MiB of text are some four million tokens, more than any context window in fine-tuning, so the trainer would
cut away nearly all of it. Such lines are embedded files, or a whole dataset that lost its line breaks. Readers with
fixed blocks fail on them too: Arrow stops at "straddling object straddles two block boundaries" (datasets#2799).

## Bad

```toml
limit = 16
```

## Good

```bytes
{"text": "A paragraph."}\\n
```

## What to do

Keep images and files beside the rows and refer to them by path, or split the text.

## Known limits

Lines up to 16 MiB are never reported, whatever the limit: the reader notes longer ones alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from datalint.api import FileFacts, Hit, Options, Severity, option, rule


@dataclass(frozen=True)
class OversizedLineOptions(Options):
    """Limit of a line's size."""

    limit: float = option(
        16, "MiB that a line may have, 16 or more", source="4 million tokens at 4 bytes, beyond every context window"
    )


@rule("FMT016", "oversized-line", severity=Severity.WARNING, since="0.1")
def oversized_line(file: FileFacts, options: OversizedLineOptions) -> Iterator[Hit]:
    """Yield a hit for each line over the limit."""
    for line, size in file.long_lines:
        mebibytes = size / (1 << 20)
        if mebibytes > options.limit:
            yield Hit(f"the line has {mebibytes:,.1f} MiB, over {options.limit:g} MiB", line=line)
