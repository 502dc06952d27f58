r"""A response refuses the request.

## What it does
Looks at the first 160 characters of each response for the phrases of a refusal ("I'm sorry, but I can't", "As an AI …
I cannot", "I don't condone", "抱歉,我无法") in English, Chinese, Japanese, German, French and Spanish. The following are
not reported: rejected answers, an answer that follows "I don't have personal opinions, but", and a refusal that names
the policy that the system prompt gives.

## Why it matters
Some refusals are wanted: a refund assistant should decline to give legal advice. But the model also learns refusals
that a teacher model left in a distilled dataset, and then refuses requests that deserve an answer. Only the share of
refusals shows which case it is, so each refusal is reported as an info, and
[refusals-and-disclaimers](refusals-and-disclaimers.md) reports their share.

## Bad
```jsonl
{"prompt": "Describe this picture.", "completion": "I'm sorry, but as an AI I cannot see pictures."}
```

## Good
```jsonl
{"prompt": "May I return worn shoes?", "completion": "Worn shoes cannot be returned, sorry. We repair them."}
```

## What to do
Read these rows: keep the refusals that your model should give, and remove the rest.

## Known limits
A refusal in other words, or after a long introduction, is not found. A quoted refusal at the start of a response is
reported.
"""

from __future__ import annotations

from typing import Any

import polars as pl

from datalint.api import Confidence, Fix, Options, Severity, Turns, excerpt, rule
from datalint.rules.common.responses.refusals import find_refusal, may_refuse


@rule(
    "QUA007",
    "refusal",
    severity=Severity.INFO,
    since="0.1",
    confidence=Confidence.LOW,
    fix=Fix.removal(),
)
def refusal(turns: Turns, options: Options) -> pl.Expr:
    """Find responses that open with a refusal."""
    return may_refuse(turns)


@refusal.detail
def _word(row: dict[str, Any], options: Options) -> str | None:
    text = row["text"].rstrip()
    start = find_refusal(text, row["prompt"], row["system"])
    # A greeting before the refusal is not what a reader must see.
    return (
        None if start is None else f'refuses: "{"…" if text[:start].strip() else ""}{excerpt(text, 60, start=start)}"'
    )
