"""Lists of messages in the cells of a table."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from tests_sources_reading import Read
from workbooks import workbook

ReadFile = Callable[..., Read]
TURNS = [
    [{"role": "user", "content": f'Is {n} "even", or isn\'t it?'}, {"role": "assistant", "content": "Ask\nagain."}]
    for n in range(12)
]
LONG = "[" * 500 + '{"role": "user"}' + "]" * 500


def table(cells: list[str], names: tuple[str, str] = ("id", "messages")) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([names, *enumerate(cells)])
    return text.getvalue().encode()


def dumped(turns: Any) -> str:
    return json.dumps(turns, indent=1)


@pytest.mark.parametrize("write", [json.dumps, dumped, repr])
@pytest.mark.parametrize("chunk_bytes", [50, 8 << 20])
def test_a_list_of_messages_is_read_as_a_list(
    read_file: ReadFile, write: Callable[[Any], str], chunk_bytes: int
) -> None:
    read = read_file(table([*map(write, TURNS), ""]), "rows.csv", chunk_bytes=chunk_bytes)
    assert [row["messages"] for row in read.records] == [*TURNS, ""]
    assert read.source.fetch([3, 12], [read.offsets[3], read.offsets[12]]) == [read.records[3], read.records[12]]
    assert read.rules == []


def test_a_list_of_messages_in_a_sheet_is_read_as_a_list(read_file: ReadFile) -> None:
    data = workbook({"Sheet1": [("id", "messages"), *((str(n), json.dumps(turns)) for n, turns in enumerate(TURNS))]})
    assert [row["messages"] for row in read_file(data, "rows.xlsx").records] == TURNS


def test_a_damaged_cell_stays_a_text(read_file: ReadFile) -> None:
    cells = [*map(json.dumps, TURNS), json.dumps(TURNS[0])[:-9]]
    assert [row["messages"] for row in read_file(table(cells), "rows.csv").records] == [*TURNS, cells[-1]]


@pytest.mark.parametrize(
    "cells",
    [
        ["A sentence."] * 12,
        ["[1, 2]"] * 12,
        ['[{"text": "no message", "start": 3}]'] * 12,
        [*map(json.dumps, TURNS[:6]), *["A sentence."] * 6],
        ["[]"] * 12,
        [LONG] * 12,
        ["[{'role': " + "-" * 9000 + "1}]"] * 12,
        ["[{'role': {'a', 'b'}}]"] * 12,
        [r'[{"role": "user", "content": "\ud83d"}]'] * 12,
    ],
)
def test_other_cells_stay_texts(read_file: ReadFile, cells: list[str]) -> None:
    assert [row["messages"] for row in read_file(table(cells), "rows.csv").records] == cells
