"""Pass texts to compiled code as one buffer of UTF-8 and an array of offsets."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl

from datalint.neardup.text.hashing import Bytes, Rows
from datalint.support.arrow_series import arrow_series


def utf8(texts: pl.Series) -> tuple[Bytes, Rows]:
    """Return the bytes of ``texts`` (no nulls) and n + 1 offsets: text i is ``data[offsets[i] : offsets[i + 1]]``.

    Both are read-only. Raises ImportError if pyarrow is not installed.
    """
    array = texts.to_arrow()
    _, offsets, data = array.buffers()
    return np.frombuffer(data, np.uint8), np.frombuffer(offsets, np.int64)[array.offset :][: len(array) + 1]


def rewritten(
    texts: pl.Series,
    kernel: Callable[..., None],
    otherwise: Callable[[pl.Series], pl.Series],
    read: tuple[Bytes, Rows] | None = None,
) -> tuple[pl.Series, Rows]:
    """Return ``texts`` as rewritten by a kernel, null as empty, and the positions of those rewritten by ``otherwise``.

    ``kernel`` is one of :mod:`datalint.neardup.compiled.text_kernels`; it must not make any text longer. ``read`` is
    the result of :func:`utf8` for the texts if the caller has it.
    """
    import pyarrow as pa  # type: ignore[import-untyped]

    data, offsets = utf8(texts.fill_null("") if texts.null_count() else texts) if read is None else read
    made, ends, others = np.empty(len(data), np.uint8), np.zeros(len(offsets), np.int64), np.zeros(len(texts), np.bool_)
    kernel(data, offsets, made, ends, others)
    buffers = [None, pa.py_buffer(ends), pa.py_buffer(made)]
    series = arrow_series(texts.name, pa.Array.from_buffers(pa.large_string(), len(texts), buffers))
    places = np.flatnonzero(others)
    return (series.scatter(places, otherwise(texts.gather(places))) if len(places) else series), places
