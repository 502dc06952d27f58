"""Tables of text in files named .txt or by no format, whose fields an unusual sign separates."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests_sources_reading import Read, read_source

from datalint.operations.check import lint
from datalint.operations.fix import fix
from datalint.sources import open_sources
from datalint.sources.sniff import OpenSettings, open_path

ROWS = [{"id": str(n), "text": f'"The number {n} bus', "label": ("late", "on time")[n % 2]} for n in range(30)]


def opened(path: Path, chunk_bytes: int = 8 << 20) -> Read:
    return read_source(open_path(str(path), str(path), OpenSettings(chunk_bytes=chunk_bytes)))


def written(path: Path, sign: str, *, header: bool = True, rows: list[dict[str, str]] = ROWS) -> Path:
    lines = [sign.join(rows[0])] * header + [sign.join(row.values()) for row in rows]
    path.write_text("".join(f"{line}\n" for line in lines))
    return path


SIGNS = [
    "␞",
    "\u241f",
    "\x1f",
    "\x1e",
    "\x01",
    "|",
    "^",
    "|||",
    " ||| ",
    "@@@",
    "$$",
    "####",
    " +++$+++ ",
    " ==sep== ",
    " [SEP] ",
    "<CODESPLIT>",
]


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("chunk_bytes", [100, 8 << 20])
def test_a_sign_that_each_line_has_as_often_separates_fields(tmp_path: Path, sign: str, chunk_bytes: int) -> None:
    read = opened(written(tmp_path / "rows.txt", sign), chunk_bytes)
    assert read.records == ROWS
    assert read.source.container == "csv"
    assert not read.rules
    assert read.source.fetch([29, 3], [read.offsets[29], read.offsets[3]]) == [ROWS[29], ROWS[3]]


@pytest.mark.parametrize("name", ["rows", "rows.data", "rows.dat"])
def test_a_table_has_any_other_name(tmp_path: Path, name: str) -> None:
    assert opened(written(tmp_path / name, "␞")).records == ROWS


def test_without_a_header_each_line_is_a_row(tmp_path: Path) -> None:
    read = opened(written(tmp_path / "rows.txt", "@@@", header=False))
    assert [list(row.values()) for row in read.records] == [list(row.values()) for row in ROWS]


@pytest.mark.parametrize("sign", [";", " ||| ", "|||", " ==sep== "])
def test_a_sign_separates_a_text_from_one_of_a_few_labels(tmp_path: Path, sign: str) -> None:
    rows = [{"text": f"The number {n} bus", "label": ("late", "on time")[n % 2]} for n in range(30)]
    read = opened(written(tmp_path / "rows.txt", sign, header=False, rows=rows))
    assert [list(row.values()) for row in read.records] == [list(row.values()) for row in rows]


@pytest.mark.parametrize("sign", [",", ";"])
@pytest.mark.parametrize("header", [True, False])
def test_a_column_of_numbers_after_others_makes_a_table(tmp_path: Path, sign: str, header: bool) -> None:
    rows = [{"one": f"bus {n}", "other": f"tram {n % 7}", "same": str(n % 2)} for n in range(30)]
    read = opened(written(tmp_path / "rows.txt", sign, header=header, rows=rows))
    assert [list(row.values()) for row in read.records] == [list(row.values()) for row in rows]


@pytest.mark.parametrize(
    "line",
    [
        "The bus was late; so was tram {n}",
        "I took the number {n} bus; it was late",
        "return {n};",
        "It rained on day {n} |",
        "^Line {n} of a note",
        "The bus {n} | late" + " | again" * 2 + "\nThe tram {n}",
        "Day {n} ... was it late ... or not",
        "Day {n} -- late -- again",
        "Day {n}, late, again",
        "{n}, the bus, the tram",
        "1, 2, {n}",
        "Line, after line, {n} of them",
    ],
)
def test_texts_with_signs_are_lines(tmp_path: Path, line: str) -> None:
    (tmp_path / "a.txt").write_text("".join(f"{line.format(n=n)}\n" for n in range(40)))
    assert opened(tmp_path / "a.txt").source.container == "text"


def test_binary_data_is_no_table(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"a\x01b\0c\n" * 30)
    assert opened(tmp_path / "a.txt").source.container == "text"


def test_the_separator_of_a_text_can_be_given(tmp_path: Path) -> None:
    path = written(tmp_path / "rows.txt", ";", rows=ROWS[:3])
    config = {"select": ["FMT021"], "quote": "none"}
    assert lint(path, eval=False, config={**config, "delimiter": ";"}).examples == 3
    report = lint(path, eval=False, config={**config, "delimiter": "␞"})
    assert report.examples == 4
    assert [found.message for found in report.findings] == [
        "no line has the separator ␞ of --delimiter: each is read as a text"
    ]


@pytest.mark.parametrize("sign", ["␞", " ||| "])
def test_a_fix_keeps_the_separator_and_the_header(tmp_path: Path, sign: str) -> None:
    rows = [*ROWS, {**ROWS[0], "id": "30"}, {"id": "31", "text": "So bad\x7f", "label": "late"}]
    path = written(tmp_path / "rows.txt", sign, rows=rows)
    fix(path, eval=False, config={"select": ["QUA013"]}).write(tmp_path / "clean.txt")
    assert (tmp_path / "clean.txt").read_text() == path.read_text().replace("\x7f", "")


def test_a_first_line_that_all_texts_have_is_no_leak(tmp_path: Path) -> None:
    for name, start in (("train", 0), ("test", 100)):
        lines = ["sentence", *(f"The number {n} bus was late again today" for n in range(start, start + 60))]
        (tmp_path / f"{name}.txt").write_text("\n".join([*lines, "It never came at all"]))
    report = lint(tmp_path / "train.txt", config={"select": ["RDY003"]})
    assert [found.line for found in report.findings] == [62]


@pytest.mark.parametrize("lines", [1, 30])
def test_texts_with_a_special_token_between_them_are_no_table_and_have_a_note(tmp_path: Path, lines: int) -> None:
    texts = [[f"Dock {n} is full. Boat {m} waits there." for m in range(8)] for n in range(lines)]
    path = tmp_path / "a.txt"
    path.write_text("\n".join("<|endoftext|>".join(each) for each in texts))
    [source] = open_sources([str(path)])
    assert source.container == "text"
    [note] = source.facts().problems
    assert note.is_note
    assert note.message == (
        "<|endoftext|> is within lines, each of which is read as one text: if it ends a text, write each text to "
        "JSON Lines, without it"
    )


def test_texts_with_a_special_token_at_their_end_have_no_note(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("".join(f"Dock {n} is full.<|endoftext|>\n" for n in range(30)))
    [source] = open_sources([str(path)])
    assert not source.facts().problems
