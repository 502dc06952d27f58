"""Objects that hold rows: of ``datasets``, pandas and Polars, lists and iterators; and values of Python as JSON."""

from __future__ import annotations

import datetime
import decimal
import uuid
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest
from tests_sources_reading import ROWS, check_rows, read_source

from datalint.core.errors import DatalintError
from datalint.sources.readers.memory import from_object

MIDNIGHT = "T00:00:00"


def test_datasets_objects(batch_rows: int) -> None:
    from datasets import Dataset, DatasetDict, IterableDataset

    whole = Dataset.from_list(ROWS)
    check_rows(read_source(from_object(whole)), "dataset", ROWS)
    check_rows(
        read_source(from_object(whole.shuffle(seed=1).select([2, 4]))),
        "dataset",
        whole.shuffle(seed=1).select([2, 4]).to_list(),
    )
    check_rows(read_source(from_object(whole.to_iterable_dataset())), "dataset", ROWS)
    check_rows(read_source(from_object(IterableDataset.from_generator(lambda: iter(ROWS)))), "dataset", ROWS)
    splits = DatasetDict({"validation": whole.select([0]), "test": whole.select([1])})
    assert read_source(from_object(splits, split="test")).records == [ROWS[1]]
    with pytest.raises(DatalintError, match=r"several splits: pass one of its splits, such as data\['validation'\]"):
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
    check_rows(
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
    check_rows(read_source(from_object(frame)), "dataframe", ROWS)
    check_rows(read_source(from_object(frame.lazy())), "dataframe", ROWS)


def test_lists_and_iterators() -> None:
    check_rows(read_source(from_object(ROWS)), "records", ROWS)
    check_rows(read_source(from_object(tuple(ROWS))), "records", ROWS)
    check_rows(read_source(from_object(iter(ROWS), chunk_bytes=64)), "records", ROWS)
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
        "bytes": "<20 B, 0c10a958419765cb>",
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
    with pytest.raises(DatalintError, match=r"cannot read an? .*; give a path, a pandas DataFrame"):
        from_object(thing)
