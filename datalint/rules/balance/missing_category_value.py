"""A row has no category although other rows have one.

## What it does
Reports each row without a value under the category key (absent, null, or white space) when at least `min-share` of the
rows have one. A value that stands for no label, in up to 5 % of the rows, is one note: `-1` where the others are 0, 1
and 2 or more, as copies of SNLI have it where people did not agree, `-` and `nan` where the others are words, `NA` and
`None` where these are in lower case, and `NA` and `nan` where the others are 0, 1 and so on. Of more rows, `nan` alone
is reported, as a warning if the label is learned. Lists of labels that are empty in more than half of the rows are one
note as well: in an export of an annotation tool, these rows are not annotated yet.

## Why it matters
The row does not count in any category, so shares and splits by category silently ignore it.

## Bad
```jsonl vary=20
{"prompt": "{w}", "completion": "{w}", "category": "billing"}
```
```jsonl
{"prompt": "Where is my parcel?", "completion": "It left the depot this morning.", "category": ""}
```
## Good
```jsonl vary=20
{"prompt": "{w}", "completion": "{w}", "category": "billing"}
```
## What to do
Give the rows their label or one such as "other", or leave them out.
## Known limits
A value that is an object counts as missing, and so does a list that is no list of labels. An empty list is a value if 1
% of the rows or more have one: none of the labels applies. Rows of a shape that never has the key are not reported:
that the split has several shapes is `mixed-shapes`, or `unknown-shape`. If the category is the response or a part of
it, a row with an empty response is left to `empty-response`. So are answers to an empty prompt to `empty-prompt`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import polars as pl

from datalint.api import (
    Category,
    Dataset,
    Hit,
    Options,
    Severity,
    excerpt,
    frozen,
    option,
    others,
    percent,
    rule,
    silent_rows,
)
from datalint.rules.common.labels.no_label import RARE, value_for_none

#: The key of categories that are the responses.
_RESPONSE: Final = "response"
#: Share of the rows whose list of labels is empty, over which a note says so.
_MOST: Final = 0.5


@frozen
class MissingCategoryValueOptions(Options):
    """When a key is meant for all rows."""

    min_share: float = option(
        0.5, "share of rows with a value from which the others miss theirs", source="most rows have it"
    )


@rule(
    "BAL003",
    "missing-category-value",
    severity=Severity.WARNING,
    since="0.1",
    needs={"category"},
)
def missing_category_value(data: Dataset, options: MissingCategoryValueOptions) -> Iterator[Hit]:
    """Yield a hit at every row without a category."""
    category = data.category
    value = "" if category is None else value_for_none(category)
    if category is not None and value and (rows := (category.values == value).arg_true().to_list()):
        first, *more = rows
        counted = f"{len(more) + 1:,} of {data.size:,} rows have" if more else "1 row has"
        learned = len(more) + 1 > RARE * data.size and _is_response(data.examples, category)
        yield Hit(
            f'{counted} "{value}" as the label, which usually stands for none: leave such rows out',
            at=first,
            related=others(more),
            severity=None if learned else Severity.INFO,
            key="no label",
        )
    if category is not None and category.several:
        yield from _mostly_unlabelled(category)
    if category is None or category.missing == 0 or category.total < options.min_share * data.size:
        return
    message = f'no value for "{excerpt(category.key, 40)}", which {category.total:,} of {data.size:,} rows have'
    missing = category.values.is_null()
    left_out = _of_another_shape(data.examples["shape"], missing) | _told_as_empty(data, category)
    left_out |= pl.Series(silent_rows(data))
    for row in (missing & ~left_out).arg_true():
        yield Hit(message, at=row)


def _mostly_unlabelled(category: Category) -> Iterator[Hit]:
    """Yield a hit if most lists of labels are empty, as in exports of tools in which people annotate rows."""
    rows = (category.values == "").arg_true().to_list()
    if len(rows) > _MOST * category.values.len():
        first, *more = rows
        counted = f"{len(rows):,} of {category.values.len():,} rows ({percent(len(rows) / category.values.len())})"
        yield Hit(
            f'{counted} have no label under "{excerpt(category.key, 40)}": they are not annotated yet, or none applies',
            at=first,
            related=others(more),
            severity=Severity.INFO,
            key="no labels",
        )


def _of_another_shape(shapes: pl.Series, missing: pl.Series) -> pl.Series:
    """Return which rows are of a shape that never has the category, while rows of other shapes have it."""
    frame = pl.DataFrame({"shape": shapes, "missing": missing})
    return frame.select(pl.col("missing").all().over("shape")).to_series()


def _told_as_empty(data: Dataset, category: Category) -> pl.Series:
    """Return the rows whose response is empty, if the category is it, or a part of it: empty-response reports them."""
    empty = data.examples["response_chars"] == 0
    learned = category.key == _RESPONSE or _is_response(data.examples, category) or _is_part(data, category, empty)
    return empty if learned else empty & False


def _is_part(data: Dataset, category: Category, empty: pl.Series) -> bool:
    """Return whether a response that is joined of several keys has the category among them."""
    rows = (category.values.is_not_null() & ~empty).arg_true().to_list()[:1]
    if not rows or not (category.values.is_null() & empty).any():
        return False
    line = f"{category.key}: {category.values[rows[0]]}"
    return line in data.texts(rows)[0].response.split("\n")


def _is_response(examples: pl.DataFrame, category: Category) -> bool:
    """Return whether the category is what is learned: each value has one response, and each response one value."""
    frame = examples.select("response_hash", "response_chars").hstack([category.values.alias("value")])
    pairs = frame.filter(pl.col("value").is_not_null() & (pl.col("response_chars") > 0))
    answers = pairs.group_by("value").agg(pl.col("response_hash").n_unique())["response_hash"]
    return pairs.height > 0 and answers.max() == 1 and pairs["response_hash"].n_unique() == answers.len()
