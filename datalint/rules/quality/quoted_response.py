r"""All responses of a dataset are written in quotation marks.

## What it does
Counts responses of 20 characters or more that begin and end with a quotation mark and have none in between. If nearly
all responses are like this, one finding says so.

## Why it matters
The model learns to write every answer in quotation marks. They come from an export that wrote them twice, or from a
model that was asked for a text and quoted it.

## Bad
```jsonl vary=20
{"prompt": "Summarize film {n}.", "completion": "\"{w} is lost at sea, and nobody but a guard at gate {n} looks for it.\""}
```

## Good
```jsonl
{"prompt": "Summarize the film.", "completion": "A boat is lost at sea, and nobody but a guard looks for it."}
```

## What to do
Remove the first and the last character of the responses.

## Known limits
Where only a part of the responses are quoted, nothing is reported: some may be what somebody says.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import polars as pl

from datalint.api import Chunk, Dataset, Hit, Options, Severity, Turns, frozen, option, rule
from datalint.rules.common.nearly_all import Found, found_in, joined, nearly_all
from datalint.rules.common.turns import learned

#: What opens and closes a quotation.
_MARKS: Final = (('"', '"'), ("“", "”"), ("„", "“"), ("«", "»"))
#: Characters of a response from which it may be a sentence, and responses from which a share says something.
_LONG: Final = 20
_LEAST: Final = 20


@frozen
class QuotedOptions(Options):
    """When the responses of a dataset are quoted."""

    share: float = option(
        0.9,
        "share of quoted responses from which they are reported",
        source="of 326 summaries in a public set, all are",
    )


@rule("QUA041", "quoted-response", severity=Severity.WARNING, since="0.1")
def quoted_response(data: Dataset, options: QuotedOptions) -> Iterator[Hit]:
    """Yield one hit, at the first quoted response, if nearly all are."""
    quoted = nearly_all(data.measured, options.share, _LEAST)
    if quoted is not None:
        share, first = quoted
        yield Hit(f"{share} are written in quotation marks; remove these", at=first, key="all")


@quoted_response.measure
def count_quoted(chunk: Chunk, options: QuotedOptions) -> Found:
    """Count the responses of a chunk that are of some length, and those in quotation marks."""
    turns = Turns()
    long = chunk.turns.lazy().filter(learned(turns) & ~turns.has_tool_calls & (turns.chars >= _LONG))
    return found_in(chunk, long.select("example", has=_is_quoted(turns.text)).collect(engine="in-memory"))


def _is_quoted(text: pl.Expr) -> pl.Expr:
    bare = text.str.strip_chars()
    found = pl.lit(value=False)
    for first, last in _MARKS:
        # Few texts begin with a mark, and only in those the marks are counted.
        begins = bare.str.starts_with(first) & bare.str.ends_with(last)
        found |= begins & (bare.str.count_matches(f"[{first}{last}]") == len((first, last)))
    return found


quoted_response.merge(joined)
