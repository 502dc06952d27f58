"""Choice of the field that marks rows as reviewed."""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

from datalint.engine.map.index import REVIEW_NAMES, is_reviewed
from datalint.records.analyses import Review

#: Mean characters of a mark that says that a row was reviewed, or by whom.
_MARK_CHARS = 30


def find_review(examples: pl.DataFrame, read: Collection[str] = ()) -> Review | None:
    """Return the field that marks rows as reviewed, the first by name; None when rows have none.

    What is ``read`` as a prompt or response, such as the reviews of customers, is no such field.

    A row counts as reviewed unless the field is empty, null, false or a word that means "not yet".
    """
    keys = [name.partition(":")[2] for name in examples.columns if name.startswith("review:")]
    keys = [key for key in keys if key not in read]
    # A column "review" may hold the reviews of customers.
    lengths = examples.select(pl.col([f"review:{key}" for key in keys]).str.len_chars().mean()) if keys else None
    keys = [key for key in keys if lengths is not None and (lengths[f"review:{key}"][0] or 0) <= _MARK_CHARS]
    if not keys:
        return None
    key = min(keys, key=lambda each: (REVIEW_NAMES.index(each.rpartition(".")[2].strip().lower()), each))
    marks = examples.select(is_reviewed(pl.col(f"review:{key}")).alias("mark"))["mark"]
    unreviewed = (~marks).arg_true()
    return Review(key, int(marks.sum()), marks.len(), int(unreviewed[0]) if len(unreviewed) else None)
