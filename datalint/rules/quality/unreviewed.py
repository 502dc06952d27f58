"""Rows are not marked as reviewed by a person.

## What it does
If a field says which rows a person reviewed (`reviewed`, `verified`, `approved_by`, `review_status` …), reports how
many are not: empty, false, or a word such as "pending". The limit is the profile's limit for `reviewed-share`. If other
fields say that all of these rows were checked in another way (`verified_by_engine: true`), this is a note.

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
Review the rows without a mark and set the field, or train only on the reviewed rows.
## Known limits
Without such a field, the review is *not assessed*, which is not a pass. datalint can't check whether the field is
correct.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from datalint.api import Dataset, Hit, Options, Places, Severity, counted, excerpt, listed, percent, rule

#: Keys that say, by true, that a row was checked, by a program or against a source; and the longest that is looked at.
_CHECKED: Final = r"(?i)(?:.{0,40}[_ -])?(?:verified|validated|checked|tested|passed)(?:[_ -].{0,40})?"
_LONGEST: Final = 60
#: Rows that are looked at, and keys that are named.
_ROWS: Final = 40
_NAMED: Final = 2


@rule("QUA026", "unreviewed", severity=Severity.WARNING, since="0.1", needs={"review"})
def unreviewed(data: Dataset, options: Options) -> Iterator[Hit]:
    """Yield one hit for the dataset when the reviewed share is under the limit; it names the first row without a review."""
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
    others = _other_checks(data, review.key)
    shown = listed((f'"{excerpt(other, 40)}"' for other in others), len(others), _NAMED)
    first = review.first_unreviewed
    place = f" (first: {Places(data).of(first, 0)})" if share and first is not None else ""
    yield Hit(
        f'{missing} of {review.total:,} not reviewed, by "{key}"{place}: {percent(share)} reviewed, wanted {wanted}'
        + (f"; those without a mark that were looked at are true in {shown}" if others else ""),
        related=() if first is None else ((first, None),),
        severity=Severity.INFO if others else None,
        key=key,
    )


def _other_checks(data: Dataset, review: str) -> list[str]:
    """Return the keys that say that rows without a review were checked in another way; none if one of them was not."""
    step = max(data.size // _ROWS, 1)
    rows = [row for row in data.records(range(0, data.size, step)[:_ROWS]) if _is_unset(row.get(review))]
    found: dict[str, None] = {}
    for row in rows:
        checks = [key for key, value in row.items() if value is True and key != review and len(key) <= _LONGEST]
        checks = [key for key in checks if re.fullmatch(_CHECKED, key)]
        if not checks:
            return []
        found.update(dict.fromkeys(checks))
    return list(found)


def _is_unset(mark: Any) -> bool:
    return mark in (None, False, "")
