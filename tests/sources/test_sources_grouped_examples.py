"""Examples in lists of groups, which may be in groups themselves."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from datalint.sources.sniff import OpenSettings, open_path

Row = dict[str, Any]


def example(number: int) -> Row:
    return {"input": f"Where is boat {number}, {{or}} its [dock]?", "output": f"At dock {number * 7}."}


def chat(number: int) -> Row:
    one, other = example(number).values()
    return {"messages": [{"role": "user", "content": one}, {"role": "assistant", "content": other}]}


def some(first: int, row: Any = example, size: int = 6) -> list[Row]:
    return [row(number) for number in range(first, first + size)]


def topics(key: str = "examples", **more: Any) -> Row:
    inner = [[{"title": f"Pier {n}{m}", key: some(20 * n + 6 * m)} | more for m in range(3)] for n in range(2)]
    return {"categories": [{"name": "boats", "topics": inner[0]}, {"name": "docks", "topics": inner[1]}]}


def read(path: Path, value: Any, indent: int | None = None, chunk_bytes: int = 1 << 20) -> list[Row]:
    path.write_text(json.dumps(value, indent=indent))
    source = open_path(str(path), str(path), OpenSettings(chunk_bytes=chunk_bytes))
    chunks = [chunk.load() for chunk in source.chunks(0)]
    records = [record for chunk in chunks for record in chunk.records]
    offsets = [offset for chunk in chunks for offset in chunk.offsets.tolist()]
    assert source.fetch(list(range(len(records))), offsets) == records
    return records


def named(names: dict[str, list[Row]]) -> list[Row]:
    return [row | {"category": name} for name, rows in names.items() for row in rows]


TOPICS = {f"{g} / Pier {n}{m}": some(20 * n + 6 * m) for n, g in enumerate(("boats", "docks")) for m in range(3)}
TWO = {"x": some(0), "y": some(9)}
#: Groups by their names alone, and lists of few examples in nested groups.
BY_NAME = {"x": {"a": {"b": {"c": some(0, size=1)}}}, "y": {"a": {"b": {"c": some(6, size=2)}}}}
#: Next to what describes the file.
BOOK = {"about": "Ports.", "book": {"chapters": [{"title": t, "parts": [{"qa": rows}]} for t, rows in TWO.items()]}}
CHATS = {"x": some(0, chat), "y": some(9, chat)}


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("chunk_bytes", [64, 1 << 20])
@pytest.mark.parametrize(
    ("value", "rows"),
    [
        (topics(), TOPICS),
        ({"groups": [{"name": name, "examples": rows} for name, rows in TWO.items()]}, TWO),
        ([{"id": n, "tags": ["x"] * n, "items": some(9 * n)} for n in range(2)], {"0": some(0), "1": some(9)}),
        (BY_NAME, {"x": some(0, size=1), "y": some(6, size=2)}),
        (BOOK, TWO),
        ({"topics": [{"topic": name, "conversations": rows} for name, rows in CHATS.items()]}, CHATS),
    ],
)
def test_examples_in_groups_are_rows_with_the_names_of_their_groups(
    tmp_path: Path, value: Any, rows: dict[str, list[Row]], indent: int | None, chunk_bytes: int
) -> None:
    assert read(tmp_path / "a.json", value, indent, chunk_bytes) == named(rows)


def test_rows_keep_a_category_of_their_own(tmp_path: Path) -> None:
    rows = [example(n) | {"category": "moored"} for n in range(12)]
    assert read(tmp_path / "a.json", [{"name": "a", "examples": rows[:6]}, {"name": "b", "examples": rows[6:]}]) == rows


def test_rows_under_keys_of_any_names_are_read_as_they_are(tmp_path: Path) -> None:
    rows = [{"foo": f"Where is boat number {n}?", "bar": f"It lies at dock {n * 7}."} for n in range(24)]
    value = {"topics": [{"name": name, "items": rows[n * 12 :][:12]} for n, name in enumerate("ab")]}
    assert read(tmp_path / "a.json", value) == rows


@pytest.mark.parametrize(
    "group",
    [
        # A conversation, a passage with its questions, and a task with examples of it are rows.
        {"turns": some(0)},
        {"questions": some(0)},
        {"story": "Boat 7 lies at dock 3.", "items": some(0)},
        {"instruction": "Say where the boat is.", "examples": some(0)},
        {"about": "Boat 7 lies at dock 3. " * 20, "examples": some(0)},
        # One of two lists may have the wrong examples; turns of people are no examples.
        {"good": some(0), "bad": some(6)},
        {"examples": [{"role": "user", "question": "Is it full?", "answer": "No."}] * 6},
        {"items": [{"foo": "12", "bar": "no"}] * 12},
        {"examples": []},
    ],
)
def test_other_objects_with_lists_stay_rows(tmp_path: Path, group: Row) -> None:
    rows = [{"name": name} | group for name in "abcd"]
    assert read(tmp_path / "a.json", rows) == rows


@pytest.mark.parametrize(
    "value",
    [
        [{"name": "a", "examples": some(0, size=2)}, {"name": "b", "examples": some(6, size=2)}],
        [{"name": "a", "examples": some(0, size=20)}],
        [{"name": "a", "examples": some(0)}, {"name": "b", "parts": [{"examples": some(6)}]}],
    ],
)
def test_few_examples_and_lists_of_several_depths_are_not_read(tmp_path: Path, value: Any) -> None:
    assert read(tmp_path / "a.json", value) == value
