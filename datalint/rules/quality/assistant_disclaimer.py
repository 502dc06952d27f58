r"""A response mentions being an AI instead of answering.

## What it does
Reports responses with "as an AI language model", "as a large language model, I", a knowledge cut-off, "my last update"
or "I don't have personal opinions", in English and Chinese. The following are not reported: rejected answers, tool
calls, quotations and strings of code inside a response, and answers to a prompt that mentions an AI itself. If over a
quarter of the examples have such a sentence, they are reported as one finding, because it may be intended, for example
in a medical assistant.

## Why it matters
Such sentences come from the model that generated the data. The trained model repeats them, with a cut-off date that is
not its own. They are common: 25 of 999 answers in LLaMA-Factory's English Alpaca sample have one.

## Bad
```jsonl
{"prompt": "Is tea better than coffee?", "completion": "As an AI language model, I don't have preferences. Both wake you up."}
```

## Good
```jsonl
{"prompt": "Is tea better than coffee?", "completion": "That is a matter of taste. Both wake you up."}
{"prompt": "What do you advise a student?", "completion": "As an AI researcher, I would start with linear algebra."}
```

## What to do
Delete the sentence, or remove the row if nothing else is left.

## Known limits
A text about language models may contain the same words in the third person; they are reported only if the sentence
continues with "I". In a conversation about an AI, nothing is reported. If your assistant should say that it is an AI,
ignore this rule for those rows.
"""

from __future__ import annotations

from typing import Any

import polars as pl

from datalint.api import Confidence, Options, Policy, Severity, Turns, excerpt, rule
from datalint.rules.common.responses.disclaimers import find_disclaimer, may_disclaim


@rule(
    "QUA008",
    "assistant-disclaimer",
    severity=Severity.WARNING,
    since="0.1",
    confidence=Confidence.LOW,
    policy=Policy("mention being an AI: a policy of the assistant, or a habit of the model that wrote them"),
)
def assistant_disclaimer(turns: Turns, options: Options) -> pl.Expr:
    """Find responses that speak of being an AI."""
    return may_disclaim(turns)


@assistant_disclaimer.detail
def _word(row: dict[str, Any], options: Options) -> str | None:
    text = row["text"].rstrip()
    start = find_disclaimer(text, row["prompt"])
    return None if start is None else f'mentions being an AI: "{excerpt(text, 60, start=start)}"'
