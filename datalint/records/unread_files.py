"""Files of an evaluation set of which no row is read: nothing of them is compared with the training rows.

No row of such a file has a known shape, or a turn with a known role.
"""

from __future__ import annotations

from typing import Final

import polars as pl

from datalint.core.columns import UNKNOWN_LETTER

#: The shape of rows that are not read.
_UNKNOWN: Final = "unknown"


def unread_files(training: pl.DataFrame, evaluation: pl.DataFrame | None) -> dict[int, int]:
    """Return the number of rows of each such file, by the file's number; nothing if no training row is read either."""
    if evaluation is None or evaluation.is_empty() or _are_unread(training).all():
        return {}
    if not (unread := _are_unread(evaluation)).any():
        return {}
    marked = evaluation.select("file", unread.alias("unread"))
    files = marked.group_by("file").agg(pl.len().alias("rows"), pl.col("unread").all()).filter("unread").sort("file")
    return dict(files.select("file", "rows").iter_rows())


def _are_unread(examples: pl.DataFrame) -> pl.Series:
    """Return for each row whether its shape is unknown, or it has turns, and none of a known role."""
    roles = examples["roles"]
    return (examples["shape"] == _UNKNOWN) | ((roles != "") & (roles.str.strip_chars(UNKNOWN_LETTER) == ""))
