"""The evaluation set is too small to distinguish models.

## What it does
Reports an evaluation set of fewer than `min-rows` rows (or the profile's limit for `evaluation-examples`, if that is
more), or clearly fewer than `min-share` of the different training rows, up to `enough-rows`: a tenth less than that is
enough. If none of its rows could be read, or all rows of a file are of unknown shape, it says so. So it does of a file
of texts without a prompt next to training rows that all have one, as neither is compared with the other, and of a file
of 20 rows or more that all have one answer (-1, "?" or none), while the training rows have others: the labels were left
out. Neither this rule nor the gate counts such rows.

## Why it matters
A rate that is measured on 50 rows is accurate to ±14 points, on 200 rows to ±7, and on 1,000 rows to ±3 (95 %).
Smaller sets rank models by luck. A thousand rows are enough for a training set of any size.

## Bad
```jsonl vary=60
{"prompt": "{w}", "completion": "{w}"}
```
```jsonl eval vary=10
{"prompt": "Asked later: {w}", "completion": "Reply {n}: {w}"}
```
## Good
```jsonl vary=60
{"prompt": "{w}", "completion": "{w}"}
```
```jsonl eval vary=60
{"prompt": "Asked later: {w}", "completion": "Reply {n}: {w}"}
```
## What to do
Hold out more: 5 to 10 % of the rows, at least 50: `datalint split DATA --eval 10% --output DIR`. A smaller training set
costs less than an evaluation that is decided by chance. Where a fifth of all rows is held out already, write more. If
the labels were left out, look for the file that has them (`test_gold.csv`), or hold out rows of the training set.
## Known limits
Evaluation rows are counted as they are, and training rows without exact copies. A passage with several questions counts as often as it has answers, in
both sets. Nothing is reported if no training row is valid.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from datalint.api import Dataset, Hit, Options, Severity, counted, excerpt, frozen, option, percent, rule
from datalint.rules.common.labels.hidden_labels import hidden_labels
from datalint.rules.common.labels.unread_files import are_texts, unread_files

#: Part of the wanted share from which the rest is not missed: a split at random is seldom exact.
_NEARLY: Final = 0.9


@frozen
class SmallEvaluationSetOptions(Options):
    """How many rows are wanted."""

    min_rows: int = option(50, "evaluation rows wanted at least", source="a rate on 50 is known to ±14 points (95 %)")
    min_share: float = option(0.05, "evaluation rows wanted as a share of training rows", source="5 to 10 % is usual")
    enough_rows: int = option(
        1000,
        "evaluation rows from which the share does not matter",
        source="a rate on 1,000 is known to ±3 points (95 %)",
    )


@rule(
    "RDY002",
    "small-evaluation-set",
    severity=Severity.WARNING,
    since="0.1",
    needs={"evaluation"},
    tags={"names-evaluation"},
)
def small_evaluation_set(data: Dataset, options: SmallEvaluationSetOptions) -> Iterator[Hit]:
    """Yield one hit for the dataset when its evaluation set is small."""
    if data.evaluation is None or (data.size and data.measures.get("valid-examples") == 0):
        return
    if not data.evaluation.height and any(file.rows_refused for file in data.evaluation_files):
        if data.size:
            yield Hit("no row of the evaluation set could be read")
        return
    unread = unread_files(data.examples, data.evaluation)
    if unread and sum(unread.values()) == data.evaluation.height:
        yield Hit(f"{_unread(data, [*unread])}, so that none is compared with the training rows")
        return
    for file in unread:
        yield Hit(f"{_unread(data, [file], _of_file(data, file))} and not compared with the training rows")
    hidden = {
        file: count for file, count in hidden_labels(data.examples, data.evaluation).items() if file not in unread
    }
    left = data.evaluation.height - sum(hidden.values()) - sum(unread.values())
    if hidden and not left:
        yield _without_labels(data.evaluation.height)
        return
    for file, count in hidden.items():
        yield _without_labels(count, _of_file(data, file))
    before, after = data.analyses.more_examples
    # Copies of a training row need no further rows to evaluate with.
    distinct = data.examples["normalized"].n_unique()
    rows, size = left + after, distinct + before
    what, which = "examples" if before or after else "rows", "different " if distinct < data.size else ""
    warn, fail = data.limits.get("evaluation-examples", (None, None))
    least = max(options.min_rows, int(warn or fail or 0))
    share = min(math.ceil(options.min_share * size), options.enough_rows)
    if rows < least:
        yield Hit(f"{counted(rows, f'evaluation {what[:-1]}')}, minimum {least:,}")
    elif rows < _NEARLY * share:
        yield Hit(
            f"{counted(rows, f'evaluation {what[:-1]}')} for {size:,} {which}training {what}, wanted {share:,} "
            f"({percent(options.min_share)}, at most {options.enough_rows:,})"
        )


def _of_file(data: Dataset, file: int) -> str:
    return f" of {excerpt(Path(data.evaluation_files[file].path).name, 60)}"


def _unread(data: Dataset, files: list[int], where: str = "") -> str:
    assert data.evaluation is not None
    rows = data.evaluation.filter(data.evaluation["file"].is_in(files))
    shapes = rows["shape"]
    every = f"all {counted(len(shapes), 'evaluation row')}{where}"
    if are_texts(rows).all():
        return f"{every} are texts without a prompt, and no training row is one"
    return f"{every} are of unknown shape" if "unknown" in shapes else f"{every} have turns of unknown roles alone"


def _without_labels(rows: int, where: str = "") -> Hit:
    every = f"all {counted(rows, 'evaluation row')}{where}"
    return Hit(f"{every} have one answer, which no training row has: the labels were left out")
