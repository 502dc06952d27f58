"""Lines of a prompt and a response with a separator between them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from datalint.operations.check import lint
from datalint.sources.sniff import OpenSettings, open_path

ANIMALS = ["otter", "heron", "badger", "marten", "plover"] * 12
ASKED = [f"Where does {animal} number {place} live" for place, animal in enumerate(ANIMALS)]


def read(path: Path, chunk_bytes: int = 1 << 20) -> tuple[list[dict[str, Any]], Any]:
    source = open_path(str(path), str(path), OpenSettings(chunk_bytes=chunk_bytes))
    loaded = [chunk.load() for chunk in source.chunks(0)]
    records = [record for each in loaded for record in each.records]
    offsets = [offset for each in loaded for offset in each.offsets.tolist()]
    assert source.fetch(list(range(len(records))), offsets) == records
    return records, source


@pytest.mark.parametrize(
    "separator",
    ["=", "||", "|||", " ||| ", " -> ", " => ", " --> ", "##", "###", "####", "\t", "|", " :: ", "::", " ,,, "],
)
@pytest.mark.parametrize("chunk_bytes", [64, 1 << 20])
def test_a_line_is_a_pair(tmp_path: Path, separator: str, chunk_bytes: int) -> None:
    lines = [f"{asked}{separator}By the river" for asked in ASKED]
    # One line that differs: a table of tabs has none.
    (tmp_path / "a.txt").write_text("\n".join(["A line of its own", *lines, ""]))
    records, source = read(tmp_path / "a.txt", chunk_bytes)
    assert records[0] == {"prompt": "A line of its own", "response": ""}
    assert records[1:] == [{"prompt": asked, "response": "By the river"} for asked in ASKED]
    assert source.container == "text-pairs"


def test_short_lines_without_spaces_are_pairs(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("".join(f"水獭住在哪里{place}=在河边\n" for place in range(30)))
    assert read(tmp_path / "a.txt")[0][0] == {"prompt": "水獭住在哪里0", "response": "在河边"}


def test_lines_that_differ_are_reported(tmp_path: Path) -> None:
    lines = [f"{asked}=By the river" for asked in ASKED]
    (tmp_path / "a.txt").write_text("\n".join([*lines, "No sign here", "Two = of = them", "# Part two", ""]))
    report = lint(tmp_path / "a.txt", eval=False, config={"select": ["FMT023"]})
    assert [(found.line, found.message) for found in report.findings] == [
        (61, 'no "=" in the line: read as a prompt alone'),
        (62, '"=" several times in the line: divided at the first'),
    ]
    assert report.examples == 62
    assert any('lines that begin with "#" and have no "=" are left out as comments' in note for note in report.notes)
    assert any("a row is a line with a prompt, a separator and a response" in note for note in report.notes)


@pytest.mark.parametrize(
    "line",
    [
        lambda n, word: f"KEY_{n}={word} of the river",
        lambda n, word: f"menu.{word}{n}.open=Open the {word}",
        lambda n, word: f"    {word}{n} = find_all({word})",
        lambda n, word: f"tensor(0.{n}, device='{word}:0')",
        lambda n, word: f"const string {word}{n} = find();",
        lambda n, word: f"{n} + {n} = {2 * n}",
        lambda n, word: f"f(x) = a x + b and {word}{n}",
        lambda n, word: f"we have \\frac{{a}}{{b}} = {word} here",
        lambda n, word: f"NP{n} -> DET {word}",
        lambda n, word: f"see https://example.org/a/b?{word}={n}x",
        lambda n, word: f"## The {word} number {n}",
        lambda n, word: f"#### The {word} number {n}",
        lambda n, word: f"A_{n} --> B_{n}",
        lambda n, word: f"{word}{n} || die",
        lambda n, word: f"{word}{n} :: Eq a => Maybe a -> Bool",
        lambda n, word: f"    return std::{word}{n}(x);",
        lambda n, word: f"The {word} is = number {n}" if n % 9 == 0 else f"The {word} is here",
    ],
)  # fmt: skip
def test_settings_programs_and_formulas_are_lines(tmp_path: Path, line: Callable[[int, str], str]) -> None:
    lines = [line(place, animal) for place, animal in enumerate(ANIMALS)]
    (tmp_path / "a.txt").write_text("\n".join(lines) + "\n")
    assert read(tmp_path / "a.txt")[1].container == "text"


def test_nothing_may_be_found_in_a_text(tmp_path: Path) -> None:
    found = ["[]", "[['river', 'place']]"]
    lines = [f"{asked}####{found[place % 2]}" for place, asked in enumerate(ASKED)]
    (tmp_path / "a.txt").write_text("\n".join(lines) + "\n")
    assert read(tmp_path / "a.txt")[0][0] == {"prompt": ASKED[0], "response": "[]"}


def test_two_bars_are_between_the_sides_where_others_are_in_one(tmp_path: Path) -> None:
    lines = [f"name : {animal} | river : {place}{' | wild' * (place % 2)}" for place, animal in enumerate(ANIMALS)]
    (tmp_path / "a.txt").write_text("".join(f"{line}||It lives there.\n" for line in lines))
    assert read(tmp_path / "a.txt")[0][:2] == [{"prompt": line, "response": "It lives there."} for line in lines[:2]]


def test_two_bars_around_an_empty_field_are_those_of_a_table(tmp_path: Path) -> None:
    lines = [f"{place}|the {animal}||It lives there by day|river" for place, animal in enumerate(ANIMALS)]
    (tmp_path / "a.txt").write_text("\n".join(lines) + "\n")
    assert read(tmp_path / "a.txt")[1].container == "csv"


@pytest.mark.parametrize(
    "data", [b"=" * 1000 + b"\n", b"=\n" * 100, b"a=b\xff\n" * 100, b"\0=\0\n" * 100, b"a" * 70000]
)
def test_odd_lines_are_lines(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    assert read(tmp_path / "a.txt")[1].container == "text"
