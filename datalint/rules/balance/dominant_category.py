"""One category holds most of the examples.

## What it does
Finds the most frequent value of the category key. A share at or above the fail limit of `largest-category-share` (90 %
in the profile `guide`) is an error. A share over `even-factor` times the even share (100 % ÷ categories) is a warning,
or a note if the key only sorts the rows: it was found by its name, and rows of one value have many different responses,
or responses that rows of other values have too.
The message says if the evenness of all categories is also under its limit. If several labels are learned, a note names
those next to the category of which one value has as large a share of `other-rows` rows or more (`sarcasm` next to
`sentiment`).

## Why it matters
90 % in one category is the guide's Bad column for balance: a model that always gives the answer of that category is
correct nine times in ten, and learns to do so.

## Bad
```jsonl vary=19
{"prompt": "{w}", "completion": "{w}", "category": "billing"}
```
```jsonl
{"prompt": "Where is my parcel?", "completion": "It left the depot this morning.", "category": "delivery"}
```
## Good
```jsonl vary=10
{"prompt": "{w}", "completion": "{w}", "category": "billing"}
```
```jsonl vary=8
{"prompt": "About delivery: {w}", "completion": "Answer {n}: {w}", "category": "delivery"}
```
## What to do
Add examples of the other categories, or sample fewer examples of the largest one. If each class has a file of its own,
check their folder as one dataset.
## Known limits
Not counted as categories:
- rows without a value, and several marks of a text (`anger`, `joy`: 0 or 1), unless each row has one of them;
  `--category` takes one of the marks
- ten or more different numbers under the name of a grade (`rating`, `score`)
- a `label` of true and false that says which of several responses are right
- a key that was found by its name, if all rows have one value, and the file or its folder has that name or the rows are
  an evaluation set

If a key has one value in all rows, it is a warning where this is what the model learns: the other classes are often in
another file, which the message names. Otherwise it is reported only if it was configured.

The warning does not apply to:
- rows that may have several labels, as one label may be in half the rows or more
- a declared distribution, which `off-target-share` checks
- evaluation sets, and data that may be one by a name or a key, which may be as uneven as what they represent

[Stray values](uneven-categories.md#known-limits) lower no even share. The gates of balance have the same limits.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import PurePath

from datalint.api import Chunk, Dataset, Hit, Options, Severity, excerpt, frozen, listed, option, percent, rule
from datalint.rules.common.labels.categories import (
    EVEN_FACTOR,
    LEAST_SHARE,
    bad_share,
    is_dominated,
    is_learned,
    unevenness,
)
from datalint.rules.common.labels.label_columns import Labels, add_labels, count_labels, dominated

#: Files that a message names.
_NAMED = 3


@frozen
class DominantCategoryOptions(Options):
    """When a category dominates."""

    even_factor: float = option(
        EVEN_FACTOR,
        "times its even share from which the largest category is reported",
        source="eight of ten public sets stay under",
    )
    least_share: float = option(
        LEAST_SHARE,
        "share from which it may be reported",
        source="of 29 categories twice the even share is 7 %, which dominates nothing",
    )
    other_rows: int = option(
        50, "rows with a label next to the category that are judged", source="shares of fewer are chance"
    )


def _others(data: Dataset) -> str:
    """Return words on the files of the other classes, with the command that checks all of them if they are found."""
    names = data.files_of_classes
    if not names:
        return "if the other classes have files of their own, check all of them together"
    path = PurePath(data.files[0].path)
    every = [path, *(path.with_name(name) for name in names)] if len(names) < _NAMED else [path.parent]
    command = " ".join(shlex.quote(each.as_posix()) for each in every)
    shown = listed((excerpt(name, 30) for name in names), len(names), _NAMED)
    return f"others are in {shown}, so check all: datalint check {command}"


@rule("BAL001", "dominant-category", severity=Severity.ERROR, since="0.1", needs={"category"})
def dominant_category(data: Dataset, options: DominantCategoryOptions) -> Iterator[Hit]:
    """Yield one hit for the dataset when its largest category is over a limit."""
    category = data.category
    if category is None:
        return
    if data.measured is not None and data.kind != "evaluation":
        rare = dominated(data.measured, data.size, options.other_rows, bad_share(data), category.key)
        if rare:
            yield Hit(f"of the labels that are learned, {rare}", severity=Severity.INFO, key="others")
    if not is_dominated(data, options.even_factor, options.least_share):
        return
    value, count = next(iter(category.counts.items()))
    if category.is_constant:
        if data.kind != "evaluation" and is_learned(data, category):
            yield Hit(
                f'"{excerpt(value, 40)}" is the only value of "{excerpt(category.key, 40)}" in {category.total:,} examples; '
                f"{_others(data)}",
                severity=Severity.WARNING,
            )
        return
    share, even, bad = count / category.total, 1 / category.ways, bad_share(data)
    # A share that is rounded to the limit is given with a decimal.
    part = f"{100 * share:.1f} %" if share > bad and percent(share) == percent(bad) else percent(share)
    words = f'"{excerpt(value, 40)}" is {part} of {category.total:,} examples by "{excerpt(category.key, 40)}"'
    uneven = unevenness(data)
    more = f"; {uneven}" if uneven is not None else ""
    if share >= bad:
        yield Hit(f"{words}, limit {percent(bad)}{more}")
    else:
        yield Hit(
            f"{words}, {share / even:.1f} times the even share (limit {options.even_factor:g} times){more}",
            severity=Severity.WARNING if is_learned(data, category) else Severity.INFO,
        )


@dominant_category.measure
def count(chunk: Chunk, options: DominantCategoryOptions) -> Labels:
    """Count the labels of a chunk, where a response has several."""
    return count_labels(chunk)


dominant_category.merge(add_labels)
