"""Rows beyond the limits of what is read: refused one by one, and never the rest of the file."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests_sources_reading import Read, read_source

from datalint.sources.content import Content
from datalint.sources.json_layout import count_values, elements
from datalint.sources.limits import over_limit
from datalint.sources.readers.documents.reader import Document
from datalint.sources.readers.json_lines.reader import JsonLines
from datalint.sources.readers.texts.reader import TextLines
from datalint.sources.sniff import OpenSettings, open_content

MANY = json.dumps({"text": "many", "list": list(range(100))})
TEXT = json.dumps({"text": "a, [b], {c} " * 30, "more": 1})
FEW = json.dumps({"text": "few"})
MESSAGE = json.dumps({"role": "user", "content": "Hi"})


@pytest.fixture
def few_values(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("datalint.sources.limits.MOST_VALUES", 50)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (b"{}", 1),
        (b"[1, 2, 3]", 3),
        (b'{"a": {"b": [1]}, "c": "d"}', 4),
        (b'{"a": ",[{,\\",", "b": "\\\\"}', 2),
    ],
)
def test_values_are_counted_outside_strings(text: bytes, count: int) -> None:
    assert count_values(text) == count


@pytest.mark.usefixtures("few_values")
@pytest.mark.parametrize(
    ("name", "data", "line"),
    [
        ("rows.jsonl", f"{FEW}\n{MANY}\n{TEXT}\n", 2),
        ("rows.jsonl", f"{FEW}\n{MANY}\n{TEXT}\nno JSON\n", 2),
        ("rows.json", f"[{FEW},\n{MANY},\n{TEXT}]", 2),
        ("rows.jsonl", f"{FEW}\n{json.dumps(json.loads(MANY), indent=1)}\n{TEXT}\n", 2),
    ],
)
def test_a_row_of_too_many_values_is_one_refused_row(
    read_file: Callable[..., Read], name: str, data: str, line: int
) -> None:
    read = read_file(data.encode(), name)
    problem = read.one("oversized-line")
    assert problem.line == line
    assert problem.message == "the row has 102 values, more than the limit of 50"
    assert [row["text"][:3] for row in read.records] == ["few", "a, "]


@pytest.mark.usefixtures("few_values")
def test_one_object_of_too_many_values_is_refused(read_file: Callable[..., Read]) -> None:
    read = read_file(MANY.encode(), "row.json")
    assert read.one("oversized-line").line == 1
    assert (read.facts.rows_read, read.facts.rows_refused) == (0, 1)


@pytest.mark.usefixtures("few_values")
def test_lists_of_rows_are_no_row(read_file: Callable[..., Read]) -> None:
    data = json.dumps({"train": [{"text": f"row {number}"} for number in range(100)], "test": []})
    assert read_file(data.encode(), "rows.json").facts.rows_read == 100


@pytest.mark.parametrize("keys", [["train", "t\\u0065st"], ["version", "data"]])
def test_lists_are_found_by_keys_however_they_are_written(read_file: Callable[..., Read], keys: list[str]) -> None:
    data = f'{{"{keys[0]}": [{FEW}], "{keys[1]}": [{FEW}, {FEW}]}}'.replace(f'"version": [{FEW}]', '"version": 1')
    assert "json-array" in {problem.rule for problem in read_file(data.encode(), "rows.json").facts.problems}


def test_a_row_of_too_many_bytes_is_refused(read_file: Callable[..., Read], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("datalint.sources.limits.MOST_VALUES", 50)
    monkeypatch.setattr("datalint.sources.limits.MOST_ROW", 300)
    read = read_file(f"{FEW}\n{TEXT}\n{FEW}\n".encode())
    assert read.one("oversized-line").line == 2
    assert (read.facts.rows_read, read.facts.rows_refused) == (2, 1)


@pytest.mark.parametrize("chunk_bytes", [1, 700, 8 << 20])
@pytest.mark.parametrize("kind", [JsonLines, TextLines])
def test_a_line_of_too_many_bytes_is_never_loaded(
    monkeypatch: pytest.MonkeyPatch, kind: type[JsonLines] | type[TextLines], chunk_bytes: int
) -> None:
    monkeypatch.setattr("datalint.sources.limits.MOST_ROW", 300)
    long, blank = TEXT.encode(), b" " * 400
    content = Content(b"\n".join([long + b"\r", FEW.encode(), FEW.encode(), blank, long, long, FEW.encode(), long]))
    source = kind("rows", content, content, chunk_bytes=chunk_bytes)
    assert max(chunk.region.stop - chunk.region.start for chunk in source.chunks(0) if hasattr(chunk, "region")) < 100
    read = read_source(source)
    facts = read.facts
    assert read.lines == [2, 3, 7]
    assert read.places == [("oversized-line", line) for line in (1, 5, 6, 8)]
    assert (facts.lines, facts.rows_read, facts.rows_refused, facts.blank_lines, facts.first_blank) == (8, 3, 4, 1, 4)
    assert facts.long_lines == [(1, len(long) + 1), (4, 400), *((line, len(long)) for line in (5, 6, 8))]
    assert (facts.crlf, facts.lf, facts.final_newline) == (1, 6, False)
    assert read.source.fetch([2, 0]) == [read.records[2], read.records[0]]


@pytest.mark.parametrize("chunk_bytes", [1, 100, 8 << 20])
@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("order", ["FLF", "LFF", "FFL", "LL", "FLLF", "L"])
def test_an_element_of_too_many_bytes_is_never_loaded(
    monkeypatch: pytest.MonkeyPatch, order: str, indent: int | None, chunk_bytes: int
) -> None:
    """The facts are those of a reader that loads it and refuses it then."""
    rows = [json.loads(TEXT if kind == "L" else FEW) for kind in order]
    data = json.dumps(rows, indent=indent).replace("\n", "\r\n").encode()
    content = Content(data)
    found = elements(content.blocks(0), 1)

    def document() -> Document:
        return Document("rows.json", content, content, found.starts, found.stops, chunk_bytes=chunk_bytes)

    monkeypatch.setattr("datalint.sources.limits.MOST_ROW", 10**9)
    monkeypatch.setattr("datalint.sources.json_truth.truth.over_limit", lambda text: len(text) > 300 and "too large")
    monkeypatch.setattr("datalint.sources.json_truth.fast_path.within_limits", lambda pieces: [
        b"" if len(piece) > 300 else piece for piece in pieces])  # fmt: skip
    loaded = read_source(document())
    monkeypatch.setattr("datalint.sources.limits.MOST_ROW", 300)
    read = read_source(document())
    assert (read.records, read.lines, read.offsets) == (loaded.records, loaded.lines, loaded.offsets)
    assert read.places == loaded.places
    plain = [replace(each.facts, problems=[], long_lines=[]) for each in (read, loaded)]
    assert plain[0] == plain[1]
    if chunk_bytes == 100:
        assert max(chunk.region.stop - chunk.region.start for chunk in document().chunks(0)) < 300
    assert read.facts.rows_refused == order.count("L")


@pytest.mark.parametrize("chunk_bytes", [1, 100, 8 << 20])
@pytest.mark.parametrize(
    ("end", "read", "refused", "rule"),
    [
        ("", 50, 0, "truncated-file"),
        (",", 50, 0, "truncated-file"),
        (', {"a": "x', 50, 1, "truncated-file"),
        (', {"a" 1}', 50, 1, "invalid-json"),
        (', {"a" 1}' + f", {FEW}" * 50, 50, 1, "invalid-json"),
        (', {"a": "x' + f", {FEW}" * 50, 50, 1, "oversized-line"),
        (f", {TEXT}, {FEW}", 50, 1, "oversized-line"),
        (f', {TEXT}, {{"a"', 50, 1, "oversized-line"),
        (f", {FEW}, {TEXT[:-2]}", 51, 1, "oversized-line"),
    ],
)
def test_an_array_that_is_not_closed_is_never_loaded(
    monkeypatch: pytest.MonkeyPatch, end: str, read: int, refused: int, rule: str, chunk_bytes: int
) -> None:
    monkeypatch.setattr("datalint.sources.limits.MOST_ROW", 300)
    monkeypatch.setattr("datalint.sources.readers.documents.unclosed_arrays.MOST_ROW", 300)
    monkeypatch.setattr("datalint.sources.readers.documents.unclosed_arrays.CHUNK_BYTES", 100)
    monkeypatch.setattr("datalint.sources.limits.MOST_VALUES", 100)
    data = "[" + ",\n".join([FEW] * 50) + end
    found = read_source(open_content(Content(data.encode()), "rows.json", OpenSettings(chunk_bytes=chunk_bytes)))
    assert (found.facts.rows_read, found.facts.rows_refused) == (read, refused)
    assert found.one(rule).line == 50
    assert found.facts.lines == data.count("\n") + 1
    assert found.source.fetch([49], [found.offsets[49]]) == [json.loads(FEW)]
    if chunk_bytes == 100:
        assert all(c.region.stop - c.region.start <= 400 for c in found.source.chunks(0))  # type: ignore[attr-defined]


@pytest.mark.parametrize("chunk_bytes", [1, 100, 8 << 20])
@pytest.mark.parametrize("indent", [None, 1])
def test_a_row_of_too_many_bytes_inside_an_object_of_lists_is_never_loaded(
    monkeypatch: pytest.MonkeyPatch, indent: int | None, chunk_bytes: int
) -> None:
    for module in (
        "limits",
        "readers.documents.list_spans",
        "readers.documents.object_lists",
        "readers.documents.object_rows",
    ):
        monkeypatch.setattr(f"datalint.sources.{module}.MOST_ROW", 300)
    monkeypatch.setattr("datalint.sources.limits.MOST_VALUES", 50)
    monkeypatch.setattr("datalint.sources.readers.documents.reader.BLOCK", 100)
    monkeypatch.setattr("datalint.sources.readers.documents.list_spans.CHUNK_BYTES", 100)
    few, long = json.loads(FEW), json.loads(TEXT)
    lists = {"validation": [few] * 50, "train": [few, long, few, few, long], "test": [few] * 50}
    data = json.dumps(lists, indent=indent).encode()
    read = read_source(open_content(Content(data), "rows.json", OpenSettings("train", chunk_bytes)))
    assert read.records == [few] * 3
    assert [rule for rule, _ in read.places] == ["json-array", "oversized-line", "oversized-line"]
    assert (read.facts.rows_read, read.facts.rows_refused) == (3, 2)
    assert read.facts.lines == data.count(b"\n") + 1
    assert read.source.fetch([2, 0], [read.offsets[2], read.offsets[0]]) == [few, few]
    if chunk_bytes == 100:
        assert max(c.region.stop - c.region.start for c in read.source.chunks(0)) <= 300  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "data",
    [
        b'{"train": [%b, {"a" 1}, %b], "test": [%b]}' % (FEW.encode(), FEW.encode(), FEW.encode()),
        b'{"version": 1, "data": [%b, {"a" 1}, %b]}' % (FEW.encode(), FEW.encode()),
    ],
)
def test_one_bad_row_of_a_list_is_one_refused_row(read_file: Callable[..., Read], data: bytes) -> None:
    facts = read_file(data, "rows.json").facts
    assert (facts.rows_read, facts.rows_refused) == (2, 1)


def test_rows_within_the_limits_are_not_counted() -> None:
    assert over_limit(b'{"text": "' + b"," * 600_000 + b'"}') is None


#: Checks without compiled code, and prints the process's peak of memory in kB. What the kernel counts for a process
#: that ended begins with the peak of the one that started it.
PROGRAM = """
import os, sys
sys.modules["numba"] = None
end = os._exit
def report(code):
    print(open("/proc/self/status").read().split("VmHWM:")[1].split()[0], file=sys.stderr, flush=True)
    end(code)
