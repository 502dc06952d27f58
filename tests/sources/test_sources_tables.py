"""Tables and objects: Parquet, Arrow, ``datasets``, DataFrames, lists of dicts, and the hub."""

from __future__ import annotations

import datetime
import decimal
import json
import socket
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests_sources_reading import Read, read_source

from datalint.core.errors import DatalintError
from datalint.sources import ROW_CONTAINERS, from_object, has_lines, json_safe, open_sources

ReadFile = Callable[..., Read]
MIDNIGHT = "T00:00:00"
ROWS: list[dict[str, Any]] = [{"n": n, "messages": [{"role": "user", "content": f"é{n}"}]} for n in range(25)]


def check(read: Read, container: str, rows: list[dict[str, Any]]) -> None:
    """All of a source of rows: values, ordinals as lines, and any of them again."""
    assert read.source.container == container
    assert container in ROW_CONTAINERS
    assert not has_lines(container)
    assert read.records == rows
    assert read.lines == list(range(1, len(rows) + 1))
    assert (read.facts.rows_read, read.facts.lines) == (len(rows), len(rows))
    order = [len(rows) - 1, 0, len(rows) - 1]
    assert read.source.fetch(order) == [rows[place] for place in order]
    assert read.source.fetch(order, [read.offsets[place] for place in order]) == [rows[place] for place in order]


@pytest.fixture(params=[1, 8192])
def batch_rows(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr("datalint.sources.arrow.CHUNK_ROWS", request.param)
    return int(request.param)


def test_parquet(tmp_path: Path, batch_rows: int) -> None:
    path = tmp_path / "rows.parquet"
    pq.write_table(pa.Table.from_pylist(ROWS), path, row_group_size=10)
    read = read_source(open_sources([str(path)])[0])
    check(read, "parquet", ROWS)
    assert read.facts.size == path.stat().st_size
    assert len(read.facts.sha256) == 64
    assert len(read.parts) == (25 if batch_rows == 1 else 3)


@pytest.mark.parametrize("kind", ["file", "stream", "feather"])
def test_arrow(kind: str, tmp_path: Path, batch_rows: int) -> None:
    path = tmp_path / ("rows.feather" if kind == "feather" else "rows.arrow")
    table = pa.Table.from_pylist(ROWS)
    with (pa.ipc.new_stream if kind == "stream" else pa.ipc.new_file)(str(path), table.schema) as writer:
        writer.write_table(table, max_chunksize=7)
    check(read_source(open_sources([str(path)])[0]), "arrow", ROWS)


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
        "image": {"bytes": "<476 kB>", "path": None},
        "pairs": [["a", 1]],
        "label": "yes",
    }
    json.dumps(record)


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
    assert read.places == [("truncated-file", 101)]
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
    check(read_source(train), "dataset", ROWS)
    assert read_source(open_sources(["saved"], split="test")[0]).records == [ROWS[3], ROWS[1]]
    alone = read_source(open_sources(["alone"])[0])
    check(alone, "dataset", ROWS)
    assert alone.facts.size > 0
    assert sorted(source.path for source in open_sources(["."])) == ["alone", "saved/train"]
    with pytest.raises(DatalintError, match="saved has no split 'dev': pass --split with one of train, test"):
        open_sources(["saved"], split="dev")


def test_saved_datasets_that_are_damaged(saved: Path) -> None:
    (saved / "alone" / "state.json").write_text("{")
    with pytest.raises(DatalintError, match=r"has no readable state\.json: save the dataset again"):
        open_sources([str(saved / "alone")])
    (saved / "alone" / "state.json").write_text('{"_data_files": [{"filename": "../../etc/passwd"}]}')
    with pytest.raises(DatalintError, match="names files outside its folder"):
        open_sources([str(saved / "alone")])
    (saved / "saved" / "dataset_dict.json").write_text('{"splits": ["../alone"]}')
    with pytest.raises(DatalintError, match="names a split outside its folder"):
        open_sources([str(saved / "saved")])


