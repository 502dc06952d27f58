"""Real datasets give the rows that their index states; skipped without ``DATALINT_CORPUS``."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest
from tests_sources_reading import read_source

from datalint.sources import open_sources

CORPUS = os.environ.get("DATALINT_CORPUS", "")
pytestmark = pytest.mark.skipif(not CORPUS, reason="DATALINT_CORPUS names no folder")
# An object of splits that hold [text, label] pairs: none of its training rows is an object.
NO_ROWS = {"clinc-imb"}


def entries(name: str) -> list[dict[str, str]]:
    path = Path(CORPUS) / name
    if not CORPUS:
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


@pytest.mark.parametrize("entry", entries("INDEX.tsv"), ids=lambda entry: f"{entry['slug']}/{entry['file']}")
def test_rows_are_as_indexed(entry: dict[str, str]) -> None:
    path = Path(CORPUS) / entry["slug"] / entry["file"]
    read = read_source(open_sources([str(path)])[0])
    if entry["slug"] in NO_ROWS:
        assert read.facts.rows_read == 0
        assert "not-an-object" in read.rules
        return
    assert read.facts.rows_read == int(entry["rows"])
    assert read.facts.rows_refused == int(entry["unparseable_lines"])
    assert read.facts.size == int(entry["bytes"])
    small = read_source(open_sources([str(path)], chunk_bytes=1 << 16)[0])
    assert small.facts == read.facts
    assert small.lines == read.lines
    assert small.records == read.records
    last = read.facts.rows_read - 1
    assert read.source.fetch([last, 0], [read.offsets[last], read.offsets[0]]) == [read.records[last], read.records[0]]


@pytest.mark.parametrize("entry", entries("pairs/INDEX.tsv"), ids=lambda entry: entry["slug"])
@pytest.mark.parametrize("side", ["old", "new"])
def test_pairs_are_as_indexed(entry: dict[str, str], side: str) -> None:
    [path] = (Path(CORPUS) / "pairs" / entry["slug"]).glob(f"{side}.*")
    facts = read_source(open_sources([str(path)])[0]).facts
    assert (facts.rows_read, facts.rows_refused) == (int(entry[f"rows_{side}"]), int(entry[f"bad_{side}"]))