os._exit = report
from datalint.__main__ import main
main()
"""


def peak(path: Path) -> int:
    """Return the bytes that checking a file takes, without compiled code."""
    command = (sys.executable, "-c", PROGRAM, "check", "--isolated", "--no-cache", "--jobs", "1", "--quiet", str(path))
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 1
    return int(done.stderr.split()[-1]) * 1024


@pytest.fixture(scope="module")
def least(tmp_path_factory: pytest.TempPathFactory) -> int:
    """Return the bytes that checking a short row takes."""
    path = tmp_path_factory.mktemp("short") / "short.jsonl"
    path.write_text(f"{FEW}\n", encoding="utf-8")
    return peak(path)


@pytest.mark.skipif(sys.platform != "linux", reason="memory is counted in other units elsewhere")
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("long.jsonl", lambda: json.dumps({"prompt": "Hi", "completion": "The station is closed. " * 400_000})),
        (
            "long.jsonl",
            lambda: (
                '{"prompt": "Hi", "completion": "Hello", ' + ", ".join(f'"key_{n}": {n}' for n in range(600_000)) + "}"
            ),
        ),
        ("long.jsonl", lambda: f'{{"messages": [{", ".join([MESSAGE] * 200_000)}]}}'),
        ("long.csv", lambda: "prompt,completion\nHi," + "The station is closed. " * 400_000),
        (
            "long.csv",
            lambda: (
                'prompt,completion\nHi,"'
                + 'The ""old"" station 🚉 of the town,\nis closed until further notice. ' * 300_000
                + '"'
            ),
        ),
    ],
    ids=["text", "keys", "turns", "csv", "csv-quoted"],
)
def test_a_row_takes_eight_times_its_size_at_most(
    tmp_path: Path, least: int, name: str, text: Callable[[], str]
) -> None:
    path = tmp_path / name
    path.write_text(f"{text()}\n", encoding="utf-8")
    assert peak(path) - least <= 8 * path.stat().st_size
