r"""A response ends without a full stop, which its other sentences have.

## What it does
Reports a response of at least `min-chars` characters whose last sentence, or last paragraph of a single sentence, has
no full stop although the others have one. The last line must be prose: code, lists, tables, quotations, headings,
signatures, names, wishes, hash tags, option letters and results with a number are not reported, and neither are
responses to a prompt that says how to end.

## Why it matters
Either the answer was cut off at a token limit, or its author forgot the full stop. In generated data, nearly all such
answers are cut off. In data that people wrote, the full stop is often just missing, so the rule is off unless you
select it.

## Bad
```jsonl
{"prompt": "How do I start with bonds?", "completion": "Open an account with a broker first, which takes a day or two and some proof of who you are. Then decide how much you can leave alone for five years, since a bond that is sold early may bring less than it cost. While government bonds"}
```

## Good
```jsonl
{"prompt": "How do I start with bonds?", "completion": "Open an account with a broker first, which takes a day or two and some proof of who you are. Then decide how much you can leave alone for five years, since a bond that is sold early may bring less than it cost.\n\n- Government bonds\n- Corporate bonds"}
```

## What to do
Generate the answer again with a higher limit, cut it after its last whole sentence, or add the full stop.

## Known limits
The rule can't determine whether an answer was cut off. An answer that stops after a word such as "the", or at a comma,
is reported as [truncated-response](truncated-response.md).
"""

from __future__ import annotations

from typing import Any, Final

import polars as pl

from datalint.api import Confidence, Options, Severity, Turns, excerpt, frozen, option, rule
from datalint.rules.common.responses.endings import END, before_last_line, ends_with, last_line
from datalint.rules.common.responses.open_ends import may_be_cut, missing_stop
from datalint.rules.common.texts.scripts import unlabelled

#: The last characters: a sentence's end with a piece behind it, on the same line or the next.
_GATE: Final = rf"(?:{END}[^.!?。！？\n]*\p{{L}}|[.!?。！？][\"”’)）]*\s*\n[^.!?。！？\n]{{20,}}\p{{L}})\s*$"


@frozen
class MissingStopOptions(Options):
    """When a response is checked."""

    min_chars: int = option(
        200, "characters from which a response is checked", source="shorter ones are labels, titles and names"
    )


@rule("QUA031", "missing-full-stop", severity=Severity.INFO, since="0.1", confidence=Confidence.LOW)
def missing_full_stop(turns: Turns, options: MissingStopOptions) -> pl.Expr:
    """Find responses whose last sentence may be without a full stop."""
    return ends_with(turns, _GATE, options.min_chars)


@missing_full_stop.detail
def where(row: dict[str, Any], options: MissingStopOptions) -> str | None:
    """Say which others have a full stop."""
    said = unlabelled(row["text"])
    what = missing_stop(before_last_line(said), last_line(said)) if may_be_cut(row) else None
    if what is None:
        return None
    return f'no full stop at the end, {what} (cut or forgotten?): "{excerpt(row["text"].rstrip(), 50, end=True)}"'
