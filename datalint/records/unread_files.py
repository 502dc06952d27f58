"""Files of an evaluation set of which no row has a known shape: nothing of them is compared with the training rows."""

from __future__ import annotations

from typing import Final

import polars as pl

#: The shape of rows that are not read.
_UNKNOWN: Final = "unknown"


def unread_files(training: pl.DataFrame, evaluation: pl.DataFrame | None) -> dict[int, int]:
    """Return the number of rows of each such file, by the file's number; nothing if no training row is read either."""
    if evaluation is None or evaluation.is_empty() or (training["shape"] == _UNKNOWN).all():
        return {}
    unread = (pl.col("shape") == _UNKNOWN).all().alias("unread")
    files = evaluation.group_by("file").agg(pl.len().alias("rows"), unread).filter("unread").sort("file")
    return dict(files.select("file", "rows").iter_rows())
