"""A row's own list of accepted findings is not valid.

## What it does
Reports a key `_datalint` that names a rule that does not exist, or is not an object with a list of rules under
`ignore`, a text under `reason`, and, if wanted, a date such as `2027-01-31` under `until`.

## Why it matters
The key says which findings in its row are accepted on purpose. A rule that does not exist accepts nothing, and neither
does a row that gives no reason: the findings are reported as before.

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
A rule of a plug-in that is not installed does not exist.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Hit, Options, Record, Severity, rule


@rule("FMT113", "invalid-acceptance", severity=Severity.WARNING, since="0.2", requires={"json"}, gated=False)
def invalid_acceptance(record: Record, options: Options) -> Iterator[Hit]:
    """Yield what is wrong with the key of a row that accepts findings."""
    yield from record.seen("invalid-acceptance")
