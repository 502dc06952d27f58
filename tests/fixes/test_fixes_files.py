"""Files that are fixed: no row is lost, what no fix touches keeps its bytes, and fixing twice changes nothing."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
import pytest
from draws import examples
from hypothesis import given, settings
from hypothesis import strategies as st

import datalint
from datalint.config.load import load_settings
from datalint.config.model import Settings
from datalint.core.errors import DatalintError
from datalint.core.registry import Registry
from datalint.fixes import repairs
from datalint.fixes.files import write_fixed
from datalint.fixes.kept_rows import KEEPS, keep_by
from datalint.fixes.new_lines import new_lines
from datalint.fixes.result import Fixes
from datalint.operations.check import run_lint
from datalint.operations.fix import run_fix
from datalint.report.fix import removed_of
from datalint.report.fixable import fixable
from datalint.report.model import Report
from datalint.setup.plan import make_plan
from datalint.sources import open_sources

REGISTRY = Registry.default()
SETTINGS = load_settings(registry=REGISTRY, isolated=True)
#: The rules that fix something, and one that does not, for reports of what is left and of what was read.
FIXABLE, OTHER = (
    load_settings(registry=REGISTRY, isolated=True, overrides={"select": codes})
    for codes in (
        [each.rule.code for each in make_plan(SETTINGS, REGISTRY).rules if each.rule.fix is not None],
        ["FMT101"],
    )
)
WORDS = "harbour lantern meadow granite whisper kettle orchard velvet compass thunder pebble walnut".split()


def plain(number: int) -> str:
    words = [WORDS[(number * step + step) % len(WORDS)] for step in (1, 5, 7, 11)]
    said = {
        "prompt": f"Describe the {words[0]} of case {number}.",
        "completion": f"It is {' '.join(words[1:])} {number}.",
    }
    return json.dumps(said)


#: Lines that something is wrong with, and lines that look as if; {} is a plain row.
LINES: list[str] = [
    "{}",
    "{}",
    "",
    " \t",
    '{"prompt": "Who is Fran\u00c3\u00a7oise?", "completion": "A painter \\u200bof ships."}',
    '{"prompt": "Who is Fran\\u00c3\\u00a7oise?", "completion": "Half a century old."}',
    '{"messages": [{"role": "human", "content": "Hi"}, {"role": "gpt", "content": "Hello there."}]}',
    '{"messages": [{"role": "user", "content": null}, {"role": "assistant", "content": "Nothing was asked."}]}',
    '{"instruction": "Count to three.", "inptu": "Noinput", "output": "One, two, three."}',
    '{"prompt": "Say nothing.", "completion": ""}',
    '{"prompt": "How does rain form above the sea?", "completion": "Vapour rises, cools, and falls as drops."}',
    '{"prompt": "How does rain form above the seas?", "completion": "Vapour rises, cools, and falls as drop."}',
    '{"prompt": "HOW does rain form above the sea?", "completion": "Vapour rises, cools, and falls as drops."}',
    '{"prompt": "How does fog form?", "completion": "I\'m sorry, but I can\'t help with that."}',
    '{"prompt": "Mail to m.oyelaran@gmx.net", "completion": "Done, at \\u0007 once.", "n": 12345678901234567890123}',
    '{"prompt": "cut", "completion"',
    "not json",
    '{\n  "prompt": "Which metal is liquid?",\n\n  "completion": "Mercury"\n}',
    '\ufeff{"prompt": "Which bird is flightless?", "completion": "The ostrich."}',
    "[1, 2]",
    '{"a": 1} {"b": 2}',
    "{'prompt': 'Who\\'s there?', 'completion': 'Nobody\\xa0is.', 'n': None}",
    '{"prompt": "Which\ttree is tall?", "completion": "A redwood.",}',
    "{\n  'prompt': 'Which metal is liquid?',\n\n  completion: 'Mercury', // of course\n}",
]
ENDS = st.sampled_from(["\n", "\n", "\n", "\r\n"])
FILES = st.lists(st.tuples(st.sampled_from(LINES), ENDS), min_size=1, max_size=14)


def text_of(lines: list[tuple[str, str]], final: bool) -> bytes:
    data = "".join((plain(n) if line == "{}" else line) + end for n, (line, end) in enumerate(lines))
    return (data if final else data.rstrip("\r\n")).encode()


def fix(path: Path, *, unsafe: bool = False, **more: Any) -> Fixes:
    return run_fix(SETTINGS, REGISTRY, open_sources([str(path)]), unsafe=unsafe, **more)


def fix_to(path: Path, out: Path, *, unsafe: bool = False, **more: Any) -> tuple[Fixes, list[dict[str, Any]]]:
    kinds = more.pop("kinds", None)
    fixes = fix(path, unsafe=unsafe, **more)
    return fixes, write(fixes, out, kinds)


def write(fixes: Fixes, out: Path, kinds: list[str] | None = None) -> list[dict[str, Any]]:
    """Write what is left, and return the entries of the rows that were removed."""
    manifest = out.with_suffix(".removed.jsonl")
    written = write_fixed(fixes, [out], manifest, kinds=kinds)
    removed = [json.loads(line) for line in manifest.read_bytes().splitlines()] if written.manifest else []
    assert len(removed) == written.removed
    return removed


def check(path: Path, settings: Settings) -> Report:
    return run_lint(settings, REGISTRY, open_sources([str(path)]))


def nonblank(data: bytes) -> Counter[bytes]:
    lines = (line.strip(b" \t\r").removeprefix(b"\xef\xbb\xbf") for line in data.split(b"\n"))
    return Counter(line for line in lines if line)


@pytest.mark.parametrize("select", [["FMT005"], ["DIV001"], ["FMT005", "DIV001"]])
@pytest.mark.parametrize("between", ["", ", ", " \r"])
def test_rows_on_one_line_are_written_on_lines_of_their_own(between: str, select: list[str], tmp_path: Path) -> None:
    rows = [plain(n) for n in range(8)]
    glued = [[rows[1], rows[0], rows[2]], [rows[3], rows[0]], [rows[0], rows[4]]]
    lines = [rows[0], *(between.join(line) + "\r" for line in glued), "", *rows[5:]]
    (path := tmp_path / "a.jsonl").write_bytes("\n".join(lines).encode())
    settings = load_settings(registry=REGISTRY, isolated=True, overrides={"select": select})
    fixes = run_fix(settings, REGISTRY, open_sources([str(path)]), unsafe=False)
    removed = write(fixes, out := tmp_path / "b.jsonl")
    left = [line.rstrip("\r") for line in out.read_bytes().decode().split("\n") if line.strip()]
    copies = 3 if "DIV001" in select else 0
    assert [entry["text"] for entry in removed] == [rows[0]] * copies
    assert left == ([*rows] if copies else [rows[0], *(row for line in glued for row in line), *rows[5:]])


#: What stands before the rows and after them, the name of the file, and the formats that it can be written in.
AROUND = [
    ("[\n", "\n]\n", "a.json", ["jsonl", "json"]),
    ("[", "", "a.json", ["jsonl", "json"]),
    ("", "\n", "a.json", ["jsonl", "json"]),
    ('{"version": 1, "data": [\n', "]}", "a.json", ["jsonl"]),
    ('{"train": [', "\n]}", "a.json", ["jsonl"]),
    ("[\n", "\n]\n", "a.jsonl", ["jsonl"]),
]


@settings(max_examples=examples(8, often=15))
@given(
    st.sampled_from(AROUND),
    st.lists(st.sampled_from([",\n", ",\n", ", ", "", "\n", " \r\n", "][", "], ["]), min_size=1, max_size=9),
    st.booleans(),
)
def test_no_row_is_lost_where_commas_or_brackets_are_missing(
    around: tuple[str, str, str, list[str]], between: list[str], unsafe: bool
) -> None:
    head, end, name, kinds = around
    rows = [plain(n).replace(", ", ",\n ") for n in range(len(between) + 1)]
    whole = head.startswith("[") and end
    seps = [sep if whole else sep.strip("[] ") for sep in between]
    with TemporaryDirectory() as folder:
        (path := Path(folder, name)).write_text(head + "".join(map("".join, zip(rows, [*seps, end], strict=True))))
        (source,) = open_sources([str(path)])
        for kind in kinds if source.container == "json-array" else ["jsonl"]:
            fixes, removed = fix_to(path, out := Path(folder, f"b.{kind}"), unsafe=unsafe, kinds=[kind])
            left = out.read_text()
            if kind == "json" and not end.strip():
                left = left if left.endswith("]\n") else left + "]"
            found = json.loads(left) if kind == "json" else list(map(json.loads, left.splitlines()))
            assert found == list(map(json.loads, rows))
            assert not removed
            assert removed_of(fixes) == 0


@settings(max_examples=examples(7, often=12))
@given(FILES, st.booleans(), st.booleans())
def test_no_row_is_lost_and_a_second_fix_changes_nothing(
    lines: list[tuple[str, str]], final: bool, unsafe: bool
) -> None:
    with TemporaryDirectory() as folder:
        given_, once, twice = (Path(folder, name) for name in ("a.jsonl", "b.jsonl", "c.jsonl"))
        # The first line says that the file is JSON Lines.
        data = text_of([("{}", "\n"), *lines], final)
        given_.write_bytes(data)
        fixes, removed = fix_to(given_, once, unsafe=unsafe)
        # Rows that were edited, or written on one line, are others; all others are in one of the two files.
        kept = nonblank(once.read_bytes())
        read = check(given_, OTHER)
        assert read.files[0].rows_read + read.files[0].rows_refused == kept.total() + len(removed)
        if not any("\n" in line for line, _ in lines):
            gone = nonblank("\n".join(entry["text"] for entry in removed).encode())
            assert (nonblank(data) - kept - gone).total() <= len(fixes.repaired) + fixes.rewritten.total()
        # Twice is as once.
        again, more = fix_to(once, twice, unsafe=unsafe)
        assert twice.read_bytes() == once.read_bytes()
        assert not again.any
        assert not more
        # What a report says can be fixed is.
        promised = fixable(check(given_, SETTINGS))
        assert fixes.any or not (promised.safe or (unsafe and promised.unsafe))
        # Nothing that could be fixed is left, and nothing new is wrong.
        wanted = {"safe", "unsafe"} if unsafe else {"safe"}
        after = check(once, FIXABLE)
        assert not [finding.rule for finding in after.findings if finding.fix in wanted]


@pytest.mark.parametrize("unsafe", [False, True])
def test_a_problem_of_a_whole_table_is_no_place_that_can_be_fixed(unsafe: bool, tmp_path: Path) -> None:
    words = [f"{word},{'O' if number % 3 else 'B-LOC'}\n,O\n" for number, word in enumerate(WORDS * 20)]
    (path := tmp_path / "tags.csv").write_text("token,tag\n" + "".join(words))
    report = check(path, SETTINGS)
    assert any("not a plain table" in finding.message for finding in report.findings)
    assert fixable(report) == (0, 0)
    assert not fix(path, unsafe=unsafe).any


def test_a_file_without_findings_keeps_its_bytes(tmp_path: Path) -> None:
    path, out = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    path.write_bytes("".join(plain(n) + "\r\n" for n in range(9)).encode() + plain(9).encode())
    fixes, removed = fix_to(path, out, unsafe=True)
    assert not fixes.any
    assert not removed
    assert out.read_bytes() == path.read_bytes()


DUPLICATES = [
    {"prompt": "How does rain form above the sea?", "completion": "Vapour rises, cools, and falls as drops."},
    {"prompt": "How does rain form above the seas?", "completion": "Vapour rises, cools, and falls as drops now."},
    {"prompt": "How does rain form above the sea?", "completion": "Vapour rises, cools, and falls as drops.", "r": 1},
    {"prompt": "Which metal is liquid?", "completion": "Mercury is, at room temperature."},
    {"prompt": "How does rain form above the Sea?", "completion": "vapour rises, cools, and falls as drops."},
]


@pytest.mark.parametrize(
    ("keep", "left"),
    [("first", [0, 3]), ("longest", [1, 3]), ("latest", [3, 4]), ("reviewed", [2, 3]), ("second", [1, 3])],
)
def test_which_of_a_cluster_stays(keep: str, left: list[int], tmp_path: Path) -> None:
    rows = [{key: value for key, value in row.items() if key != "r"} for row in DUPLICATES]
    rows = [row | {"reviewed": "yes" if "r" in given else ""} for row, given in zip(rows, DUPLICATES, strict=True)]
    path, out = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    chosen = KEEPS[keep] if keep in KEEPS else keep_by(lambda records: 1)
    _, removed = fix_to(path, out, unsafe=True, keep=chosen)
    assert out.read_text().splitlines() == [json.dumps(rows[n]) for n in left]
    assert [entry["row"] - 1 for entry in removed] == [n for n in range(5) if n not in left]
    assert all(entry["reason"] for entry in removed)


def test_a_text_that_was_pasted_twice_is_not_the_longest(tmp_path: Path) -> None:
    prompt = "Who may open the northern gate of the old harbour, and on which days of the week?"
    one = (
        "The warden opens it at nine in the morning, on all days of the week but Sunday, when nobody works there. "
        "In winter the guard has the key, and whoever wants to see a boat that lies behind it rings the bell twice."
    )
    pasted = one.replace("whoever", "- 25 - whoever")
    answers = [one, pasted + pasted]
    path, out = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    rows = [json.dumps({"prompt": prompt, "completion": answer}) for answer in answers]
    for some in (rows, rows[::-1]):
        path.write_text("\n".join(some) + "\n")
        fix_to(path, out, unsafe=True, keep=KEEPS["longest"])
        assert out.read_text().splitlines() == rows[:1]


def test_copies_are_found_among_repaired_rows(tmp_path: Path) -> None:
    path, out = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    row = '{{"prompt": "Who is {}?", "completion": "A painter."}}\n'
    path.write_text(row.format("Fran\u00e7oise") + row.format("Fran\u00c3\u00a7oise"))
    _, removed = fix_to(path, out)
    assert out.read_text() == row.format("Fran\u00e7oise")
    assert [(entry["rule"], entry["line"]) for entry in removed] == [("DIV001", 2)]
    assert json.loads(removed[0]["text"])["prompt"] == "Who is Fran\u00c3\u00a7oise?", "the original line"


def test_lines_that_are_not_utf8_are_kept_as_bytes(tmp_path: Path) -> None:
    import base64

    path, out = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    bad = b'{"prompt": "\xff\xfe\xfa", "completion": "x"}'
    path.write_bytes(plain(1).encode() + b"\n" + bad + b"\n")
    _, removed = fix_to(path, out, unsafe=True)
    assert base64.b64decode(removed[0]["base64"]) == bad
    assert out.read_text() == plain(1) + "\n"


def test_a_file_is_whole_or_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(plain(1) + "\n\n" + plain(2) + "\n")
    before = path.read_bytes()
    fixes = fix(path)

    def fail(*_: object) -> Any:
        yield b"half"
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("datalint.fixes.files.written_pieces", fail)
    with pytest.raises(Exception, match="No space left"):
        write_fixed(fixes, [path], tmp_path / "a.removed.jsonl")
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["a.jsonl"]


def test_windows_of_any_size_give_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, out = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    path.write_bytes(text_of([(line, "\r\n" if n % 3 else "\n") for n, line in enumerate(LINES * 3)], final=False))
    fixes = fix(path, unsafe=True)
    found = []
    for size in (1, 7, 100, 1 << 20):
        monkeypatch.setattr("datalint.fixes.lines._WINDOW", size)
        write_fixed(fixes, [out], None)
        found.append(out.read_bytes())
    assert len(set(found)) == 1


ROWS: list[dict[str, Any]] = [
    {"prompt": "Who is Fran\u00c3\u00a7oise?", "completion": 'A "painter", of\nships.'},
    {"prompt": "Who is Fran\u00e7oise?", "completion": 'A "painter", of\nships.'},
    {"prompt": "How does rain form above the sea?", "completion": "Vapour rises, cools, and falls as drops."},
    {"prompt": "How does rain form above the seas?", "completion": "Vapour rises, cools, and falls as drop."},
    {"prompt": "Say nothing.", "completion": ""},
    {"prompt": "Which metal is liquid?", "completion": "Mercury \u200bis."},
    {"prompt": "Which bird is flightless?", "completion": "The ostrich, among others."},
]


def as_json(rows: list[dict[str, Any]], path: Path) -> None:
    path.write_text(json.dumps(rows, indent=1, ensure_ascii=False))


def as_csv(rows: list[dict[str, Any]], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["prompt", "completion"])
        writer.writeheader()
        writer.writerows(rows)


def as_parquet(rows: list[dict[str, Any]], path: Path) -> None:
    pl.DataFrame(rows, schema={"prompt": pl.String, "completion": pl.String}).write_parquet(path)


CONTAINERS: dict[str, Callable[[list[dict[str, Any]], Path], None]] = {
    "json": as_json,
    "csv": as_csv,
    "parquet": as_parquet,
}


def rows_in(path: Path) -> list[dict[str, Any]]:
    (source,) = open_sources([str(path)])
    return [row for chunk in source.chunks(0) for row in chunk.load().records]


@pytest.mark.parametrize("kind", CONTAINERS)
@settings(max_examples=examples(4, often=6))
@given(rows=st.lists(st.sampled_from(ROWS), min_size=1, max_size=9), unsafe=st.booleans())
def test_other_containers_keep_their_format_or_become_lines(
    kind: str, rows: list[dict[str, Any]], unsafe: bool
) -> None:
    with TemporaryDirectory() as folder:
        path, same, lines = (Path(folder, name) for name in (f"a.{kind}", f"b.{kind}", "c.jsonl"))
        CONTAINERS[kind](rows, path)
        fixes, removed = fix_to(path, same, kinds=[kind], unsafe=unsafe)
        assert len(rows_in(same)) + len(removed) == len(rows)
        if not fixes.any and kind != "parquet":
            assert same.read_bytes() == path.read_bytes()
        again = write(fixes, lines)
        assert rows_in(lines) == rows_in(same)
        assert [entry["text"] for entry in again] == [entry["text"] for entry in removed] or kind == "json"
        twice = Path(folder, f"d.{kind}")
        repeated, _ = fix_to(same, twice, kinds=[kind], unsafe=unsafe)
        assert not repeated.any
        assert rows_in(twice) == rows_in(same)


def test_an_array_keeps_its_layout(tmp_path: Path) -> None:
    path, out = tmp_path / "a.json", tmp_path / "b.json"
    path.write_text('[\n {"prompt": "a", "completion": "b\\u200b", "n": 1.50},\n bad,\n {\n  "prompt": "c"}\n]\n')
    fix_to(path, out, kinds=["json"])
    assert out.read_text() == path.read_text().replace("\\u200b", "")
    _, removed = fix_to(path, out, kinds=["json"], unsafe=True)
    assert out.read_text() == path.read_text().replace("\\u200b", "").replace("\n bad,", "")
    assert [(entry["line"], entry["text"]) for entry in removed] == [(3, "bad")]


def test_parquet_keeps_its_schema(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    path, out = tmp_path / "a.parquet", tmp_path / "b.parquet"
    turns = [[{"role": "user", "content": "Hi\u200b"}, {"role": "assistant", "content": "Good day."}]] * 2
    table = pa.table({"messages": turns, "n": pa.array([1, 1], pa.int8())}).replace_schema_metadata({"k": "v"})
    pq.write_table(table, path, compression="zstd")
    fix_to(path, out, kinds=["parquet"])
    found = pq.read_table(out)
    assert found.schema.equals(pq.read_table(path).schema, check_metadata=True)
    assert found.to_pylist() == [{"messages": [turns[0][0] | {"content": "Hi"}, turns[0][1]], "n": 1}]


def test_binary_columns_are_not_lost(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pl.DataFrame({"prompt": ["a"], "completion": ["b"], "image": [b"x"]}).write_parquet(path)
    with pytest.raises(DatalintError, match="binary data"):
        fix_to(path, tmp_path / "b.jsonl")


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_compressed_files(suffix: str, tmp_path: Path) -> None:
    path, packed, out = tmp_path / "a.jsonl", tmp_path / f"b.jsonl{suffix}", tmp_path / "c.jsonl"
    path.write_text(LINES[4] + "\n")
    fix_to(path, packed)
    fix_to(packed, out)
    assert rows_in(out) == rows_in(packed)
    assert packed.read_bytes()[:2] != b'{"'


def test_a_changed_record_of_a_file_without_quotes_has_no_escapes(tmp_path: Path) -> None:
    path, out = tmp_path / "a.tsv", tmp_path / "b.tsv"
    path.write_bytes(b'prompt\tcompletion\n"Say cafe\tHe said "caf\xc3\x83\xc2\xa9" \\ twice.\n"Again\tYes.\n')
    datalint.fix(path, eval=False, config={"select": ("QUA011",)}).write(out)
    assert out.read_bytes() == path.read_bytes().replace(b"caf\xc3\x83\xc2\xa9", "caf\xe9".encode())


@pytest.mark.parametrize("between", ["\n", "\n\n", "\r\n", "\r", ",", '"', '""', "\t"])
def test_a_changed_csv_record_is_quoted_where_it_has_to_be(between: str, tmp_path: Path) -> None:
    path, out = tmp_path / "a.csv", tmp_path / "b.csv"
    text = f"Who is Fran\u00c3\u00a7oise?{between}And where is she?"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(
            [["prompt", "completion"], [text, "A painter."], ["a", "b"]]
        )
    datalint.fix(path, eval=False, config={"select": ("QUA011",)}).write(out)
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[1:] == [[text.replace("\u00c3\u00a7", "\u00e7"), "A painter."], ["a", "b"]]


def test_blanks_after_closing_quotes_are_not_written_again(tmp_path: Path) -> None:
    path, out = tmp_path / "a.csv", tmp_path / "b.csv"
    path.write_text('prompt,completion\n"Tide?","High, soon."\n"Rain?" , "Dry, for now."\n')
    fix_to(path, out, kinds=["csv"])
    assert out.read_bytes() == b'prompt,completion\n"Tide?","High, soon."\nRain?,"Dry, for now."\n'
    # The record is shown and counted as one that changes.
    fixes = datalint.fix(path, eval=False).fixes
    assert (fixes.changed, fixes.removed) == (1, {})
    assert [(new.line, new.before, new.after) for new in new_lines(fixes, 0)] == [
        (3, b'"Rain?" , "Dry, for now."', (b'Rain?,"Dry, for now."',))
    ]


def test_a_carriage_return_in_a_field_is_written_as_a_blank_and_no_row_is_removed(tmp_path: Path) -> None:
    path, out = tmp_path / "a.csv", tmp_path / "b.csv"
    path.write_bytes(b"prompt,completion\nIs it\rhigh tide?,Yes.\nIs it raining?,No.\n")
    fix_to(path, out, kinds=["csv"], unsafe=True)
    assert out.read_bytes() == path.read_bytes().replace(b"\r", b" ")


def test_a_renamed_key_is_a_renamed_column_of_csv(tmp_path: Path) -> None:
    path, out = tmp_path / "a.csv", tmp_path / "b.csv"
    path.write_text('promt;completion\n"a ""b""";c\n\nd;e\n')
    fix_to(path, out, kinds=["csv"])
    assert out.read_text() == path.read_text().replace("promt", "prompt")


