"""Tables in files: Parquet, Arrow, folders saved by ``datasets``."""

from __future__ import annotations

import datetime
import decimal
import json
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests_sources_reading import ROWS, Read, check_rows, read_source

from datalint.core.errors import DatalintError
from datalint.sources import open_sources
from datalint.sources.readers.memory import from_object

ReadFile = Callable[..., Read]


def test_parquet(tmp_path: Path, batch_rows: int) -> None:
    path = tmp_path / "rows.parquet"
    pq.write_table(pa.Table.from_pylist(ROWS), path, row_group_size=10)
    read = read_source(open_sources([str(path)])[0])
    check_rows(read, "parquet", ROWS)
    assert read.facts.size == path.stat().st_size
    assert len(read.facts.sha256) == 64
    assert len(read.parts) == (25 if batch_rows == 1 else 1)


@pytest.mark.parametrize("kind", ["file", "stream", "feather"])
def test_arrow(kind: str, tmp_path: Path, batch_rows: int) -> None:
    path = tmp_path / ("rows.feather" if kind == "feather" else "rows.arrow")
    table = pa.Table.from_pylist(ROWS)
    with (pa.ipc.new_stream if kind == "stream" else pa.ipc.new_file)(str(path), table.schema) as writer:
        writer.write_table(table, max_chunksize=7)
    check_rows(read_source(open_sources([str(path)])[0]), "arrow", ROWS)


@pytest.mark.parametrize("suffix", [".parquet", ".arrow"])
def test_tables_under_a_wrong_name_and_compressed(suffix: str, tmp_path: Path, read_file: ReadFile) -> None:
    import gzip

    path = tmp_path / f"rows{suffix}"
    if suffix == ".parquet":
        pq.write_table(pa.Table.from_pylist(ROWS), path)
    else:
        with pa.ipc.new_file(str(path), pa.Table.from_pylist(ROWS).schema) as writer:
            writer.write_table(pa.Table.from_pylist(ROWS))
    data = path.read_bytes()
    read = read_file(data, "rows.jsonl")
    assert (read.records, read.rules) == (ROWS, ["wrong-extension"])
    packed = read_file(gzip.compress(data), f"rows{suffix}.gz")
    assert (packed.records, packed.rules) == (ROWS, [])
    assert packed.source.fetch([3]) == [ROWS[3]]


