"""A compressed file that is cut is one finding, at the record that it cuts."""

from __future__ import annotations

import json
import zlib
from pathlib import Path

import pytest

import datalint
from datalint.support.varied import sentence

ROWS = b"".join(b"%s\n" % json.dumps({"text": sentence(n)}).encode() for n in range(20))


@pytest.mark.parametrize("kept", [ROWS[:-20], ROWS])
def test_compressed_data_that_is_cut(tmp_path: Path, kept: bytes) -> None:
    packer = zlib.compressobj(wbits=31)
    # All of it is decoded, and the end of the stream is missing.
    (tmp_path / "a.jsonl.gz").write_bytes(packer.compress(kept) + packer.flush(zlib.Z_SYNC_FLUSH))
    (found,) = datalint.lint(tmp_path / "a.jsonl.gz", config={"select": ["FMT019"]}).findings
    assert "the compressed data ends in the middle" in found.message
    assert found.line == (None if kept == ROWS else 20)
