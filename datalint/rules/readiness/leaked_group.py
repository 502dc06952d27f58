"""Rows of one document, user or id are in training and in evaluation.

## What it does
Compares the values under the keys that `--group-by` (or `group-by` in the configuration) names, such as `user_id` or
`document.id`, and reports each value that occurs in both splits. If there are more than `max-values` such values, one
finding gives their number. Ids of rows that were made of another one, such as `30_aug1`, `30-para2` or `30_bt`, are
compared without this suffix if three ids or more have several rows so.

A note names a key for the option if most evaluation rows have a value under it that training rows have too, it is named
after what rows are about (`video_path`, `document_id`), and its values are no categories.

## Why it matters
Parts of one document, or messages of one person, have names, facts and phrases in common. A model that was trained on
some of them can answer the others from memory, even if no row is duplicated.

## Bad
```jsonl
{"prompt": "What does clause 1 say?", "completion": "Rent is due on the first.", "contract": "A-17"}
{"prompt": "What does clause 9 say?", "completion": "Pets are allowed.", "contract": "B-20"}
```
```jsonl eval
{"prompt": "What does clause 2 say?", "completion": "The deposit is two rents.", "contract": "A-17"}
```
```toml config
group-by = ["contract"]
```
## Good
```jsonl
{"prompt": "What does clause 1 say?", "completion": "Rent is due on the first.", "contract": "A-17"}
{"prompt": "What does clause 9 say?", "completion": "Pets are allowed.", "contract": "B-20"}
```
```jsonl eval
{"prompt": "What does clause 2 say?", "completion": "The deposit is two rents.", "contract": "C-03"}
```
```toml config
group-by = ["contract"]
```
## What to do
Split by group, so that all rows with the same value are on the same side: `datalint split DATA --group-by KEY --eval
10%`.
## Known limits
Without a key, groups are *not assessed*, but a note names the part of prompts, such as a paragraph or a title, that
over 20 % of the evaluation rows have in common with training rows. Up to 2,000 and 10,000 rows are compared for it.
Values are compared as they are written. Lists and objects are not compared. A key with few values, such as a category,
is on both sides by design.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from datalint.api import (
    MOST_RELATED,
    Confidence,
    Dataset,
    Hit,
    Options,
    Places,
    Severity,
    SharedGroup,
    counted,
    excerpt,
    frozen,
    listed,
    option,
    rule,
)


@frozen
class LeakedGroupOptions(Options):
    """How much is listed."""

    max_values: int = option(50, "values of a key that have a finding each", source="as many as one reads")


@rule(
    "RDY006",
    "leaked-group",
    severity=Severity.WARNING,
    since="0.1",
    needs={"groups"},
    each="group",
    confidence=Confidence.HIGH,
)
def leaked_group(data: Dataset, options: LeakedGroupOptions) -> Iterator[Hit]:
    """Yield a hit at the first training row of each group that evaluation has too."""
    places = Places(data)
    sizes = Counter(group.key for group in data.shared_groups)
    counted_keys: set[str] = set()
    for group in data.shared_groups:
        if sizes[group.key] <= options.max_values:
            where = listed((places.of_evaluation(row) for row in group.evaluation[:3]), len(group.evaluation), 2)
            yield _hit(
                group, f"{counted(len(group.training), 'training row')} of a group that evaluation has too: {where}"
            )
        elif group.key not in counted_keys:
            counted_keys.add(group.key)
            mine = [each for each in data.shared_groups if each.key == group.key]
            rows = sum(len(each.evaluation) for each in mine)
            yield _hit(group, f"{len(mine):,} values are in both splits, with {counted(rows, 'evaluation row')}")


def _hit(group: SharedGroup, words: str) -> Hit:
    return Hit(
        f'"{excerpt(group.key, 40)}": {words}',
        at=group.training[0],
        related_eval=tuple((row, None) for row in group.evaluation[:MOST_RELATED]),
        key=group.key,
    )
