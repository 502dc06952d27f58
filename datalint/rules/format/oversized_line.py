"""A line is too long to be a training row.

## What it does

Reports lines that are larger than a limit, 16 MiB by default. Also reports, as errors, rows that are too large to
read: those of more than 256 MiB or more than 500,000 values (keys, items, objects and lists). If a text has more than
1 MiB, only its first MiB is checked, and the row is reported.

## Why it matters

A text of 16 MiB is about four million tokens, more than any context window in fine-tuning, so the trainer would cut
off nearly all of it. Such lines contain embedded files, or are a dataset that lost its line breaks. Readers with fixed
block sizes fail on them too: Arrow stops with "straddling object straddles two block boundaries" (datasets#2799).

## Bad

One row with 17 MiB of the letter a, compressed with bzip2:

```bytes
BZh91AY&SY*v\\ra\\x02\"*Y\\x80\\x80\\x12P\\x00\\x00\\x10\"\\x00\\x04J\\x00\\x08 \\x00P\\x81\\xa0h\\x05*\\x9aM\\xea\\x9ayM\\xe6{\\x9b\\xfb\\xee\\\\\\x84!\\rj\\x8a(\\xa2\\xcew\\xcek\\xc8B\\x10\\xfe.\\xe4\\x8ap\\xa1 T\\xec\\x1a\\xc2
```

## Good

```bytes
{"text": "A paragraph."}\\n
```

## What to do

Split the row where its texts or sentences end, and refer to images and files by their path.

## Known limits

Lines of up to 16 MiB are never reported, whatever the limit, because the reader records only longer ones. The limits
on what is read and checked can't be changed; they bound the memory that one row takes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from datalint.api import Confidence, FileFacts, Hit, Options, Severity, frozen, option, rule

_MIB: Final = 1 << 20


@frozen
class OversizedLineOptions(Options):
    """Limit of a line's size."""

    limit: float = option(
        16,
        "MiB that a line may have, 16 or more",
        source="4 million tokens at 4 bytes each, beyond every context window",
    )


@rule("FMT016", "oversized-line", severity=Severity.WARNING, since="0.1", confidence=Confidence.HIGH)
def oversized_line(file: FileFacts, options: OversizedLineOptions) -> Iterator[Hit]:
    """Yield a hit for each line over the limit, each row that was refused for its size, and each text that was cut."""
    refused = set()
    for hit in file.seen("oversized-line"):
        refused.add(hit.line)
        hit.severity = Severity.ERROR
        yield hit
    cut = dict(file.long_texts)
    for line, size in file.long_lines:
        if size > options.limit * _MIB and line not in refused:
            most = cut.pop(line, None)
            rest = "" if most is None else f"; only the first {most / _MIB:g} MiB of a text are checked"
            yield Hit(f"the line is {size / _MIB:,.1f} MiB long, limit {options.limit:g} MiB{rest}", line=line)
    for line, most in cut.items():
        yield Hit(f"a text is over {most / _MIB:g} MiB long; only the first {most / _MIB:g} MiB are checked", line=line)
