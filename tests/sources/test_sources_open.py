"""From what the user typed to sources: paths, folders, globs, standard input, and errors that help."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from draws import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from tests_sources_reading import Read, read_source

from datalint.core.errors import DatalintError
from datalint.sources import open_sources
from datalint.sources.content import Content
from datalint.sources.data_files import KNOWN
from datalint.sources.regions import without_bytes
from datalint.sources.sniff import OpenSettings, open_content

ReadFile = Callable[..., Read]
ROW = b'{"a":1}\n'
POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n"


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in (
        "b.jsonl",
        "a.json",
        "sub/c.csv",
        "sub/deep/d.jsonl.gz",
        ".hidden.jsonl",
        "sub/.git/e.jsonl",
        "notes.txt",
    ):
        path = tmp_path / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"a,b\n1,2\n" if name.endswith("csv") else ROW)
    (tmp_path / "data/dataset_info.json").write_bytes(b"{}")
    (tmp_path / "data/image.png").write_bytes(b"\x89PNG")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("inputs", "paths"),
    [
        (["data"], ["data/a.json", "data/b.jsonl", "data/sub/c.csv", "data/sub/deep/d.jsonl.gz"]),
        (["data/b.jsonl", "data"], ["data/b.jsonl", "data/a.json", "data/sub/c.csv", "data/sub/deep/d.jsonl.gz"]),
        (["./data/b.jsonl", "data/../data/b.jsonl"], ["data/b.jsonl"]),
        (["data/*.json*"], ["data/a.json", "data/b.jsonl"]),
        (["data/**/*.csv"], ["data/sub/c.csv"]),
        (["data/*"], ["data/a.json", "data/b.jsonl", "data/notes.txt"]),
        (["data/.h*"], ["data/.hidden.jsonl"]),
        (["data/[ab].json*"], ["data/a.json", "data/b.jsonl"]),
        (["data/.hidden.jsonl"], ["data/.hidden.jsonl"]),
        (["data/notes.txt", "data/sub/deep"], ["data/notes.txt", "data/sub/deep/d.jsonl.gz"]),
    ],
)
def test_inputs(tree: Path, inputs: list[str], paths: list[str]) -> None:
    assert [source.path for source in open_sources(inputs)] == paths


def test_absolute_globs(tree: Path) -> None:
    assert [source.path for source in open_sources([f"{tree}/data/sub/*.csv"])] == [f"{tree}/data/sub/c.csv"]


def test_a_folder_of_text_alone_is_text(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("x\n")
    assert [source.container for source in open_sources([str(tmp_path)])] == ["text"]


@pytest.mark.parametrize("inputs", ["", "*.json*"])
def test_what_a_split_says_of_itself_is_no_data(inputs: str, tmp_path: Path) -> None:
    (tmp_path / "train.jsonl").write_text("{}\n")
    names = []
    for said in ('{\n  "schema": "datalint-split/3",\n  "rows": {}\n}\n', '[{"text": "A split of wood."}]\n'):
        (tmp_path / "split.json").write_text(said)
        names.append([Path(source.path).name for source in open_sources([str(tmp_path / inputs)])])
    assert names == [["train.jsonl"], sorted(["split.json", "train.jsonl"])]


def test_a_name_with_glob_characters_is_a_file(tree: Path) -> None:
    Path("data/rows[1].jsonl").write_bytes(ROW)
    assert [source.path for source in open_sources(["data/rows[1].jsonl"])] == ["data/rows[1].jsonl"]


def test_links_in_a_circle_end(tree: Path) -> None:
    for name in ("data/loop", "data/sub/loop", "data/sub/deep/loop"):
        Path(name).symlink_to(tree / "data", target_is_directory=True)
    Path("data/same.jsonl").symlink_to("b.jsonl")
    expected = ["data/a.json", "data/b.jsonl", "data/sub/c.csv", "data/sub/deep/d.jsonl.gz"]
    assert [source.path for source in open_sources(["data"])] == expected
    assert [source.path for source in open_sources(["data/**/*.jsonl"])] == ["data/b.jsonl"]


@pytest.mark.parametrize(
    ("given_path", "words"),
    [
        ("data/bb.jsonl", r"no such file: data/bb.jsonl \(did you mean data/b.jsonl\?\)"),
        ("data/zzzzzz", "no such file: data/zzzzzz: check the path"),
        ("data/nowhere.jsonl", r"no such file: data/nowhere.jsonl: check the path"),
        ("", "the path is empty: give a file, a folder or a glob"),
        ("dota/b.jsonl", r"no such file: dota/b.jsonl \(the folder dota does not exist either\)"),
        ("owner/name", r"does not exist either; for the dataset of the hub write hf://datasets/owner/name\)"),
        ("data/*.arrow", r"no file matches data/\*.arrow: check the pattern"),
        ("data/*.png", r"no data file matches data/\*.png: looked for .jsonl"),
        ("data/sub/.git", ""),
        ("empty", "empty contains no data: looked for .jsonl, .json, .csv"),
        ("data/image.png", "cannot detect the format of data/image.png: name it .json, .jsonl"),
        ("evil\x1b.jsonl", r"no such file: evil\\x1b.jsonl"),
        ("evil\x1b[3.jsonl", r"no file matches evil\\x1b\[3.jsonl"),
        ("nul\0.jsonl", "nul"),
        ("hf://models/x", "is not a hub address: write hf://datasets/OWNER/NAME"),
    ],
)
def test_errors_help(tree: Path, given_path: str, words: str) -> None:
    (tree / "empty").mkdir()
    if not words:
        assert len(open_sources([given_path])) == 1
        return
    with pytest.raises(DatalintError, match=words) as error:
        open_sources([given_path])
    assert "\n" not in str(error.value)
    assert str(error.value).isprintable()


def test_files_of_a_format_that_can_be_converted_are_named(tmp_path: Path) -> None:
    for name in ("README.md", "nlu/b.xml", "nlu/a.xml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("<dock/>\n")
    with pytest.raises(DatalintError, match=r"to see how \.xml files are converted, check one, such as .*/nlu/a\.xml$"):
        open_sources([str(tmp_path)])


def test_texts_without_a_suffix_in_a_folder_are_named(tmp_path: Path) -> None:
    for name in ("README", "Makefile"):
        (tmp_path / name).write_text("Here are texts.\n")
    with pytest.raises(DatalintError, match=r"also \.gz, \.bz2, \.xz or \.zst$"):
        open_sources([str(tmp_path)])
    (tmp_path / "EN_all").write_text("The dock is full.\n")
    with pytest.raises(DatalintError, match=r"name a file without a suffix itself, such as .*/EN_all$"):
        open_sources([str(tmp_path)])


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"PK\x03\x04rest", "rows.zip", "a ZIP archive: unpack it first"),
        (b"PK\x03\x04\x14\0xl/workbook.xml", "rows.data", "is not a readable Excel workbook"),
        (b"PK\x03\x04rest", "rows.xlsb", "a binary Excel workbook: save it as .xlsx, or its sheet as CSV"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "rows.xls", "an Excel workbook of before 2007: save it as .xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "rows.doc", "a text document: save it as plain text"),
        (b"rows.jsonl".ljust(257, b"\0") + b"ustar\0", "rows.tar", "rows.tar is a tar archive: unpack it first"),
        (b"Rar!\x1a\x07\0", "rows.rar", "a RAR archive: unpack it first"),
        (b"\x80\x02}q\0.", "rows.pkl", "a Python pickle: write its rows as JSON Lines"),
        (b"#version: 0.2\nh e\nhe l\n", "merges.txt", "the list of merges of a tokenizer, which has no rows"),
        (b"%PDF-1.7", "rows.jsonl", "a PDF: extract its text"),
        (b"\0\1\2\3" * 20, "rows.bin", "cannot detect the format of"),
        (b"PAR1 but not really", "rows.parquet", "is not readable Parquet"),
        (b"ARROW1\0\0 but not really", "rows.arrow", "is not a readable Arrow file"),
        (b"plain text", "rows.parquet", "is not Parquet: write it again"),
        (b"PK\x03\x04rest", "model.pt", "a file of PyTorch: check the texts that its tensors were made of"),
        (b"## intent:greet\n- hello\n", "nlu.md", "with `rasa data convert nlu --format json .*nlu.json`"),
        (b"# Readme\n", "README.md", "does not read .md files; convert this one to JSON Lines"),
        (b'<?xml version="1.0"?>\n<NAF/>\n', "evora.kaf", "does not read XML files; convert this one to JSON Lines"),
        (
            b"<docks>" + b'<dock id="1"><text>It is full.</text><state>shut</state></dock>' * 2 + b"</docks>",
            "docks.xml",
            r"with each <dock> as a row: `python -I -c .*iter\('dock'\).*docks.jsonl`",
        ),
        (
            b"<d><s><n>It </n><b>is</b><n> full</n></s><s><n>No</n></s></d>",
            "d.xml",
            "'text': ''.join.*iter..s.*d.jsonl",
        ),
        (b'<d><s text="It is full."><e/></s><s text="It is not full."><e/></s></d>', "d.xml", "each <s> as a row"),
        (
            b'<d><s id="1" polarity="bad">It is full.</s><s id="2" polarity="good">Dock A is free.</s></d>',
            "d.xml",
            r"each <s> as a row: .*e.attrib, 'text': .*iter\('s'\)",
        ),
        (b"<d><s>It is full.</s><s>Dock A is free.</s></d>", "d.xml", "convert this one to JSON Lines"),
        (
            b'<d><s id="1" text="It is full."/><s id="2" text="It is not."/></d>',
            "d.xml",
            "convert this one to JSON Lines",
        ),
        (
            b"<b>" + b"<entry><triples><t>a | b</t></triples><lex><w>A</w><w>b</w></lex></entry>" * 2 + b"</b>",
            "d.xml",
            "with each <entry> as a row",
        ),
        (b'<d xmlns="a"><s><n>It</n></s><s><n>Is</n></s></d>', "d.xml", "convert this one to JSON Lines"),
        (b'<?xml version="1.0"?><tmx version="1.4"/>', "en-de.tmx", "write each unit as a line of JSON"),
        (b"@relation docks\n@attribute text string\n@data\n'Full'\n", "a b.arff", "CSVSaver -i '.*' -o '.*a b.csv'"),
        (b"1\n00:00:01,000 --> 00:00:02,000\nHello.\n", "film.srt", "write its texts as lines"),
        (b"T1\tDOCK 0 4\tDock\nR1\tIn Arg1:T1 Arg2:T2\n", "1.ann", "the places of what brat annotated in another file"),
        (b'{"cells": [], "nbformat": 4}', "a.ipynb", r"is a notebook: check the files .*cells.* > .*a[.]jsonl"),
        (b"key: value\n", "rows.ini", "cannot detect the format of"),
    ],
)
def test_contents_that_are_no_dataset(data: bytes, name: str, words: str, read_file: ReadFile) -> None:
    with pytest.raises(DatalintError, match=words):
        read_file(data, name)


def test_annotations_of_brat_are_said_to_belong_to_the_text_next_to_them(tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_text("Dock\n")
    (tmp_path / "1.ann").write_text("T1\tDOCK 0 4\tDock\n")
    with pytest.raises(DatalintError, match=r"what brat annotated in 1\.txt: write the texts with them"):
        open_sources([str(tmp_path / "1.ann")])


@pytest.mark.parametrize(
    ("data", "name", "container", "rules"),
    [
        (ROW * 2, "rows.jsonl", "jsonl", []),
        (ROW * 2, "ROWS.JSONL", "jsonl", []),
        (ROW * 2, "rows.ndjson", "jsonl", []),
        (ROW * 2, "rows.json", "jsonl", ["wrong-extension"]),
        (ROW * 2, "rows.csv", "jsonl", ["wrong-extension"]),
        (ROW * 2, "rows.txt", "jsonl", ["wrong-extension"]),
        (ROW * 2, "rows.parquet", "jsonl", ["wrong-extension"]),
        (ROW * 2, "rows", "jsonl", []),
        (ROW * 2, "rows.dat", "jsonl", []),
        (b'[\n{"a":1}]', "rows.csv", "json-array", ["wrong-extension"]),
        (
            b"<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\nHo<|im_end|>\n" * 2,
            "r.jsonl",
            "text",
            ["wrong-extension"],
        ),
        (b"[INST] Hi [/INST] Ho</s>\n" * 2, "rows.json", "text", ["wrong-extension"]),
        (b"<|im_start|>user\n" + ROW, "rows.jsonl", "jsonl", ["invalid-json"]),
        (b"a,b\n1,2\n", "rows.csv", "csv", []),
        (b"{a,b}\n", "rows.txt", "text", []),
        (
            b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 4711\n",
            "x.jsonl",
            "jsonl",
            ["git-lfs-pointer"],
        ),
        (POINTER, "x.parquet", "jsonl", ["git-lfs-pointer"]),
        (b"", "rows.csv", "jsonl", ["empty-file"]),
        (b"\n \n", "rows.txt", "text", ["empty-file"]),
        (b"\xef\xbb\xbf", "rows.jsonl", "jsonl", ["byte-order-mark", "empty-file"]),
    ],
)
def test_what_a_file_is(data: bytes, name: str, container: str, rules: list[str], read_file: ReadFile) -> None:
    read = read_file(data, name)
    assert (read.source.container, read.rules) == (container, rules)
    assert len(read.facts.sha256) == 64
    assert read.facts.size == len(data)


def test_a_pointer_says_how_large_the_data_is(read_file: ReadFile) -> None:
    read = read_file(b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 4711\n")
    assert (
        read.one("git-lfs-pointer").message
        == "a Git LFS pointer for 4,711 bytes, not the data itself: run `git lfs pull`"
    )


@pytest.mark.parametrize(
    ("data", "name", "shown", "container"),
    [
        (ROW, None, "<stdin>", "jsonl"),
        (b"[{}]", None, "<stdin>", "json-array"),
        (b"words\n", None, "<stdin>", "jsonl"),
        (b"a,b\n1,2\n", "rows.csv", "rows.csv", "csv"),
        (b"", None, "<stdin>", "jsonl"),
    ],
)
def test_standard_input(
    data: bytes, name: str | None, shown: str, container: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))
    [source] = open_sources(["-", "-"], stdin_filename=name)
    assert (source.path, source.container) == (shown, container)
    assert read_source(source).facts.size == len(data)


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(ROW)
    opened = os.open

    def refuse(name: str, *args: int, **options: int) -> int:
        if name == str(path):
            raise PermissionError(13, "Permission denied")
        return opened(name, *args, **options)

    monkeypatch.setattr("os.open", refuse)
    with pytest.raises(DatalintError, match="cannot be read: you lack the permission"):
        open_sources([str(path)])


def test_a_file_that_shrinks_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(ROW * 9)
    [source] = open_sources([str(path)])
    [chunk] = map(without_bytes, source.chunks(0))
    path.write_bytes(ROW)
    with pytest.raises(DatalintError, match="changed while it was read"):
        chunk.load()
    with pytest.raises(DatalintError, match="changed while it was read"):
        list(source.chunks(0))
    path.unlink()
    with pytest.raises(DatalintError, match="no such file"):
        chunk.load()


def test_lines_longer_than_a_block() -> None:
    lines = [b"a" * 200_000, b"", b"b", b"c" * 65_536, b"d" * 65_535, b"e"]
    for ending in (b"", b"\n", b"\n\n"):
        data = b"\n".join(lines) + ending
        expected = data.split(b"\n")
        assert list(Content(data).lines_from(0)) == (expected if expected[-1] else expected[:-1])


@given(st.binary(max_size=60), st.sampled_from([*KNOWN, "", ".bin", ".jsonl.gz", ".csv.zst"]))
@settings(max_examples=examples(80), deadline=None)
def test_any_bytes_under_any_name(data: bytes, suffix: str) -> None:
    try:
        read = read_source(open_content(Content(data), f"rows{suffix}", OpenSettings(chunk_bytes=8)))
    except DatalintError:
        return
    assert read.facts.rows_read == len(read.records)
    assert read.facts.rows_refused == 0 or read.facts.problems


def test_nothing_heavy_is_imported_for_json_lines(tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_bytes(ROW)
    code = (
        "import sys; from datalint.sources import open_sources\n"
        "[s] = open_sources([sys.argv[1]]); [c.load() for c in s.chunks(0)]; s.facts()\n"
        "print([m for m in ('pandas', 'datasets', 'pyarrow', 'rapidfuzz', 'zstandard') if m in sys.modules])"
    )
    run = [sys.executable, "-c", code, str(tmp_path / "rows.jsonl")]
    done = subprocess.run(run, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
