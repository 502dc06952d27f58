"""Rows that are each within an object of their own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from datalint.sources.sniff import OpenSettings, open_path

ROWS = [{"mr": f"dock[{n}], {{open}}", "ref": f"Dock {n} is open: }}", "cells": {"a": [n]}} for n in range(12)]
NUMBERED = [{str(n): row} for n, row in enumerate(ROWS)]
LISTED = [{"row_idx": n, "row": row, "truncated_cells": ["ref"]} for n, row in enumerate(ROWS)]


def read(path: Path, chunk_bytes: int = 1 << 20) -> list[dict[str, Any]]:
    source = open_path(str(path), str(path), OpenSettings(chunk_bytes=chunk_bytes))
    chunks = [chunk.load() for chunk in source.chunks(0)]
    records = [record for chunk in chunks for record in chunk.records]
    offsets = [offset for chunk in chunks for offset in chunk.offsets.tolist()]
    assert source.fetch(list(range(len(records))), offsets) == records
    return records


@pytest.mark.parametrize(
    "value", [NUMBERED, {"entries": NUMBERED}, LISTED, {"features": [{"name": "mr"}], "rows": LISTED, "partial": False}]
)
@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("chunk_bytes", [64, 1 << 20])
def test_rows_within_objects_are_read(tmp_path: Path, value: Any, indent: int | None, chunk_bytes: int) -> None:
    (tmp_path / "a.json").write_text(json.dumps(value, indent=indent))
    assert read(tmp_path / "a.json", chunk_bytes) == ROWS


@pytest.mark.parametrize(
    "rows",
    [
        [*NUMBERED, {"12": 7}],
        [*NUMBERED, {"12": ROWS[0], "13": ROWS[1]}],
        [{"a": row} for row in ROWS],
        [{"row_idx": n, "row": row, "kind": "a", "truncated_cells": []} for n, row in enumerate(ROWS)],
    ],
)
def test_objects_of_another_form_stay_rows(tmp_path: Path, rows: Any) -> None:
    (tmp_path / "a.json").write_text(json.dumps(rows))
    assert read(tmp_path / "a.json") == rows
