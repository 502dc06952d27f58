"""Every non-blank line of every input is counted, as rows that were read or as one that was refused."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import zlib
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import pytest
import zstandard
from cli_runs import Run

ROW = '{"prompt": "Where does the ferry leave?", "completion": "At the north quay."}'
POINTER = ("version https://git-lfs.github.com/spec/v1", f"oid sha256:{'4d' * 32}", "size 12345")
ROWS = [json.dumps({"prompt": f"Station {n * 7919 % 1000:03}?", "completion": f"{n**5:o}"}) for n in range(500)]


class Counted(NamedTuple):
    """A file, and the rows in it that are to be read and refused."""

    data: bytes
    read: int
    refused: int


def lines(*parts: str, read: int, shared: int = 0) -> Counted:
    """Return a file of lines, of whose rows some have ``shared`` a line with the one before."""
    found = coded("".join(f"{part}\n" for part in parts), "utf-8", read)
    return found._replace(refused=found.refused + shared)


def coded(text: str, codec: str, read: int) -> Counted:
    return stored(text.encode(codec), text.encode(), read)


def stored(data: bytes, text: bytes, read: int) -> Counted:
    """Return a file which, decompressed and decoded, is ``text``; what is neither ``read`` nor blank is refused."""
    filled = sum(1 for line in text.split(b"\n") if line.strip(b" \t\r"))
    return Counted(data, read, filled - read)


PLAIN = "".join(f"{row}\n" for row in ROWS).encode()
CUT = gzip.compress(PLAIN)[:-2_000]
LEFT = zlib.decompressobj(wbits=31).decompress(CUT)
MARK = b"\xef\xbb\xbf"

#: Files with a row a line.
LINES = {
    "rows.jsonl": lines(ROW, ROW, read=2),
    "no-final-newline.jsonl": coded(f"{ROW}\n{ROW}", "utf-8", 2),
    "blank.jsonl": lines(ROW, "", " \t", ROW, "", read=2),
    "crlf.jsonl": lines(f"{ROW}\r", "\r", f"{ROW}\r", read=2),
    "carriage-returns.jsonl": lines(f"{ROW}\r{ROW}\r", read=2, shared=1),
    "broken.jsonl": lines(
        ROW, "oops", "[1]", "3", '{"a": 1', ROW + ROW, "null", "NaN", "]", "\x0c", "\0", read=3, shared=1
    ),
    "truncated.jsonl": coded(f"{ROW}\n{ROW[:20]}", "utf-8", 1),
    "arrays.jsonl": lines(f"[{ROW}]", "", f"[{ROW}]", read=2),
    "deep.jsonl": lines(ROW, '{"a": ' + "[" * 300 + "]" * 300 + "}", read=1),
    "long-number.jsonl": lines(ROW, '{"a": ' + "1" * 5_000 + "}", read=2),
    "broken-and-indented.jsonl": lines("{", ' "a": 1', '"b" 2', "}", ROW, read=1),
    "empty.jsonl": lines(read=0),
    "white.jsonl": lines(" ", "\t\r", "", read=0),
    "mark.jsonl": stored(MARK, b"", 0),
    "mark-and-rows.jsonl": stored(MARK + f"{ROW}\noops\n".encode(), f"{ROW}\noops\n".encode(), 1),
    "not-utf8.jsonl": stored(f"{ROW}\n".encode() + b'{"a": "\xff"}\n', b"1\n2\n", 1),
    "gb18030.jsonl": coded('{"text": "中文内容可以在这里"}\n\n{"text": "是的没有问题"}\n', "gb18030", 2),
    "cp1252.jsonl": coded('{"text": "café, déjà vu"}\noops\n', "cp1252", 1),
    "utf16.jsonl": coded(f"{ROW}\n\noops\n{ROW}\n", "utf-16", 2),
    "utf16-without-mark.jsonl": coded(f"{ROW}\n\noops\n{ROW}\n", "utf-16-be", 2),
    "utf16-cut.jsonl": stored(f"{ROW}\n{ROW}\n".encode("utf-16")[:-3], f"{ROW}\n{ROW}".encode(), 1),
    "utf32.jsonl": coded(f"{ROW}\noops\n", "utf-32", 1),
    "pointer.jsonl": lines(*POINTER, read=0),
    "pointer.csv": lines(*POINTER, read=0),
    "pointer.parquet": lines(*POINTER, read=0),
    "pointer.jsonl.gz": lines(*POINTER, read=0),
    "pointer-crlf.jsonl": lines(*(f"{line}\r" for line in POINTER), "\r", read=0),
    "pointer-and-rows.jsonl": lines(*POINTER, *[ROW] * 20, read=20),
    "marked-pointer.jsonl": stored(MARK + "\n".join(POINTER).encode(), "\n".join(POINTER).encode(), 0),
    "plain.txt": stored(b"One.\n\n  \nTwo.\n\x0c\n", b"One.\nTwo.\n", 2),  # a form feed is a blank there
    "not-utf8.txt": stored(b"One.\n\xff\n", b"1\n2\n", 1),
    "empty.txt": lines(read=0),
    "empty.jsonl.gz": lines(read=0),
    "nothing-packed.jsonl.gz": stored(gzip.compress(b""), b"", 0),
    "packed.jsonl.gz": stored(gzip.compress(PLAIN + b"\noops\n"), PLAIN + b"oops\n", len(ROWS)),
    "two-members.jsonl.gz": stored(gzip.compress(PLAIN) * 2, PLAIN * 2, 2 * len(ROWS)),
    "packed-pointer.jsonl.gz": stored(gzip.compress("\n".join(POINTER).encode()), "\n".join(POINTER).encode(), 0),
    "cut.jsonl.gz": stored(CUT, LEFT, LEFT.count(b"\n")),
    "cut-at-once.jsonl.gz": stored(CUT[:12], b"", 0),
    "text-after.jsonl.gz": stored(gzip.compress(PLAIN) + b"oops\n", PLAIN, len(ROWS)),
    "packed.jsonl.bz2": stored(bz2.compress(PLAIN), PLAIN, len(ROWS)),
    "cut.jsonl.bz2": stored(bz2.compress(PLAIN)[:-50], b"", 0),
    "packed.jsonl.xz": stored(lzma.compress(PLAIN), PLAIN, len(ROWS)),
    "packed.jsonl.zst": stored(zstandard.compress(PLAIN), PLAIN, len(ROWS)),
}


def elements(*parts: str, read: int, refused: int) -> Counted:
    return Counted("\n".join(parts).encode(), read, refused)


#: Files whose rows take several lines or share one.
ELEMENTS = {
    "array.json": elements("[", f"{ROW},", f"{ROW}]", "", read=2, refused=0),
    "array-on-a-line.jsonl": elements(f"[{ROW},{ROW}]", read=2, refused=0),
    "array-of-all-kinds.json": elements("[", f'{ROW}, 1, oops, "x",', f"[2], null, {ROW}", "]", read=2, refused=5),
    "array-with-commas.json": elements("[", f"{ROW},", ",", f"{ROW},", "]", read=2, refused=0),
    "array-cut.json": elements("[", f"{ROW},", ROW[:20], read=1, refused=1),
    "array-without-end.json": elements("[", f"{ROW},", ROW, read=2, refused=0),
    "array-that-breaks.json": elements("[", f"{ROW},", 'oops"', f"{ROW},", f"{ROW}", "]", read=1, refused=1),
    "array-and-more.json": elements("[", f"{ROW},", f"{ROW}]", "more", "and more", read=2, refused=1),
    "empty-array.json": elements("[", "]", read=0, refused=0),
    "indented.json": elements("{", ' "prompt": "Hi",', "", ' "completion": "Hello."', "}", read=1, refused=0),
    "indented-broken.json": elements("{", ' "prompt": "Hi";', "}", read=0, refused=1),
    "indented.jsonl": elements("{", ' "a": 1', "}", "{", ' "a": 2', "}", "oops", read=2, refused=1),
    "splits.json": elements('{"train": [', f"{ROW}, 7,", f'{ROW}], "test": []', "}", read=2, refused=1),
    "values.json": elements('{"data": [1, 2,', "3]}", read=0, refused=3),
    "rows.csv": elements("text,label", "a,b", "", '"c', 'd",e', "", read=2, refused=0),
    "odd.csv": elements("text,label", "a", "a,b,c", '"a" x,b', "a,b", "  ", read=1, refused=4),
    "open-quote.csv": elements("text,label", "a,b", '"c,d', "e,f", read=1, refused=1),
    "header.csv": elements("text,label", read=0, refused=0),
    "empty.csv": elements("", read=0, refused=0),
    "utf16.csv": Counted("text,label\na,b\n\nc\n".encode("utf-16"), 1, 1),
    "not-utf8.csv": Counted(b"text,label\na,b\n\xff\xfe,b\n", 1, 1),
    "rows.tsv": elements("text\tlabel", "a\tb", "c", read=1, refused=1),
}
FILES = LINES | ELEMENTS


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("counting")
    for name, counted in FILES.items():
        (folder / name).write_bytes(counted.data)
    pd.DataFrame({"text": ["a", "b"], "label": ["x", None]}).to_parquet(folder / "table.parquet")
    return folder


def report(run: Run, folder: Path, *names: str, options: tuple[str, ...] = ()) -> dict[str, Any]:
    ran = run("check", "--isolated", "--select", "FMT0", *options, "--output-format", "json", *names, cwd=folder)
    assert (ran.code, ran.error) in ((0, ""), (1, ""))
    found: dict[str, Any] = json.loads(ran.output)
    return found


def told(run: Run, folder: Path, *names: str, options: tuple[str, ...] = ()) -> dict[str, dict[str, Any]]:
    return {file["path"]: file for file in report(run, folder, *names, options=options)["files"]}


@pytest.fixture(scope="module")
def together(run: Run, folder: Path) -> dict[str, dict[str, Any]]:
    return told(run, folder, *FILES, "table.parquet")


@pytest.mark.parametrize("name", FILES)
def test_every_row_is_read_or_refused(run: Run, folder: Path, together: dict[str, dict[str, Any]], name: str) -> None:
    expected = FILES[name].read, FILES[name].refused
    for files in (together, told(run, folder, name)):
        assert (files[name]["rows_read"], files[name]["rows_refused"]) == expected


def test_rows_of_a_table_are_counted(together: dict[str, dict[str, Any]]) -> None:
    table = together["table.parquet"]
    assert (table["rows_read"], table["rows_refused"]) == (2, 0)
    assert list(together) == [*FILES, "table.parquet"]


@pytest.mark.parametrize("name", ["pointer.jsonl", "broken.jsonl", "cut.jsonl.gz", "odd.csv"])
def test_an_evaluation_file_is_counted_as_well(run: Run, folder: Path, name: str) -> None:
    files = told(run, folder, "rows.jsonl", options=("--eval", name))
    assert files[name]["split"] == "evaluation"
    assert (files[name]["rows_read"], files[name]["rows_refused"]) == (FILES[name].read, FILES[name].refused)


@pytest.mark.parametrize("name", ["pointer.jsonl", "broken.jsonl", "utf16.jsonl", "cut.jsonl.gz"])
def test_standard_input_is_counted_as_well(run: Run, name: str) -> None:
    options = ("--isolated", "--select", "FMT0", "--output-format", "json", "--stdin-filename", name)
    ran = run("check", *options, "-", stdin=FILES[name].data)
    [file] = json.loads(ran.output)["files"]
    assert (file["rows_read"], file["rows_refused"]) == (FILES[name].read, FILES[name].refused)


@pytest.mark.parametrize("name", [name for name, counted in FILES.items() if counted.refused])
def test_what_is_refused_has_a_finding(run: Run, folder: Path, name: str) -> None:
    assert report(run, folder, name)["findings"][0]["file"] == name
