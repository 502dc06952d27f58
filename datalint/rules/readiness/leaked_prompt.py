"""A training prompt is in the evaluation set with another answer.

## What it does
Reports training rows whose system prompt, prompt and earlier turns stand in the evaluation set with another
answer.

## Why it matters
The model has seen the question, so its score there says less about new ones. Where the two answers differ, the
evaluation also marks as wrong what training taught.

## Bad
```jsonl
{"prompt": "What does HTTP 404 mean?", "completion": "The server has no such page."}
```
```jsonl eval
{"prompt": "What does HTTP 404 mean?", "completion": "Nothing was found under that address."}
```
## Good
```jsonl
{"prompt": "What does HTTP 404 mean?", "completion": "The server has no such page."}
```
```jsonl eval
{"prompt": "Which port does HTTPS use?", "completion": "443, unless the address names another one."}
```
## What to do
Split so that all answers to one prompt stay on one side: `datalint split DATA --eval 10% --output DIR`.
## Known limits
A set whose prompts are all one fixed instruction, and whose rows differ in the response alone, is reported as a
whole.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import MOST_RELATED, Dataset, Fix, Hit, Options, Places, Severity, listed, rule
from datalint.rules.common.leaks import leaks_by_row


@rule("RDY005", "leaked-prompt", severity=Severity.WARNING, since="0.1", needs={"leaks"}, fix=Fix.removal())
def leaked_prompt(data: Dataset, options: Options) -> Iterator[Hit]:
    """Yield a hit at each training row whose prompt evaluation holds with another answer."""
    places = Places(data)
    for row, leaks in leaks_by_row(data, "prompt"):
        where = listed((places.of_evaluation(leak.evaluation) for leak in leaks), len(leaks), 2)
        yield Hit(
            f"same prompt with another answer in the evaluation set: {where}",
            at=row,
            related_eval=tuple((leak.evaluation, None) for leak in leaks[:MOST_RELATED]),
        )
