"""Texts as compiled code takes them: their UTF-8, one after another, and where each begins."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from datalint.neardup.hashing import Rows

Bytes = npt.NDArray[np.uint8]


def utf8(texts: pl.Series) -> tuple[Bytes, Rows]:
    """Return the bytes of ``texts`` without nulls, and n + 1 offsets: text i is ``data[offsets[i] : offsets[i + 1]]``.

    Both are read-only. ImportError where pyarrow is not installed.
    """
    array = texts.to_arrow()
    _, offsets, data = array.buffers()
    return np.frombuffer(data, np.uint8), np.frombuffer(offsets, np.int64)[array.offset :][: len(array) + 1]


def text_series(name: str, data: Bytes, offsets: Rows) -> pl.Series:
    """Return the series that :func:`utf8` would take apart like this, of the same memory."""
    import pyarrow as pa  # type: ignore[import-untyped]

    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(data)]
    return pl.Series(name, pa.Array.from_buffers(pa.large_string(), len(offsets) - 1, buffers))
