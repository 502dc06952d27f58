"""The form of a text in which near-duplicates are compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from datalint.neardup.buffers import text_series, utf8

if TYPE_CHECKING:
    from datalint.neardup.compiled import Compiled

# Every space that str.split knows, in groups that the Rust engine finds at memory speed, which is five times faster
# than a class of all of them.
_ASCII_SPACE = r"([\t-\r])|([\x1c-\x1f])"
_WIDE_SPACE = (
    "(\u0085)|(\u00a0)|(\u1680)|([\u2000-\u2005])|([\u2006-\u200a])|(\u2028)|(\u2029)|(\u202f)|(\u205f)|(\u3000)"
)


def normalize(texts: pl.Series, compiled: Compiled | None = None) -> pl.Series:
    """Return ``texts`` in lower case, runs of white space as one space, none at the ends; null as empty.

    The same as ``" ".join(text.lower().split())``, save for letters that Unicode has added since the
    interpreter's own tables: there Polars' newer tables count, so that results don't hang on the interpreter,
    nor on whether ``compiled`` code does what is ASCII.
    """
    if compiled is None or not len(texts):
        return _by_queries(texts)
    if texts.null_count():
        texts = texts.fill_null("")
    data, offsets = utf8(texts)
    folded, ends, wide = np.empty(len(data), np.uint8), np.zeros(len(offsets), np.int64), np.empty(len(texts), np.bool_)
    compiled.fold_texts(data, offsets, folded, ends, wide)
    made = text_series(texts.name, folded, ends)
    others = np.flatnonzero(wide)
    if not len(others):
        return made
    # Rows are gathered faster than they are scattered: a text stays where it is, and its place is copied.
    order = np.arange(len(texts))
    order[others] = len(texts) + np.arange(len(others))
    return pl.concat([made, _by_queries(texts.gather(others))]).gather(order)


def _by_queries(texts: pl.Series) -> pl.Series:
    # Turning other spaces into spaces first leaves a second pattern that rarely matches: nine times faster
    # than replacing every run, since most runs are a single space already.
    text = pl.col("text")
    frame = pl.DataFrame({"text": texts}).select(
        text.fill_null("").str.to_lowercase().str.replace_all(_ASCII_SPACE, " "),
        (text.str.len_bytes() != text.str.len_chars()).alias("wide"),
    )
    if frame["wide"].any():
        beyond = pl.when("wide").then(text).otherwise(pl.lit("")).str.replace_all(_WIDE_SPACE, " ")
        frame = frame.select(pl.when("wide").then(beyond).otherwise(text).alias("text"))
    return frame.select(text.str.replace_all("  +", " ").str.strip_chars(" ").alias(texts.name)).to_series()
