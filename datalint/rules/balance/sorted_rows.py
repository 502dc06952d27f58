"""The rows of a file are in the order of a category, an answer or their length.

## What it does
Looks at each training file. Reports a file if its rows are grouped by a category key
(`label`, `topic`, `source` …; the label that is learned comes first), or by their answers if these repeat: the value
changes from row to row less than a tenth as often as in a random order. Rows of unknown shape do not count, nor do rows
without a value. Also reports a file if its rows are ordered by length: the rank correlation of length and position is
`min-correlation` or more. A file of fewer than `min-rows` rows is reported only if all rows of each label or answer
that is learned stand together, which a random order has with a probability under one in a million.

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

from collections.abc import Iterator, Sequence
from math import lgamma, log

import polars as pl

from datalint.api import Dataset, Hit, Options, Severity, excerpt, frozen, option, rule
from datalint.rules.common.duplicates.numbers import has_more

#: Of the changes to expect in a random order, so many are left where rows are grouped.
_CHANGES = 0.1
_MOST_VALUES = 1000
#: The logarithm of the probability in a random order under which the order of a few rows is certain.
_CERTAIN = log(1e-6)
#: Kinds of data of which no answers are learned in their order.
_UNORDERED = ("evaluation", "rl")


@frozen
class SortedRowsOptions(Options):
    """When an order is no accident."""

    min_rows: int = option(
        100,
        "rows of a file below which only a label is reported whose rows all stand together",
        source="a part of fewer may be in order by chance",
    )
    min_correlation: float = option(
        0.95, "rank correlation of length and place", source="of 45 public files none is over 0.6"
    )


@rule("BAL011", "sorted-rows", severity=Severity.INFO, since="0.1")
def sorted_rows(data: Dataset, options: SortedRowsOptions) -> Iterator[Hit]:
    """Yield one hit for each file that is in an order: by its label, by the key with the most values, or by length."""
    if data.kind in _UNORDERED or data.analyses.maybe_evaluation:
        return
    # A few rows are in the order of what is learned, which repeats then, or in none.
    if data.size < options.min_rows and 2 * data.examples["answer"].n_unique() > data.size:
        return
    keys = [name for name in data.examples.columns if name.startswith("category:")]
    columns = data.examples.select("file", "shape", *keys, "answer", "prompt_chars", "response_chars")
    # Rows that nothing is read of are not trained on in their order.
    read = columns.filter(pl.col("shape") != "unknown")
    for (number,), rows in read.group_by("file", maintain_order=True):
        file, are_few = int(number), rows.height < options.min_rows
        # Where the file has a list of rows for each value, their order is the layout.
        if not data.files[file].is_grouped and (said := _order(rows, keys, are_few=are_few)):
            yield Hit(f"rows are sorted by {said}", file=file, key=f"order {number}")
        elif not are_few and abs(correlation := _correlation(rows)) >= options.min_correlation:
            order = "shortest first" if correlation > 0 else "longest first"
            yield Hit(
                f"rows are sorted by length, {order} (rank correlation {correlation:.2f})",
                file=file,
                key=f"length {number}",
            )


def _order(rows: pl.DataFrame, keys: Sequence[str], *, are_few: bool) -> str:
    """Return what rows are grouped by, in words; empty for nothing. A few are grouped by what is learned or nothing."""
    answered = rows.filter(pl.col("response_chars") > 0)
    answers = answered["answer"]
    # What is learned in its order comes before what else the rows are sorted by.
    learned = [key for key in keys if _is_answer(answered[key], answers)]
    for some in (learned, () if are_few else keys):
        if orders := [
            found for key in some if (found := _grouped(rows[key], f'"{excerpt(key[9:], 40)}"', are_few=are_few))
        ]:
            return max(orders)[1]
    found = _grouped(answers, "their answers", least=10, are_few=are_few)
    return "" if found is None else found[1]


def _is_answer(values: pl.Series, answers: pl.Series) -> bool:
    """Return whether rows have the same value wherever they have the same answer, and another one elsewhere."""
    distinct = values.n_unique()
    return distinct == answers.n_unique() == pl.DataFrame({"value": values, "answer": answers}).n_unique()


def _grouped(values: pl.Series, name: str, least: int = 2, *, are_few: bool) -> tuple[int, str] | None:
    """Return the number of values that rows are grouped by, and the words for it; None where they are not.

    A few rows are grouped only if that is certain.
    """
    values = values.drop_nulls()
    size = len(values)
    if not size or has_more(values, min(_MOST_VALUES, size // least)):
        return None
    distinct = values.n_unique()
    if distinct < 2:
        return None
    counts = values.value_counts()["count"]
    shares = counts / size
    expected = (size - 1) * (1 - float((shares**2).sum()))
    runs = int(values.rle_id().max() or 0) + 1  # type: ignore[arg-type]
    if runs - 1 > _CHANGES * expected or expected < distinct:
        return None
    if are_few and (runs > distinct or _chance(counts.to_list()) > _CERTAIN):
        return None
    return distinct, f"{name}: {distinct:,} values in {runs:,} runs, not about {expected + 1:,.0f} as in a random order"


def _chance(counts: Sequence[int]) -> float:
    """Return the logarithm of the probability that all rows of each value stand together in a random order."""
    together = lgamma(len(counts) + 1) + sum(lgamma(count + 1) for count in counts)
    return together - lgamma(sum(counts) + 1)


def _correlation(rows: pl.DataFrame) -> float:
    length = (pl.col("prompt_chars").cast(pl.Int64) + pl.col("response_chars").cast(pl.Int64)).rank()
    found = rows.select(pl.corr(length, pl.int_range(pl.len()).cast(pl.Float64))).item()
    return 0.0 if found is None or found != found else float(found)
