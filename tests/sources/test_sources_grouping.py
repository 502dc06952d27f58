"""Chunks of small files are grouped: whole files of any kind, in their order, and never two chunks of one file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from datalint.sources import open_sources
from datalint.sources.grouping import ChunkGroup, grouped, members


def files_of(path: Path, chunk_bytes: int = 1 << 20) -> list[list[int]]:
    sources = open_sources([str(path)], chunk_bytes=chunk_bytes)
    pieces = ((source.path, chunk) for number, source in enumerate(sources) for chunk in source.chunks(number))
    return [[member.file for member in members(chunk)] for _, chunk in grouped(pieces)]


def write(path: Path, sizes: list[int]) -> Path:
    path.mkdir()
    for number, size in enumerate(sizes):
        (path / f"{number:02}.jsonl").write_text(json.dumps({"text": "x" * size}) + "\n")
    return path


def test_small_files_share_a_chunk_and_large_ones_do_not(tmp_path: Path) -> None:
    assert files_of(write(tmp_path / "data", [10, 10, 300_000, 10, 10])) == [[0, 1], [2], [3, 4]]


def test_a_group_has_no_more_bytes_than_a_chunk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("datalint.sources.grouping.CHUNK_BYTES", 70)
    assert files_of(write(tmp_path / "data", [20] * 5)) == [[0, 1], [2, 3], [4]]


def test_chunks_of_one_file_stay_apart(tmp_path: Path) -> None:
    folder = write(tmp_path / "data", [10, 10])
    (folder / "01.jsonl").write_text('{"text": "a line of a file"}\n' * 6)
    (folder / "02.jsonl").write_text('{"text": "x"}\n')
    assert files_of(folder, chunk_bytes=40) == [[0, 1], [1], [1, 2]]


def test_a_new_file_changes_one_group(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("datalint.sources.grouping._USUAL", 4)
    folder = write(tmp_path / "data", [10] * 40)

    def names() -> list[tuple[str, ...]]:
        sources = open_sources([str(folder)])
        pieces = ((source.path, chunk) for number, source in enumerate(sources) for chunk in source.chunks(number))
        return [tuple(sources[m.file].path for m in members(chunk)) for _, chunk in grouped(pieces)]

    before = set(names())
    (folder / "17b.jsonl").write_text('{"text": "x"}\n')
    assert len(before) > 5
    assert len(before - set(names())) == 1


def test_a_group_has_the_rows_of_its_files(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "1"}\n{"text": NaN}\n')
    (tmp_path / "b.txt").write_text("\n2\n")
    (tmp_path / "c.csv").write_text("text\n3\n4\n")
    (tmp_path / "d.json").write_text('[{"text": "5"}, {"text": NaN}]')
    sources = open_sources([str(tmp_path / name) for name in ("a.jsonl", "b.txt", "c.csv", "d.json")])
    pieces = ((source.path, chunk) for number, source in enumerate(sources) for chunk in source.chunks(number))
    [(name, group)] = grouped(pieces)
    assert isinstance(group, ChunkGroup)
    assert name == sources[0].path
    loaded = group.load()
    assert [str(record["text"]) for record in loaded.records] == ["1", "nan", "2", "3", "4", "5", "nan"]
    assert loaded.lines == [1, 2, 2, 2, 3, 1, 1]
    assert sorted(loaded.noticed) == [1, 6]
    assert [(rows, facts.path) for rows, facts in loaded.files] == [
        (rows, source.path) for rows, source in zip((2, 1, 2, 2), sources, strict=True)
    ]
    assert loaded.offsets.tolist()[:3] == [0, 14, 1]