def test_datasets_objects(batch_rows: int) -> None:
    from datasets import Dataset, DatasetDict, IterableDataset

    whole = Dataset.from_list(ROWS)
    check(read_source(from_object(whole)), "dataset", ROWS)
    check(
        read_source(from_object(whole.shuffle(seed=1).select([2, 4]))),
        "dataset",
        whole.shuffle(seed=1).select([2, 4]).to_list(),
    )
    check(read_source(from_object(whole.to_iterable_dataset())), "dataset", ROWS)
    check(read_source(from_object(IterableDataset.from_generator(lambda: iter(ROWS)))), "dataset", ROWS)
    splits = DatasetDict({"validation": whole.select([0]), "test": whole.select([1])})
    assert read_source(from_object(splits, split="test")).records == [ROWS[1]]
    with pytest.raises(DatalintError, match="several splits: pass --split with one of validation, test"):
        from_object(splits)


def test_pandas() -> None:
    frame = pd.DataFrame(
        {
            "text": ["a", None, "c"],
            "score": [1.5, np.nan, 3.0],
            "when": pd.to_datetime(["2024-05-01", None, "2024-05-03"]),
            "turns": [[{"r": "u"}], None, np.array([1, 2])],
            7: pd.Categorical(["x", "y", "x"]),
            "count": pd.array([1, None, 3], dtype="Int64"),
        }
    )
    before = frame.copy(deep=True)
    read = read_source(from_object(frame))
    check(
        read,
        "dataframe",
        [
            {
                "text": "a",
                "score": 1.5,
                "when": f"2024-05-01{MIDNIGHT}",
                "turns": [{"r": "u"}],
                "7": "x",
                "count": 1,
            },
            {"text": None, "score": None, "when": None, "turns": None, "7": "y", "count": None},
            {"text": "c", "score": 3.0, "when": f"2024-05-03{MIDNIGHT}", "turns": [1, 2], "7": "x", "count": 3},
        ],
    )
    assert (read.rules, read.noticed) == ([], {})
    assert frame.columns.equals(before.columns)
    assert frame.drop(columns="turns").equals(before.drop(columns="turns"))
    with pytest.raises(DatalintError, match="two columns named 'a': rename one"):
        from_object(pd.DataFrame([[1, 2]], columns=["a", "a"]))


def test_polars() -> None:
    frame = pl.DataFrame(ROWS)
    check(read_source(from_object(frame)), "dataframe", ROWS)
    check(read_source(from_object(frame.lazy())), "dataframe", ROWS)


def test_lists_and_iterators() -> None:
    check(read_source(from_object(ROWS)), "records", ROWS)
    check(read_source(from_object(tuple(ROWS))), "records", ROWS)
    check(read_source(from_object(iter(ROWS), chunk_bytes=64)), "records", ROWS)
    assert read_source(from_object([])).rules == ["empty-file"]


def test_what_is_odd_in_rows_is_told() -> None:
    deep: list[Any] = []
    for _ in range(150):
        deep = [deep]
    rows = [{"a": float("nan")}, {"s": "\ud83d"}, {"i": 1 << 70}, "text", None, {"d": deep}, {"ok": None}]
    read = read_source(from_object(rows))
    assert [(index, problem.rule) for index, problems in read.noticed.items() for problem in problems] == [
        (0, "nan-literal"),
        (1, "lone-surrogate"),
        (2, "integer-overflow"),
        (3, "excessive-nesting"),
    ]
    assert read.places == [("not-an-object", 4), ("not-an-object", 5)]
    assert read.records[1:3] == [{"s": "\ud83d"}, {"i": 1 << 70}]
    assert read.records[-1] == {"ok": None}


def test_values_of_python_and_numpy_become_json() -> None:
    class Strange:
        pass

    class Text(str):
        __slots__ = ()

    ident = uuid.uuid5(uuid.NAMESPACE_DNS, "example.org")
    row = {
        "date": datetime.date(2024, 5, 1),
        "delta": datetime.timedelta(minutes=3),
        "cost": decimal.Decimal("2"),
        "array": np.arange(3),
        "number": np.float32(0.5),
        "bytes": b"\0" * 20,
        "tuple": (1, 2),
        "set": {1},
        "id": ident,
        "odd": Strange(),
        "text": Text("x"),
        1: True,
    }
    [record] = read_source(from_object([row])).records
    assert record == {
        "date": "2024-05-01",
        "delta": "0:03:00",
        "cost": 2,
        "array": [0, 1, 2],
        "number": 0.5,
        "bytes": "<20 B>",
        "tuple": [1, 2],
        "set": [1],
        "id": "<UUID>",
        "odd": "<Strange>",
        "text": "x",
        "1": True,
    }