@pytest.mark.parametrize("write", [partial(json.dumps, ensure_ascii=False, separators=(",", ":")), repr])
def test_a_list_in_a_csv_cell_is_written_as_it_was(write: Callable[[Any], str], tmp_path: Path) -> None:
    path, out = tmp_path / "a.csv", tmp_path / "b.csv"
    wrong = [
        {"role": "user", "content": "Who is Fran\u00c3\u00a7oise?"},
        {"role": "assistant", "content": "A painter."},
    ]
    right = [{**wrong[0], "content": "Who is Fran\u00e7oise?"}, wrong[1]]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["messages"], [write(wrong)], [write(wrong[1:])]])
    datalint.fix(path, eval=False, config={"select": ("QUA011",)}).write(out)
    with out.open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == [["messages"], [write(right)], [write(wrong[1:])]]


@pytest.mark.parametrize("kind", CONTAINERS)
def test_no_fix_moves_a_place_that_a_cell_states_as_text(kind: str, tmp_path: Path) -> None:
    """Each text is in need of one rule, and its spans are in the text of another column."""
    odd = ["\u200b", "\x7f", "\u2067", "Ã©", "AKIAQ3EGVN7PLXZB2WTY", "ben.okafor@gmail.com"]
    rows = [{"prompt": "[30, 31, 32]", "completion": f"Say {each} first, and then all that is marked."} for each in odd]
    path = tmp_path / f"a.{kind}"
    CONTAINERS[kind](rows, path)
    config = {"select": ("QUA",), "extend-select": ("QUA024",), "columns": {"prompt": "completion"}}
    datalint.fix(path, eval=False, unsafe=True, config=config).write(tmp_path / "b.jsonl")
    assert rows_in(tmp_path / "b.jsonl") == rows


