"""The rows of a file are in the order of a category, an answer or their length.

## What it does
Looks at each training file of at least `min-rows` rows. Reports a file if its rows are grouped by a category key
(`label`, `topic`, `source` …; the label that is learned comes first), or by their answers if these repeat: the value
changes from row to row less than a tenth as often as in a random order. Rows of unknown shape do not count, nor do rows
without a value. Also reports a file if its rows are ordered by length: the rank correlation of length and position is
`min-correlation` or more.

## Why it matters
If the trainer does not shuffle, or shuffles only within a buffer (streaming), the model learns one category after
another and forgets the first. A split by position (the last 10 % for evaluation) then holds out categories that the
model is not trained on.

## Bad
```jsonl vary=60
{"prompt": "{w}", "completion": "{w}", "category": "billing"}
```
```jsonl vary=60
{"prompt": "About delivery: {w}", "completion": "Answer {n}: {w}", "category": "delivery"}
```
## Good
```jsonl vary=120
{"prompt": "{w}", "completion": "{w}", "category": "billing"}
```
## What to do
Shuffle the rows once before training, and split at random.
## Known limits
Several files with one category each are not reported, nor are files with a list of rows for each category, such as the
texts of intents, whose order is their layout. Neither are prompts for reinforcement learning, of which no answers are
learned, and data that may be an evaluation set by a name or a key. Trainers that shuffle all rows (the default of
most) are not affected, but a split by position is.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from datalint.api import Dataset, Hit, Options, Severity, excerpt, frozen, option, rule
from datalint.rules.common.duplicates.numbers import has_more

#: Of the changes to expect in a random order, so many are left where rows are grouped.
_CHANGES = 0.1
_MOST_VALUES = 1000
#: Kinds of data of which no answers are learned in their order.
_UNORDERED = ("evaluation", "rl")


@frozen
class SortedRowsOptions(Options):
    """When an order is no accident."""

    min_rows: int = option(
        100, "rows of a file below which the rule reports nothing", source="fewer are in order by chance"
    )
    min_correlation: float = option(
        0.95, "rank correlation of length and place", source="of 45 public files none is over 0.6"
    )


@rule("BAL011", "sorted-rows", severity=Severity.INFO, since="0.1")
def sorted_rows(data: Dataset, options: SortedRowsOptions) -> Iterator[Hit]:
    """Yield one hit for each file that is in an order: by its label, by the key with the most values, or by length."""
    if data.kind in _UNORDERED or data.analyses.maybe_evaluation or data.size < options.min_rows:
        return
    keys = [name for name in data.examples.columns if name.startswith("category:")]
    columns = data.examples.select("file", "shape", *keys, "answer", "prompt_chars", "response_chars")
    # Rows that nothing is read of are not trained on in their order.
    read = columns.filter(pl.col("shape") != "unknown")
    for (number,), rows in read.group_by("file", maintain_order=True):
        if rows.height < options.min_rows:
            continue
        answered = rows.filter(pl.col("response_chars") > 0)
        answers = answered["answer"]
        # Where the file has a list of rows for each value, their order is the layout.
        of_list = data.files[int(number)].is_grouped
        found_by = {key: _grouped(rows[key], f'"{excerpt(key[9:], 40)}"') for key in keys if not of_list}
        orders = [found for found in found_by.values() if found is not None]
        # What is learned in its order comes before what else the rows are sorted by.
        learned = [found for key, found in found_by.items() if found is not None and _is_answer(answered[key], answers)]
        orders = learned or orders
        if not orders and not of_list and (found := _grouped(answers, "their answers", least=10)) is not None:
            orders = [found]
        if orders:
            yield Hit(f"rows are sorted by {max(orders)[1]}", file=int(number), key=f"order {number}")
        elif abs(correlation := _correlation(rows)) >= options.min_correlation:
            order = "shortest first" if correlation > 0 else "longest first"
            yield Hit(
                f"rows are sorted by length, {order} (rank correlation {correlation:.2f})",
                file=int(number),
                key=f"length {number}",
            )


def _is_answer(values: pl.Series, answers: pl.Series) -> bool:
    """Return whether rows have the same value wherever they have the same answer, and another one elsewhere."""
    distinct = values.n_unique()
    return distinct == answers.n_unique() == pl.DataFrame({"value": values, "answer": answers}).n_unique()


def _grouped(values: pl.Series, name: str, least: int = 2) -> tuple[int, str] | None:
    """Return the number of values that rows are grouped by, and the words for it; None where they are not."""
    values = values.drop_nulls()
    size = len(values)
    if not size or has_more(values, min(_MOST_VALUES, size // least)):
        return None
    distinct = values.n_unique()
    if distinct < 2:
        return None
    shares = values.value_counts()["count"] / size
    expected = (size - 1) * (1 - float((shares**2).sum()))
    runs = int(values.rle_id().max() or 0) + 1  # type: ignore[arg-type]
    if runs - 1 > _CHANGES * expected or expected < distinct:
        return None
    return distinct, f"{name}: {distinct:,} values in {runs:,} runs, not about {expected + 1:,.0f} as in a random order"


def _correlation(rows: pl.DataFrame) -> float:
    length = (pl.col("prompt_chars").cast(pl.Int64) + pl.col("response_chars").cast(pl.Int64)).rank()
    found = rows.select(pl.corr(length, pl.int_range(pl.len()).cast(pl.Float64))).item()
    return 0.0 if found is None or found != found else float(found)
