"""Values in the cells of a table that are no text: lists of messages, of tokens and tags, and labels."""

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


def of_numpy(items: list[Any]) -> str:
    return "[" + "\n ".join(map(repr, items)) + "]"


@pytest.mark.parametrize("write", [json.dumps, dumped, repr, of_numpy])
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


SAID = [["Is dock " + str(n) + " full?", "No, isn't it?", "Ah."] for n in range(12)]


@pytest.mark.parametrize("write", [json.dumps, repr, of_numpy])
@pytest.mark.parametrize("name", ["dialog", "Dialogue"])
def test_a_list_of_what_is_said_in_turns_is_read_as_a_list(
    read_file: ReadFile, write: Callable[[Any], str], name: str
) -> None:
    cells = [*map(write, SAID), "['an unfinished"]
    read = read_file(table(cells, ("id", name)), "rows.csv")
    assert [row[name] for row in read.records] == [*SAID, cells[-1]]
    assert read.rules == []


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("choices", list(map(of_numpy, SAID))),
        ("dialog", ["['One text.']"] * 12),
        ("dialog", ["[1 2 3]"] * 12),
        ("dialog", [*map(of_numpy, SAID[:6]), *["A sentence."] * 6]),
    ],
)
def test_other_lists_of_texts_stay_texts(read_file: ReadFile, name: str, cells: list[str]) -> None:
    assert [row[name] for row in read_file(table(cells, ("id", name)), "rows.csv").records] == cells


def labelled(labels: list[str], names: tuple[str, str, str] = ("prompt", "completion", "label")) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([names, *((f"Is dock {n} open?", "Yes.", label) for n, label in enumerate(labels))])
    return text.getvalue().encode()


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (["true", "false"] * 12, [True, False] * 12),
        (["False", "True", "TRUE"] * 8, [False, True, True] * 8),
        (["1", "0"] * 12, [1, 0] * 12),
        ([*(["true"] * 23), "maybe"], [*([True] * 23), "maybe"]),
        ([*(["true"] * 23), ""], [*([True] * 23), ""]),
    ],
)
def test_a_label_of_kto_is_read_as_datasets_reads_it(
    read_file: ReadFile, labels: list[str], expected: list[object]
) -> None:
    read = read_file(labelled(labels), "rows.csv")
    found = [row["label"] for row in read.records]
    assert [(type(each), each) for each in found] == [(type(each), each) for each in expected]
    column = read.source.valued[0]
    assert [column.read(column.written(each)) for each in found] == found


@pytest.mark.parametrize(
    ("labels", "names"),
    [
        (["yes", "no"] * 12, ("prompt", "completion", "label")),
        (["true", "0", "late"] * 8, ("prompt", "completion", "label")),
        (["tRue", " false"] * 12, ("prompt", "completion", "label")),
        (["true", "false"] * 12, ("text", "title", "label")),
        (["true", "false"] * 12, ("prompt", "label", "completion")),
        (["True", "False"] * 12, ("prompt", "kind", "completion")),
        (["True", "False"] * 12, ("instruction", "output", "label")),
    ],
)
def test_other_labels_stay_texts(read_file: ReadFile, labels: list[str], names: tuple[str, str, str]) -> None:
    assert [row[names[2]] for row in read_file(labelled(labels, names), "rows.csv").records] == labels


def test_a_tag_next_to_an_instruction_is_a_label(read_file: ReadFile) -> None:
    read = read_file(labelled(["true", "false"] * 12, ("instruction", "output", "kto_tag")), "rows.csv")
    assert [row["kto_tag"] for row in read.records] == [True, False] * 12


def test_labels_of_a_sheet_are_read_as_those_of_a_table(read_file: ReadFile) -> None:
    rows = [(f"Is dock {n} open?", "Yes.", label) for n, label in enumerate(["true", "false"] * 12)]
    read = read_file(workbook({"Sheet1": [("prompt", "completion", "label"), *rows]}), "rows.xlsx")
    assert [row["label"] for row in read.records] == [True, False] * 12


def bare(items: list[Any]) -> str:
    return f"[{','.join(map(str, items))}]"


def by_numpy(items: list[Any]) -> str:
    return f"[{' '.join(map(repr, items))}]"


SENTENCES = [["the", "dock's", "shut"], ["Oslo", "is", "far", "..."], ["who", "asked"]] * 5


@pytest.mark.parametrize("write", [json.dumps, repr, bare, by_numpy])
@pytest.mark.parametrize("number", [str, int])
def test_lists_of_tokens_and_as_many_tags_are_lists(
    read_file: ReadFile, write: Callable[[Any], str], number: type[str | int]
) -> None:
    tags = [[number(len(token) % 3) for token in each] for each in SENTENCES]
    rows = [("words", "pos_tags", "fold"), *((write(w), write(t), "1") for w, t in zip(SENTENCES, tags, strict=True))]
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    read = read_file(text.getvalue().encode(), "rows.csv")
    found = [(row["words"], [*map(number, row["pos_tags"])], row["fold"]) for row in read.records]
    assert found == [(w, t, "1") for w, t in zip(SENTENCES, tags, strict=True)]
    valued = {each.column: each for each in read.source.valued}
    again = [valued["words"].read(valued["words"].written(row["words"])) for row in read.records]
    assert again == SENTENCES


@pytest.mark.parametrize(
    ("words", "tags"),
    [
        ("[the,dock]", "[a,b,c]"),
        ("[the,dock]", "open"),
        ("[the dock", "[a b"),
        ("[dock]", "[1]"),
        ("['the', ['dock']]", "[1, 2]"),
    ],
)
def test_lists_of_other_lengths_stay_texts(read_file: ReadFile, words: str, tags: str) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([("tokens", "ner_tags"), *[(words, tags)] * 12])
    assert read_file(text.getvalue().encode(), "rows.csv").records == [{"tokens": words, "ner_tags": tags}] * 12
