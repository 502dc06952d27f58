"""Files of an evaluation set that are not compared with the training rows, as they are not read, or read otherwise.

No row of a file that is not read has a known shape, or a turn with a known role. Texts without a prompt are not
compared with prompts: nothing says which part of a text a model would read.
"""

from __future__ import annotations

from typing import Final

import polars as pl

from datalint.core.columns import UNKNOWN_LETTER

#: The shape of rows that are not read.
_UNKNOWN: Final = "unknown"
#: The shapes of plain texts, where no row has a prompt.
_TEXTS: Final = ("text", "mapped")


def unread_files(training: pl.DataFrame, evaluation: pl.DataFrame | None) -> dict[int, int]:
    """Return the number of rows of each such file, by the file's number; nothing if no training row is read either."""
    if evaluation is None or evaluation.is_empty() or _are_unread(training).all():
        return {}
    unread = _are_unread(evaluation)
    texts = are_texts(evaluation)
    if texts.any() and not are_texts(training).any():
        unread |= texts
    if not unread.any():
        return {}
    marked = evaluation.select("file", unread.alias("unread"))
    files = marked.group_by("file").agg(pl.len().alias("rows"), pl.col("unread").all()).filter("unread").sort("file")
    return dict(files.select("file", "rows").iter_rows())


def why_uncompared(training: pl.DataFrame, evaluation: pl.DataFrame | None) -> str | None:
    """Return why no evaluation row is compared with the training rows; None if any is, or there is none."""
    if evaluation is None or evaluation.is_empty() or _are_unread(training).all():
        return None
    if sum(unread_files(training, evaluation).values()) == evaluation.height:
        return "no evaluation row is read as the training rows are, so that none is compared with them"
    if are_texts(training).all() and not are_texts(evaluation).any():
        return "the training rows are texts without a prompt, which are not compared with prompts"
    return None


def are_texts(examples: pl.DataFrame) -> pl.Series:
    """Return for each row whether it is a text without a prompt."""
    plain = pl.col("shape").is_in(_TEXTS) & (pl.col("prompt_chars") == 0) & (pl.col("response_chars") > 0)
    return examples.select((plain & ~pl.col("has_system")).alias("plain")).to_series()


def _are_unread(examples: pl.DataFrame) -> pl.Series:
    """Return for each row whether its shape is unknown, or it has turns, and none of a known role."""
    roles = examples["roles"]
    return (examples["shape"] == _UNKNOWN) | ((roles != "") & (roles.str.strip_chars(UNKNOWN_LETTER) == ""))
