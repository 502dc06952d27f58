"""Texts as a Polars series."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from datalint.shapes.canonical import visible_surrogates


def text_series(name: str, texts: Sequence[str]) -> pl.Series:
    """Return ``texts`` as a series; lone surrogates, which no encoding holds, become the escapes they came from."""
    try:
        return pl.Series(name, texts, dtype=pl.String)
    except UnicodeEncodeError:
        return pl.Series(name, [visible_surrogates(text) for text in texts], dtype=pl.String)


def repeated(value: str | bool | None, size: int, dtype: type[pl.DataType]) -> pl.Series:
    """Return a series of ``size`` times ``value``; ``pl.repeat`` runs a query for it, which takes ten times as long."""
    return pl.Series([value], dtype=dtype).new_from_index(0, size)