@pytest.mark.parametrize("suffix", [".parquet", ".arrow"])
def test_names_in_quotation_marks_are_read_without(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"rows{suffix}"
    table = pa.table({'"text"': ["Is it full?", "No."], "'label'": [1, 2], "id": [3, 4]})
    if suffix == ".parquet":
        pq.write_table(table, path)
    else:
        with pa.ipc.new_file(str(path), table.schema) as writer:
            writer.write_table(table)
    read = read_source(open_sources([str(path)])[0])
    assert read.records == [{"text": "Is it full?", "label": 1, "id": 3}, {"text": "No.", "label": 2, "id": 4}]
    assert read.source.fetch([1], [1]) == read.records[1:]
    assert read.one("wrong-delimiter").message == (
        "column names contain quotation marks, which are left out: \"text\", 'label'"
    )


def test_values_that_json_does_not_know(tmp_path: Path) -> None:
    table = pa.table(
        {
            "when": [datetime.datetime(2024, 5, 1, 12, 30)],  # noqa: DTZ001
            "day": [datetime.date(2024, 5, 1)],
            "cost": pa.array([decimal.Decimal("1.50")], pa.decimal128(5, 2)),
            "image": [{"bytes": b"x" * 476_000, "path": None}],
            "pairs": pa.array([[("a", 1)]], pa.map_(pa.string(), pa.int64())),
            "label": pa.array(["yes"]).dictionary_encode(),
        }
    )
    pq.write_table(table, tmp_path / "rows.parquet")
    [record] = read_source(open_sources([str(tmp_path / "rows.parquet")])[0]).records
    assert record == {
        "when": "2024-05-01T12:30:00",
        "day": "2024-05-01",
        "cost": 1.5,
        "image": {"bytes": "<476 kB, a1b62ab7f14b5de7>", "path": None},
        "pairs": [["a", 1]],
        "label": "yes",
    }
    json.dumps(record)


@pytest.mark.parametrize("tags", ["text", "dictionary"])
def test_values_within_lists_that_are_null_in_all_rows(tags: str, tmp_path: Path) -> None:
    turns = [{"role": "user", "name": None}, {"role": "bot", "name": None}]
    rows = [{"tag": f"t{n}", "turns": turns} for n in range(4)]
    table = pa.Table.from_pylist(rows)
    if tags == "dictionary":
        table = table.set_column(0, "tag", table.column("tag").dictionary_encode())
    pq.write_table(table, tmp_path / "rows.parquet")
    read = read_source(open_sources([str(tmp_path / "rows.parquet")])[0])
    assert (read.records, read.facts.problems) == (rows, [])


def test_a_table_without_rows_and_one_with_repeated_columns(tmp_path: Path) -> None:
    pq.write_table(pa.table({"a": pa.array([], pa.string())}), tmp_path / "none.parquet")
    read = read_source(open_sources([str(tmp_path / "none.parquet")])[0])
    assert (read.records, read.rules) == ([], ["empty-file"])
    twice = pa.Table.from_arrays([pa.array([1]), pa.array([2])], names=["a", "a"])
    assert read_source(from_object(twice)).records == [{"a": 1, "a_1": 2}]


def test_a_damaged_row_group_is_refused_and_the_others_read(tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    table = pa.table({"t": [f"row {n} " * 50 for n in range(300)]})
    pq.write_table(table, path, row_group_size=100, compression="gzip", use_dictionary=False)
    meta = pq.read_metadata(path)
    column = meta.row_group(1).column(0)
    data = bytearray(path.read_bytes())
    start = column.data_page_offset
    data[start + 40 : start + column.total_compressed_size - 10] = b"\xa5" * (column.total_compressed_size - 50)
    path.write_bytes(data)
    read = read_source(open_sources([str(path)])[0])
    assert (read.facts.rows_read, read.facts.rows_refused) == (200, 100)
    assert read.places == [("truncated-file", None)]
    assert read.one("truncated-file").message.startswith("rows 101 to 200 cannot be read: ")
    assert [record["t"][:7] for record in read.records[99:101]] == ["row 99 ", "row 200"]
    assert read.lines[100] == 201
    assert read.source.fetch([100], [read.offsets[100]]) == [read.records[100]]


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    from datasets import Dataset, DatasetDict

    whole = Dataset.from_list(ROWS)
    DatasetDict({"train": whole, "test": whole.select([3, 1])}).save_to_disk(tmp_path / "saved")
    whole.save_to_disk(tmp_path / "alone", num_shards=2)
    return tmp_path


def test_saved_datasets(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(saved)
    [train] = open_sources(["saved"])
    assert train.path == "saved/train"
    check_rows(read_source(train), "dataset", ROWS)
    assert read_source(open_sources(["saved"], split="test")[0]).records == [ROWS[3], ROWS[1]]
    alone = read_source(open_sources(["alone"])[0])
    check_rows(alone, "dataset", ROWS)
    assert alone.facts.size > 0
    assert sorted(source.path for source in open_sources(["."])) == ["alone", "saved/train"]
    with pytest.raises(DatalintError, match='saved has no split "dev": pass --split with one of train, test'):
        open_sources(["saved"], split="dev")


def test_saved_datasets_that_are_damaged(saved: Path) -> None:
    (saved / "alone" / "state.json").write_text("{")
    with pytest.raises(DatalintError, match=r"has no readable state\.json: save the dataset again"):
        open_sources([str(saved / "alone")])
    (saved / "alone" / "state.json").write_text('{"_data_files": [{"filename": "../../etc/passwd"}]}')
    with pytest.raises(DatalintError, match="names files outside its folder"):
        open_sources([str(saved / "alone")])
    (saved / "saved" / "dataset_dict.json").write_text("[" * 100_000)
    with pytest.raises(DatalintError, match="cannot be read: save the dataset again"):
        open_sources([str(saved / "saved")])
    (saved / "saved" / "dataset_dict.json").write_text('{"splits": ["../alone"]}')
    with pytest.raises(DatalintError, match="names a split outside its folder"):
        open_sources([str(saved / "saved")])