@pytest.mark.parametrize("many", ["list", "large_list"])
def test_a_renamed_key_is_a_renamed_field_of_parquet(many: str, tmp_path: Path) -> None:
    """What its schema does not have would be written as null."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    turns = [[{"role": "user", "contnt": "Hi"}, {"role": "assistant", "contnt": "Good day."}], None, []]
    inner = pa.struct([pa.field("role", pa.string()), pa.field("contnt", pa.string(), metadata={"k": "v"})])
    table = pa.table(
        {"mesages": pa.array(turns, {"list": pa.list_, "large_list": pa.large_list}[many](inner)), "n": [1] * 3}
    )
    table = table.replace_schema_metadata({"k": "v"})
    pq.write_table(table, tmp_path / "a.parquet")
    fix_to(tmp_path / "a.parquet", tmp_path / "b.parquet", kinds=["parquet"])
    found = pq.read_table(tmp_path / "b.parquet")
    assert found.schema.names == ["messages", "n"]
    assert found.to_pylist() == [
        {"messages": each and [{"role": turn["role"], "content": turn["contnt"]} for turn in each], "n": 1}
        for each in turns
    ]
    assert found.schema.metadata == {b"k": b"v"}
    assert not fix_to(tmp_path / "b.parquet", tmp_path / "c.parquet", kinds=["parquet"])[0].any


def test_what_a_schema_does_not_allow_is_refused(tmp_path: Path) -> None:
    """A target wants tool arguments as objects, and the column has texts."""
    call = {"id": "a", "type": "function", "function": {"name": "f", "arguments": '{"n": 1}'}}
    turns = [
        {"role": "user", "content": "Hi", "tool_calls": None},
        {"role": "assistant", "content": "", "tool_calls": [call]},
    ]
    pl.DataFrame({"messages": [turns]}).write_parquet(tmp_path / "a.parquet")
    wanted = datalint.fix(str(tmp_path / "a.parquet"), config={"target": ["trl"]})
    assert wanted.fixes.repaired, "the target has something to fix"
    with pytest.raises(DatalintError, match="name the output NAME"):
        wanted.write(tmp_path / "b.parquet")


TEXT = (
    b"\xef\xbb\xbfone \xc3\x83\xc2\xa9\r\n\nsecond\xe2\x80\x8b line\nsecond\xe2\x80\x8b line\nbad \xff\xfe\x00\nthe end"
)


@pytest.mark.parametrize(
    ("unsafe", "left"),
    [
        (False, b"one \xc3\xa9\n\nsecond line\nbad \xff\xfe\x00\nthe end"),
        (True, b"one \xc3\xa9\n\nsecond line\nthe end"),
    ],
)
def test_text_stays_text(unsafe: bool, left: bytes, tmp_path: Path) -> None:
    path, out = tmp_path / "a.txt", tmp_path / "b.txt"
    path.write_bytes(TEXT)
    _, removed = fix_to(path, out, kinds=["text"], unsafe=unsafe)
    assert out.read_bytes() == left
    assert [entry["line"] for entry in removed] == [4, 5][: 1 + unsafe]
    path.write_text("nothing to fix\r\n\r\n  {is\r\nhere}")
    fix_to(path, out, kinds=["text"], unsafe=True)
    assert out.read_bytes() == path.read_bytes()


def test_bytes_of_no_encoding_stay_in_a_row_that_changes(tmp_path: Path) -> None:
    """They are halves of pairs in the row's JSON text, which orjson refuses."""
    path, out = tmp_path / "a.tsv", tmp_path / "out"
    path.write_bytes(b'questn\tanswer\tnumber\nIs?\tYes\t"lab\xff"\xff"lost"\n"My bike 3 is gone"\tNo\t1\n')
    fix_to(path, out, kinds=["csv"])
    assert out.read_bytes() == path.read_bytes().replace(b"questn", b"question")


