"""Documents of PubTator: a title, an abstract, and the places of entities in both."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests_sources_reading import read_source

from datalint.operations.check import lint
from datalint.sources.sniff import OpenSettings, open_path

FIRST = ["7|t|Dock fever", "7|a|A fever | of docks.", "7\t0\t10\tDock fever\tDisease\tD1", "7\tCID\tD1\tD2"]
SECOND = ["PMC8|t|On boats", "PMC8|a|", "PMC8\t3\t8\tboats\tThing"]
ROWS = [
    {
        "id": "7",
        "text": "Dock fever A fever | of docks.",
        "entities": [{"start": 0, "end": 10, "text": "Dock fever", "label": "Disease"}],
    },
    {"id": "PMC8", "text": "On boats ", "entities": [{"start": 3, "end": 8, "text": "boats", "label": "Thing"}]},
]


def read(path: Path, chunk_bytes: int, *documents: list[str]) -> Any:
    path.write_text("\n" + "\n\n".join("\n".join(each) for each in documents) + "\n")
    return read_source(open_path(str(path), str(path), OpenSettings(chunk_bytes=chunk_bytes)))


@pytest.mark.parametrize("name", ["a.txt", "a.PubTator", "a"])
@pytest.mark.parametrize("chunk_bytes", [20, 1 << 20])
def test_a_document_is_a_row(tmp_path: Path, name: str, chunk_bytes: int) -> None:
    found = read(tmp_path / name, chunk_bytes, FIRST, SECOND)
    assert found.records == ROWS
    assert found.rules == []
    report = lint(tmp_path / name, eval=False, config={"select": ["FMT"]})
    assert [file.shape for file in report.files] == ["mapped-labels"]
    assert not report.findings


@pytest.mark.parametrize("lines", [["7|t|Dock fever", "8|a|Another"], ["7|t|Dock fever", "7|b|x"]])
def test_other_lines_with_bars_are_none(tmp_path: Path, lines: list[str]) -> None:
    records = read(tmp_path / "a.txt", 1 << 20, lines).records
    assert all("entities" not in record for record in records)
