"""Rows are not marked as reviewed by a person.

## What it does
If a field says which rows a person reviewed (`reviewed`, `verified`, `approved_by`, `review_status` …), reports how
many are not: empty, false, or a word such as "pending". The limit is the profile's limit for `reviewed-share`.

## Why it matters
The guide's Good column for quality says "human-reviewed". If only some rows are marked, the review is not finished,
and training does not distinguish reviewed rows from the others.

## Bad
```jsonl
{"prompt": "What does HTTP 404 mean?", "completion": "The server has no such page.", "reviewed": true}
{"prompt": "What does HTTP 500 mean?", "completion": "The server failed.", "reviewed": false}
```
## Good
```jsonl
{"prompt": "What does HTTP 404 mean?", "completion": "The server has no such page.", "reviewed": true}
{"prompt": "What does HTTP 500 mean?", "completion": "The server failed.", "reviewed": true}
```
## What to do
Review the reported rows and set the field, or train only on the reviewed rows.
## Known limits
Without such a field, the review is *not assessed*, which is not a pass. datalint can't check whether the field is
correct.
"""

from __future__ import annotations

from collections.abc import Iterator

from datalint.api import Confidence, Dataset, Hit, Options, Severity, counted, excerpt, percent, rule


@rule("QUA026", "unreviewed", severity=Severity.WARNING, since="0.1", needs={"review"}, confidence=Confidence.HIGH)
def unreviewed(data: Dataset, options: Options) -> Iterator[Hit]:
    """Yield one hit at the first row without a review when the reviewed share is under the limit."""
    review = data.review
    if review is None or review.total == 0:
        return
    warn, fail = data.limits.get("reviewed-share", (None, None))
    limit = warn if warn is not None else fail
    share = review.reviewed / review.total
    if limit is None or share >= limit:
        return
    missing = counted(review.total - review.reviewed, "row")
    wanted = "all" if limit >= 1 else percent(limit)
    key = excerpt(review.key, 40)
    yield Hit(
        f'{missing} of {review.total:,} not marked in "{key}": {percent(share)} reviewed, wanted {wanted}',
        at=review.first_unreviewed,
    )
