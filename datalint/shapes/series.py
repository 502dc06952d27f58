"""Texts as a Polars series."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from datalint.records.canonical import visible_surrogates
from datalint.records.lazy_rows import Cells
from datalint.records.structure import Alike


def text_series(name: str, texts: Sequence[str]) -> pl.Series:
    """Return ``texts`` as a series; lone surrogates, which no encoding holds, become the escapes they came from."""
    try:
        return pl.Series(name, texts, dtype=pl.String)
    except UnicodeEncodeError:
        return pl.Series(name, [visible_surrogates(text) for text in texts], dtype=pl.String)


def text_column(objects: Alike, key: str) -> pl.Series:
    """Return the strings under ``key`` as a series."""
    series = text_bytes(objects, key)
    return text_series("text", objects.column(key)) if series is None else series


def text_bytes(objects: Alike, key: str) -> pl.Series | None:
    """Return the strings under ``key`` as a series of the bytes that they still are, None where they are not."""
    column = objects.text(key) if isinstance(objects, Cells) else None
    if column is None:
        return None
    import pyarrow as pa  # type: ignore[import-untyped]

    # Arrow's own layout, so that nothing is copied.
    buffers = pa.py_buffer(column.ends), pa.py_buffer(column.data)
    return pl.Series("text", pa.LargeStringArray.from_buffers(len(column), *buffers))


def repeated(value: str | bool | None, size: int, dtype: type[pl.DataType]) -> pl.Series:
    """Return a series of ``size`` times ``value``; ``pl.repeat`` runs a query for it, which takes ten times as long."""
    return pl.Series([value], dtype=dtype).new_from_index(0, size)
