"""Open bytes as a file would be opened, and read all of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests_sources_reading import Read, read_source

from datalint.sources import open_sources


@pytest.fixture
def read_file(tmp_path: Path) -> Callable[..., Read]:
    def read(data: bytes, name: str = "rows.jsonl", **options: Any) -> Read:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        [source] = open_sources([str(path)], **options)
        return read_source(source)

    return read


@pytest.fixture(params=[1, 8192])
def batch_rows(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr("datalint.sources.tables.batches.CHUNK_ROWS", request.param)
    return int(request.param)