def test_a_list_that_holds_itself_ends() -> None:
    row: dict[str, Any] = {"a": 1}
    row["self"] = row
    read = read_source(from_object([row, {"b": 2}]))
    assert read.records == [{"b": 2}]
    assert read.facts.rows_refused == 1


@pytest.mark.parametrize("thing", ["rows.jsonl", b"{}", {"a": 1}, 7, None])
def test_what_holds_no_rows(thing: object) -> None:
    with pytest.raises(DatalintError, match="holds no rows: pass a list of dicts"):
        from_object(thing)


def test_json_safe() -> None:
    value = {"s\ud83d": ["a\ude00b", "\U0001f600", float("nan"), 1 << 64, -(1 << 63), 1.5, None, 10**400]}
    assert json_safe(value) == {
        "s\ufffd": ["a\ufffdb", "\U0001f600", None, float(1 << 64), -(1 << 63), 1.5, None, None]
    }


# --- the hub ------------------------------------------------------------------------------------------------


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """A stand-in for ``datasets.load_dataset``; what it is called with lands in the dictionary."""
    import datasets

    called: dict[str, Any] = {}

    def load(name: str, config: str | None = None, **options: Any) -> Any:
        called.update(name=name, config=config, **options)
        if "raise" in called:
            raise called["raise"]
        whole = datasets.Dataset.from_list(ROWS).to_iterable_dataset()
        return datasets.IterableDatasetDict(dict.fromkeys(called.get("splits", ["train", "test"]), whole))

    monkeypatch.setattr(datasets, "load_dataset", load)
    monkeypatch.setattr("datalint.sources.hub._require_host", lambda: None)
    return called  # type: ignore[return-value]


def test_hub_rows(hub: dict[str, Any]) -> None:
    [source] = open_sources(["hf://datasets/owner/name"])
    check(read_source(source), "hub", ROWS)
    assert source.path == "hf://datasets/owner/name"
    assert (hub["name"], hub["config"], hub["streaming"], hub["revision"]) == ("owner/name", None, True, None)
    assert source.facts().sha256 == ""


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("hf://datasets/name", {"name": "name", "config": None}),
        ("hf://datasets/owner/name@v1.0", {"name": "owner/name", "revision": "v1.0"}),
        ("hf://datasets/owner/name:en", {"name": "owner/name", "config": "en"}),
        ("hf://datasets/owner/name@main:en", {"revision": "main", "config": "en"}),
        ("hf://datasets/owner/name/data/train.jsonl", {"name": "owner/name", "data_files": "data/train.jsonl"}),
    ],
)
def test_hub_addresses(hub: dict[str, Any], address: str, expected: dict[str, Any]) -> None:
    open_sources([address])
    assert {key: hub[key] for key in expected} == expected


@pytest.mark.parametrize(
    ("splits", "split", "words"),
    [
        (["validation", "test"], None, "several splits: pass --split with one of validation, test"),
        (["train"], "dev", "has no split 'dev': pass --split with one of train"),
    ],
)
def test_hub_splits(hub: dict[str, Any], splits: list[str], split: str | None, words: str) -> None:
    hub["splits"] = splits
    with pytest.raises(DatalintError, match=words):
        open_sources(["hf://datasets/owner/name"], split=split)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ConnectionError("no route"), "cannot be reached: check the connection"),
        (
            ValueError("Config name is missing.\nPick one of: ['en', 'de']"),
            "NAME, from 'en', 'de'",
        ),
        (FileNotFoundError("Dataset 'owner/name' doesn't exist\nmore"), r"cannot be read \(FileNotFoundError: Dataset"),
        (RuntimeError(""), r"cannot be read \(RuntimeError: \): check the name"),
    ],
)
def test_hub_errors_are_one_sentence(hub: dict[str, Any], error: Exception, words: str) -> None:
    hub["raise"] = error
    with pytest.raises(DatalintError, match=words) as found:
        open_sources(["hf://datasets/owner/name"])
    assert "\n" not in str(found.value)


def test_an_unreachable_hub_fails_fast(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY", "all_proxy", "HF_HUB_OFFLINE"):
        monkeypatch.delenv(name, raising=False)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{taken.getsockname()[1]}")
        started = time.monotonic()
        with pytest.raises(DatalintError, match=r"127\.0\.0\.1 cannot be reached: check the connection, or set HF"):
            open_sources(["hf://datasets/owner/name"])
        assert time.monotonic() - started < 10
