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
