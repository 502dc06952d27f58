"""Arrays of pyarrow become series without its module of computations, which takes long to import."""

from __future__ import annotations

import subprocess
import sys

import polars as pl
import pyarrow as pa
import pytest
from polars.testing import assert_series_equal

from datalint.support.arrow_series import arrow_series

_READ = """
import sys, pyarrow as pa
from datalint.support.arrow_series import arrow_series
buffers = pa.py_buffer((0).to_bytes(8, "little") + (1).to_bytes(8, "little")), pa.py_buffer(b"x")
assert arrow_series("a", pa.LargeStringArray.from_buffers(1, *buffers)).to_list() == ["x"]
assert "pyarrow.compute" not in sys.modules
"""


@pytest.mark.parametrize("kind", [pa.large_string(), pa.large_binary()])
@pytest.mark.parametrize("texts", [[], ["a", "", "é\x00", "a longer text than a view holds"]])
def test_a_series_has_the_values_of_its_array(texts: list[str], kind: pa.DataType) -> None:
    values = texts if kind == pa.large_string() else [text.encode() for text in texts]
    dtype = pl.String if kind == pa.large_string() else pl.Binary
    assert_series_equal(arrow_series("a", pa.array(values, kind)), pl.Series("a", values, dtype))


def test_nothing_more_of_pyarrow_is_imported() -> None:
    subprocess.run([sys.executable, "-c", _READ], check=True)