def test_rows_that_change_need_no_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Their texts go to a file, also those that change twice, and the result is the same."""
    path = tmp_path / "a.jsonl"
    lines = [line.replace("{}", plain(number)) if line == "{}" else line for number, line in enumerate(LINES * 3)]
    path.write_text("\n".join(lines), encoding="utf-8")
    _, removed = fix_to(path, tmp_path / "memory.jsonl", unsafe=True)
    monkeypatch.setattr(repairs, "_MOST", 0)
    fixes, again = fix_to(path, tmp_path / "file.jsonl", unsafe=True)
    assert fixes.repaired._texts == b""
    assert again == removed
    assert (tmp_path / "file.jsonl").read_bytes() == (tmp_path / "memory.jsonl").read_bytes()


@pytest.mark.parametrize("ignored", [(), ("wrong-encoding",)], ids=["encoding fixed", "encoding kept"])
def test_a_repair_that_an_encoding_has_no_character_for_makes_a_file_utf8(
    ignored: tuple[str, ...], tmp_path: Path
) -> None:
    path, out = tmp_path / "a.csv", tmp_path / "b.csv"
    rest = "".join(f"The price of {n}?,{n} \u20ac now\r\n" for n in range(3))
    head = b"prompt,completion\r\nWhat is it?,\x80 \xf0\x9f\x98\x80\r\n"
    path.write_bytes(head + rest.encode("cp1252"))
    fixed = datalint.fix(str(path), config={"ignore": ignored})
    assert fixed.counts["QUA011"] == 1
    fixed.write(out)
    said = "prompt,completion\r\nWhat is it?,\u20ac \U0001f600\r\n" + rest
    assert out.read_bytes().decode() == said


def test_an_element_with_its_problem_on_another_line_is_removed(tmp_path: Path) -> None:
    path, out = tmp_path / "a.json", tmp_path / "b.json"
    good = '{"prompt": "a b", "completion": "c"}'
    path.write_text(f'[\n {good},\n {{\n  "prompt": "d",\n  "completion",, "e"\n }},\n {{\n  "prompt" "f"\n }}\n]\n')
    _, removed = fix_to(path, out, kinds=["json"], unsafe=True)
    assert json.loads(out.read_text()) == [json.loads(good)]
    assert removed
    repeated, _ = fix_to(out, tmp_path / "c.json", kinds=["json"], unsafe=True)
    assert not repeated.any


def test_a_value_that_is_no_row_becomes_a_line(tmp_path: Path) -> None:
    path, out = tmp_path / "a.json", tmp_path / "b.jsonl"
    path.write_text('[{"prompt": "a b", "completion": "c"},\n ["x"],\n [[{"role": "user"}], []], "text", null]')
    datalint.fix(str(path)).write(out)
    assert list(map(json.loads, out.read_text().splitlines())) == json.loads(path.read_text())
    assert not out.with_name("b.removed.jsonl").exists()
