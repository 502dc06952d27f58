"""The names of the shapes of rows."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
import pytest

from datalint.records.shape_counts import shapes_of


@pytest.mark.parametrize("shapes", [[], ["alpaca"], ["kto", "kto"], ["kto", "alpaca", "kto"]])
def test_each_shape_of_the_rows_is_named_once(shapes: Sequence[str]) -> None:
    assert shapes_of(pl.DataFrame({"shape": pl.Series(shapes, dtype=pl.String)})) == {*shapes}
