"""A row's own list of accepted findings is not valid.

## What it does
Reports a key `_datalint` that names a rule that does not exist, or whose value has the wrong form. The value must be
an object with a list of rules under `ignore`, a text under `reason`, and optionally a date such as `2027-01-31` under
`until`.

## Why it matters
The key lists the findings of its row that you accept on purpose. An entry for a rule that does not exist, or without a
reason, has no effect: the findings are still reported.

## Bad
```jsonl
{"prompt": "Is the shop open on Sunday?", "completion": "No.", "_datalint": {"ignore": ["QAU007"], "reason": "Short on purpose."}}
```
```jsonl
{"prompt": "Is the shop open on Sunday?", "completion": "No.", "_datalint": {"ignore": ["QUA007"]}}
```
## Good
```jsonl
{"prompt": "Is the shop open on Sunday?", "completion": "No.", "_datalint": {"ignore": ["QUA007"], "reason": "Short on purpose."}}
```
## What to do
Correct the rule, or add what is missing: `{"ignore": ["QUA007"], "reason": "Short on purpose."}`.
## Known limits
Rules of a plug-in that is not installed count as rules that do not exist.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Hit, Options, Record, Severity, rule


@rule("FMT113", "invalid-acceptance", severity=Severity.WARNING, since="0.2", requires={"json"}, gated=False)
def invalid_acceptance(record: Record, options: Options) -> Iterator[Hit]:
    """Yield what is wrong with the key of a row that accepts findings."""
    yield from record.seen("invalid-acceptance")
