"""Arrow arrays as series, through Arrow's C interface."""

from __future__ import annotations

from typing import Any

import polars as pl


class _Exported:
    """An array that offers Arrow's C interface alone.

    For an array of pyarrow itself, Polars first imports ``pyarrow.compute``, which takes 30 ms.
    """

    __slots__ = ("_array",)

    def __init__(self, array: Any) -> None:
        self._array = array

    def __arrow_c_array__(self, requested_schema: object = None) -> tuple[object, object]:
        result: tuple[object, object] = self._array.__arrow_c_array__(requested_schema)
        return result


def arrow_series(name: str, array: Any) -> pl.Series:
    """Return an array of pyarrow as a series of this name."""
    return pl.Series(_Exported(array)).alias(name)
