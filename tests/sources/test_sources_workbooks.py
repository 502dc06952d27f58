"""Excel workbooks: which sheet is read, what its cells and columns are, and what is refused."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from tests_sources_reading import Read
from workbooks import SHEET, STYLES, TEXTS, sheet_xml, styles_xml, table_xml, texts_xml, workbook

from datalint.core.errors import DatalintError
from datalint.core.table_format import TableFormat
from datalint.setup.inputs import unread_sheets
from datalint.sources import open_sources
from datalint.sources.inflate import DecompressionLimits

ReadFile = Callable[..., Read]
HEAD = ("prompt", "completion")
ROWS = [HEAD, *((f"What is part {n} made of?", f"Of wood number {n}.") for n in range(6))]


def read_sheet(read_file: ReadFile, xml: str, **parts: str) -> Read:
    return read_file(workbook(parts={SHEET: xml} | parts), "rows.xlsx")


# Values


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('t="s"><v>1</v>', " shared & text\n"),
        ('t="inlineStr"><is><r><t>of </t></r><r><t>runs</t></r><rPh><t>read so</t></rPh></is>', "of runs"),
        ('t="str"><f>A1</f><v>of a formula</v>', "of a formula"),
        ('t="str"><f>A1</f><v></v>', ""),
        ('t="str"><v>a_x000D__x0041__xD800__x005F_x0042_</v>', "a\rA_xD800__x0042_"),
        ("><v>3</v>", "3"),
        ("><v>1.0</v>", "1"),
        ("><v>-0.0</v>", "0"),
        ("><v>0.30000000000000004</v>", "0.3"),
        ("><v>1.5E-3</v>", "0.0015"),
        ("><v>007</v>", "7"),
        ("><v>1E+20</v>", "1e+20"),
        ("><v>123456789012345678</v>", "1.23456789012346e+17"),
        ("><v>not a number</v>", "not a number"),
        ("><v>NaN</v>", "NaN"),
        ('t="b"><v>1</v>', "true"),
        ('t="b"><v>0</v>', "false"),
        ('t="e"><v>#N/A</v>', "#N/A"),
        ('t="d"><v>2024-05-01</v>', "2024-05-01"),
        # Styles: 1 a date, 2 hours by a code, 3 a percentage with letters in quotes.
        ('s="1"><v>45413</v>', "2024-05-01"),
        ('s="1"><v>45413.4375</v>', "2024-05-01T10:30:00"),
        ('s="1"><v>1</v>', "1900-01-01"),
        ('s="2"><v>0.4375</v>', "10:30:00"),
        ('s="1"><v>-3</v>', "-3"),
        ('s="1"><v>1E9</v>', "1000000000"),
        ('s="3"><v>0.5</v>', "0.5"),
        ('s="99"><v>45413</v>', "45413"),
    ],
)
def test_values_are_texts(cell: str, text: str, read_file: ReadFile) -> None:
    rows = table_xml([("question", "answer")]) + f'<row r="2"><c r="A2" {cell}</c><c r="B2"><v>1</v></c></row>'
    styles = styles_xml(0, 14, "[hh]:mm", '0.0" day"%')
    read = read_sheet(read_file, sheet_xml(rows), **{TEXTS: texts_xml("a", " shared & text\n"), STYLES: styles})
    assert read.records == [{"question": text, "answer": "1"}]
    assert read.rules == []


def test_the_calendar_of_1904(read_file: ReadFile) -> None:
    rows = table_xml([("text",)]) + '<row r="2"><c s="1"><v>0</v></c></row>'
    parts = {SHEET: sheet_xml(rows), STYLES: styles_xml(0, "yyyy\\-mm")}
    data = workbook(parts=parts, properties='date1904="1"')
    assert read_file(data, "rows.xlsx").records == [{"text": "1904-01-01"}]


# Rows and columns


def test_rows_have_the_numbers_of_the_sheet(read_file: ReadFile) -> None:
    # Blank rows and columns are no part of a table; cells and rows without names follow the last ones.
    xml = sheet_xml(
        table_xml([HEAD], 3)
        + '<row r="5"><c r="A5" t="str"><v>a</v></c><c r="D5" t="str"><v>note</v></c><c r="F5" s="1"/></row>'
        + '<row r="7"/><row><c t="str"><v>b</v></c><c t="str"><v>c</v></c></row>'
    )
    read = read_sheet(read_file, xml)
    empty = {"prompt": "", "completion": "", "column-3": ""}
    assert read.records == [empty | {"prompt": "a", "column-3": "note"}, empty | {"prompt": "b", "completion": "c"}]
    assert read.lines == [5, 8]
    assert (read.source.container, read.facts.rows_read, read.rules) == ("xlsx", 2, [])
    assert read.source.fetch([7, 0]) == [read.records[1], {}]
    assert read.source.fetch([0], [read.offsets[1]]) == [read.records[1]]


def test_cells_of_blanks_are_empty(read_file: ReadFile) -> None:
    rows = [HEAD, ("a", "b"), ("\u00a0", " "), ("", "\t"), ("c", "\u00a0")]
    read = read_sheet(read_file, sheet_xml(table_xml(rows)))
    assert read.records == [{HEAD[0]: "a", HEAD[1]: "b"}, {HEAD[0]: "c", HEAD[1]: ""}]
    assert read.lines == [2, 5]


def test_chunks_have_the_same_rows(read_file: ReadFile) -> None:
    data = workbook({"Sheet1": [HEAD, *(("a", str(n)) for n in range(500))]})
    whole, parts = read_file(data, "rows.xlsx"), read_file(data, "rows.xlsx", chunk_bytes=1000)
    assert len(parts.parts) > 5
    assert (whole.records, whole.lines) == (parts.records, parts.lines)
    assert whole.lines == list(range(2, 502))


TITLE = [("The parts of our boats",)]
LINE = "What is part {} of the old boat made of?"


@pytest.mark.parametrize(
    ("rows", "options", "names", "first", "problems"),
    [
        (ROWS, {}, HEAD, 2, []),
        ([*TITLE, ("of 2024",), (), *ROWS], {}, HEAD, 5, [("invalid-row", 1)]),
        # A header of one name, and a table of one column, have no title.
        ([("prompt",), *ROWS[1:]], {}, ("prompt", "column-2"), 2, []),
        ([("text",), *((row[0],) for row in ROWS[1:])], {}, ("text",), 2, []),
        (ROWS[1:], {}, ("column-1", "column-2"), 1, [("headerless-table", 1)]),
        (ROWS[1:], {"table": TableFormat(header=True)}, ROWS[1], 2, []),
        (ROWS, {"table": TableFormat(header=False)}, ("column-1", "column-2"), 1, []),
        ([("a", "a "), *ROWS[1:]], {}, ("a", "a "), 2, [("wrong-delimiter", 1)]),
        ([("text", "text"), *ROWS[1:]], {}, ("text", "text_2"), 2, [("duplicate-key", 1)]),
        ([*ROWS, HEAD], {}, HEAD, 2, [("invalid-row", 8)]),
        ([HEAD], {}, None, None, [("empty-file", None)]),
        ([], {}, None, None, [("empty-file", None)]),
    ],
)
def test_the_table_in_a_sheet(
    rows: list[tuple[str, ...]],
    options: dict[str, Any],
    names: tuple[str, ...] | None,
    first: int | None,
    problems: list[tuple[str, int | None]],
    read_file: ReadFile,
) -> None:
    read = read_file(workbook({"Sheet1": rows}), "rows.xlsx", **options)
    assert read.places == problems
    assert next(iter(read.lines), None) == first
    assert next((tuple(row) for row in read.records), None) == names
    assert read.facts.rows_refused == (rows == [*ROWS, HEAD])


def test_what_a_table_has_not_is_told(read_file: ReadFile) -> None:
    # Merged cells below the header, and formulas without a value; areas in one row are no matter.
    xml = table_xml([*ROWS, ("last", "one")])
    xml = xml.replace('<c r="B4" t="inlineStr"><is><t>Of wood number 2.</t></is></c>', '<c r="B4"><f>A1</f><v/></c>')
    areas = "".join(f'<mergeCell ref="{area}"/>' for area in ("A1:A1", "A5:B5", "A6:A8"))
    read = read_sheet(read_file, sheet_xml(xml, f"<mergeCells>{areas}</mergeCells>"))
    merged, formula = sorted(problem.message for problem in read.facts.problems)
    assert merged.startswith("a formula has no value")
    assert formula.startswith("not a plain table: a merged cell takes several rows, which are read with its value;")
    assert read.places == [("invalid-row", 6), ("invalid-row", 4)]
    assert {problem.severity for problem in read.facts.problems} == {"warning"}


def test_merged_cells_of_several_rows_have_their_value_in_each(read_file: ReadFile) -> None:
    rows = [("query", "passage", "grade"), ("What is it?", "A dock.", "1"), ("", "A pier.", ""), ("", "", "0")]
    xml = table_xml([*rows, ("What else?", "A gate.", "2"), ("", "A lock.", ""), ("", "A lamp.", "1")])
    # The value of an area is that of its first cell; a cell of its own stays, and nothing comes into rows after it.
    areas = "".join(f'<mergeCell ref="{area}"/>' for area in ("A2:A4", "B4:B4", "A5:A6", "C5:D7"))
    read = read_sheet(read_file, sheet_xml(xml, f"<mergeCells>{areas}</mergeCells>"))
    assert [tuple(row.values()) for row in read.records] == [
        ("What is it?", "A dock.", "1"),
        ("What is it?", "A pier.", ""),
        ("What is it?", "", "0"),
        ("What else?", "A gate.", "2"),
        ("What else?", "A lock.", "2"),
        ("", "A lamp.", "1"),
    ]
    assert read.source.fetch([2], [read.offsets[2]]) == [read.records[2]]


def test_a_merged_cell_that_begins_in_the_header_is_read_as_it_is(read_file: ReadFile) -> None:
    areas = '<mergeCells><mergeCell ref="A1:A2"/></mergeCells>'
    read = read_sheet(
        read_file, sheet_xml(table_xml([("query", "passage"), ("", "A dock."), ("Why?", "It is.")]), areas)
    )
    assert [row["query"] for row in read.records] == ["", "Why?"]
    assert [problem.message for problem in read.facts.problems] == [
        "not a plain table: a merged cell takes several rows, which have no value except for the first one"
    ]


def runs(*lengths: int, ranks: bool = True) -> list[tuple[str, ...]]:
    """Return rows of which the first ones of runs have a query."""
    found = [("query", "rank", "passage")]
    for run, length in enumerate(lengths):
        head = f"What is part {run}?"
        found += [("" if n else head, str(n) if ranks else "7", f"Text {run}.{n}") for n in range(length)]
    return found


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (runs(*[4] * 70, ranks=False), "'query' has a value in 70 of 280 rows, the first of each run, as if merged"),
        (runs(3, 5, 2, 4, 6, 3), "'query' has a value in 6 of 23 rows"),
        ([("Queries and passages",), *runs(3, 5, 2, 4, 6, 3)], "'query' has a value in 6 of 23 rows"),
        ([(a, b, c, a and "seen") for a, b, c in runs(*[3] * 6)], "'query', 'seen' have a value in 6 of 18 rows"),
        # Comments on some rows, one for each row, few runs.
        (runs(3, 5, 2, 4, 6, 3, ranks=False), ""),
        (runs(*[1] * 40), ""),
        (runs(4, 4, 4, 4), ""),
        ([HEAD, *((f"Part {n}?", f"Of {n}.") for n in range(40))], ""),
    ],
)
def test_values_in_the_first_row_of_each_run_only(rows: list[tuple[str, ...]], said: str, read_file: ReadFile) -> None:
    read = read_file(workbook({"Data": rows}), "rows.xlsx")
    found = [problem for problem in read.facts.problems if "as if merged" in problem.message]
    assert [(said in problem.message, problem.severity) for problem in found] == [(True, "warning")] * bool(said)
    file = io.StringIO()
    csv.writer(file).writerows(rows[rows[0] == ("Queries and passages",) :])
    read = read_file(file.getvalue().encode(), "rows.csv")
    found = [problem for problem in read.facts.problems if "as if merged" in problem.message]
    names = said.split(" in ")[0]
    assert [problem.message.startswith(f"not a plain table: {names} in") for problem in found] == [True] * bool(said)


# Sheets


def few(name: str) -> list[tuple[str, ...]]:
    return [HEAD, (name, "a")]


@pytest.mark.parametrize(
    ("names", "hidden", "options", "read", "note"),
    [
        (["Empty", "Data", "Other"], [], {}, "Data", 'sheet "Data" is read; "Other" has rows too, not read'),
        (["Lists", "Data"], ["Lists"], {}, "Data", 'sheet "Data" is read; "Lists" has'),
        (["Lists", "Empty"], ["Lists"], {}, "Lists", ""),
        (["Data", "Other", "Third"], [], {"split": "Other"}, "Other", '"Other" is read; "Data", "Third" have rows too'),
        (["Data", "Other"], [], {"split": "other"}, "Other", '"Data" has'),
        (["Test", "Training"], [], {}, "Training", '"Training" is read, and "Test" as the evaluation set'),
        (["train", "val", "test"], [], {}, "train", '"val" and "test" as the evaluation set if no other one is given'),
        (["train", "val", "test"], [], {"held": True}, "val", '"train", "test" have'),
        # It has the columns of what is read, whatever that is called.
        (["Data", "Test"], [], {}, "Data", '"Data" is read, and "Test" as the evaluation set'),
        (
            ["Data", "Other", "EVAL"],
            [],
            {},
            "Data",
            '"EVAL" as the evaluation set if no other one is given; "Other" has',
        ),
        (["Data", "Test"], ["Test"], {}, "Data", '"Test" has rows too'),
        (["Data", "Test"], [], {"split": "data"}, "Data", '"Test" has rows too'),
        (["Test", "Data"], [], {}, "Test", '"Data" has rows too'),
        # The names of the sets have another word too.
        (
            ["posts_test", "notes_test", "posts_train"],
            [],
            {},
            "posts_train",
            '"posts_test" as the evaluation set if no other one is given; "notes_test" has',
        ),
        (["Test 2", "Train 2", "Dev 2"], [], {}, "Train 2", '"Test 2" and "Dev 2" as the evaluation set'),
        (["Posts Test", "Posts Train"], [], {"held": True}, "Posts Test", '"Posts Train" has'),
        (["notes_test", "posts_train"], [], {}, "notes_test", '"posts_train" has'),
        (["retest", "retrain"], [], {}, "retest", '"retrain" has'),
    ],
)
def test_one_sheet_is_read_and_the_others_are_named(
    names: list[str], hidden: list[str], options: dict[str, Any], read: str, note: str, read_file: ReadFile
) -> None:
    sheets = {name: [] if name == "Empty" else few(name) for name in names}
    found = read_file(workbook(sheets, hidden=hidden), "rows.xlsx", **options)
    assert [row["prompt"] for row in found.records] == [read]
    said = unread_sheets([found.source])
    assert note in "".join(said)
    assert bool(said) == bool(note)
    assert found.facts.part == (read if note else "")


def test_a_sheet_named_test_with_other_columns_is_no_evaluation_set(read_file: ReadFile) -> None:
    other = [("id", "grade"), ("7", "pass")]
    wider = [("Tests of May",), (*HEAD, "rewording"), ("Where to?", "Home.", "To which place?")]
    read = read_file(workbook({"Data": few("a"), "Test": other, "Val": wider}), "rows.xlsx")
    assert read.source.held_sheets == ("Val",)


@pytest.mark.parametrize(
    ("rows", "options", "read"),
    [
        ({"Notes": 4, "Grades": 60, "Scores": 70}, {}, "Grades"),
        ({"Notes": 4, "Summary": 20, "Grades": 60}, {}, "Grades"),
        ({"Notes": 4, "Grades": 60}, {"split": "notes"}, "Notes"),
        ({"Notes": 4, "Grades": 60}, {"hidden": ["Grades"]}, "Notes"),
        ({"Data": 10, "Other": 60}, {}, "Data"),
        ({"Data": 2, "Other": 30}, {}, "Data"),
        ({"Data": 55, "Other": 600}, {}, "Data"),
        ({"train": 4, "test": 60}, {}, "train"),
    ],
)
def test_a_sheet_with_many_more_rows(
    rows: dict[str, int], options: dict[str, Any], read: str, read_file: ReadFile
) -> None:
    sheets = {name: [HEAD, *((name, f"answer {n}") for n in range(count))] for name, count in rows.items()}
    data = workbook(sheets, hidden=options.pop("hidden", ()))
    found = read_file(data, "rows.xlsx", **options)
    assert {row["prompt"] for row in found.records} == {read}
    said = f'"{read}" is read, which has many more rows than the first one; '
    assert (said in unread_sheets([found.source])[0]) == (read == "Grades")


def test_a_list_of_values_is_no_table(read_file: ReadFile) -> None:
    data = workbook({"Data": few("Data"), "Values": [(f"value {n}",) for n in range(90)]})
    assert read_file(data, "rows.xlsx").records == [{"prompt": "Data", "completion": "a"}]


def test_a_sheet_that_does_not_exist(read_file: ReadFile) -> None:
    data = workbook({"Data": few("a"), "Other": few("b")})
    with pytest.raises(DatalintError, match='no split "Othr"; did you mean "Other"\\?: pass --split with one'):
        read_file(data, "rows.xlsx", split="Othr")


# Names


def test_names_and_folders(tmp_path: Path) -> None:
    data = workbook({"Sheet1": ROWS})
    # What has the name of another file is its source or its export; a lock is no workbook.
    names = ("a.xlsx", "b.xlsx", "b.jsonl.gz", "c.XLSM", "~$a.xlsx", "notes.txt")
    for name in names:
        (tmp_path / name).write_bytes(data if name.lower().endswith(("xlsx", "xlsm")) and "~" not in name else b"")
    found = open_sources([str(tmp_path)])
    assert [Path(source.path).name for source in found] == ["a.xlsx", "b.jsonl.gz", "c.XLSM"]
    found = open_sources([f"{tmp_path}/*.xlsx"])
    assert [Path(source.path).name for source in found] == ["a.xlsx", "b.xlsx"]


@pytest.mark.parametrize(
    ("name", "rules"),
    [("rows.xlsm", []), ("rows", []), ("rows.csv", ["wrong-extension"]), ("rows.zip", ["wrong-extension"])],
)
def test_a_workbook_is_known_by_its_parts(name: str, rules: list[str], read_file: ReadFile) -> None:
    assert read_file(workbook({"Sheet1": ROWS}), name).rules == rules


# What is refused

FAR = '<row r="{}"><c r="{}"><v>1</v></c></row>'
DOCTYPE = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]>'
ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")


def parts(**changed: str | bytes | None) -> bytes:
    names = {"sheet": SHEET, "texts": TEXTS, "main": "xl/workbook.xml", "links": "xl/_rels/workbook.xml.rels"}
    return workbook({"Sheet1": ROWS}, parts={names[name]: data for name, data in changed.items()})


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (workbook({"Sheet1": ROWS})[:-40], "its archive is damaged or cut short"),
        (b"PK\x03\x04 xl/workbook.xml", "its archive is damaged or cut short"),
        (parts(main=None), "xl/workbook.xml is missing"),
        (parts(sheet=None), "xl/worksheets/sheet1.xml is missing"),
        (parts(sheet="<worksheet><sheetData>"), "is not XML: no element found"),
        (parts(sheet=b"\xff\xfe\0"), "is not XML"),
        (parts(sheet=DOCTYPE + sheet_xml("&c;")), "its XML has a document type"),
        (parts(sheet=sheet_xml('<row r="1"><c t="s"><v>7</v></c></row>')), "refers to a text that does not exist"),
        (parts(sheet=sheet_xml('<row r="1"><c t="s"><v>-1</v></c></row>')), "refers to a text that does not exist"),
        (parts(sheet=sheet_xml(FAR.format(2, "A2") + FAR.format(1, "A1"))), "row 1 comes after row 2"),
        (parts(sheet=sheet_xml(FAR.format(1 << 20 | 1, "A1"))), "row 1,048,577 comes after"),
        (parts(sheet=sheet_xml(FAR.format("x", "A1"))), "a row has no number"),
        (parts(sheet=sheet_xml(FAR.format(1, "XFE1"))), "a row has more than 16,384 cells"),
        (parts(sheet=sheet_xml(FAR.format(1, "1"))), "a cell has no name such as A1"),
        (workbook({"Sheet1": ROWS}, method=zipfile.ZIP_LZMA), "compressed in a way that workbooks do not use"),
        (ENCRYPTED, "rows.xlsx is an encrypted Excel workbook: save it without a password"),
        (b"no rows\nat all\n", "rows.xlsx is not an Excel workbook"),
        (b"<html>, a table\n<td>a, b</td>\n", "rows.xlsx is not an Excel workbook"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(data: bytes, words: str, read_file: ReadFile) -> None:
    with pytest.raises(DatalintError, match=words) as error:
        read_file(data, "rows.xlsx")
    assert "\n" not in str(error.value)
    assert str(error.value).isprintable()


@pytest.mark.parametrize(
    ("name", "data", "container"),
    [
        ("rows.xlsx", b'prompt,completion\n"a,\nb",c\n', "csv"),
        ("rows.xls", "Frage;Antwort\nWo?;Hier, überall.\n".encode(), "csv"),
        ("rows.xlsx", b"prompt\tcompletion\na\tb\n", "tsv"),
        ("rows.parquet", b"prompt,completion\na,b\n", "csv"),
    ],
)
def test_a_table_of_text_is_read_whatever_its_name(name: str, data: bytes, container: str, read_file: ReadFile) -> None:
    read = read_file(data, name)
    assert (read.source.container, len(read.records)) == (container, 1)
    assert read.rules.count("wrong-extension") == 1


def test_cells_far_apart_take_no_memory(read_file: ReadFile) -> None:
    read = read_sheet(read_file, sheet_xml(FAR.format(1, "A1") + FAR.format(1 << 20, "XFD1048576")))
    assert (read.lines, [list(row) for row in read.records]) == ([1 << 20], [["1", "column-2"]])


SMALL = DecompressionLimits(ratio=20, ratio_from=1 << 16)
LONG = "a long text " * 1000


@pytest.mark.parametrize(
    "changed",
    [
        # A part that is much larger than it is stored, and a shared text that many cells have.
        {SHEET: sheet_xml(table_xml([HEAD, (LONG * 20, "b")]))},
        {SHEET: sheet_xml("".join('<row><c t="s"><v>0</v></c></row>' for _ in range(200))), TEXTS: texts_xml(LONG)},
    ],
)
def test_a_bomb_is_refused_before_it_is_read(
    changed: Mapping[str, str], read_file: ReadFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("datalint.sources.workbooks.workbook._BLOCK", 1 << 12)
    with pytest.raises(DatalintError, match="like a decompression bomb: save its sheet as CSV if you trust it"):
        read_file(workbook(parts=changed), "rows.xlsx", limits=SMALL)


@pytest.mark.parametrize(
    ("limit", "value", "changed", "words"),
    [
        ("package._MOST_TAG", 1 << 10, {SHEET: sheet_xml(f'<row a="{"x" * 4000}"/>')}, "a tag of more than 0 MiB"),
        ("package._MOST_NAMES", 50, {SHEET: sheet_xml("".join(f"<a{n}/>" for n in range(90)))}, "than 50 names"),
        ("package._MOST_LIST", 100, {}, "its list of parts is too long"),
        ("book._MOST_TEXT", 100, {TEXTS: texts_xml("a" * 50)}, "MiB of different texts: save its sheet as CSV"),
        ("cells.MOST_ROW", 100, {SHEET: sheet_xml(table_xml([("a" * 101,)]))}, "row 1: the row has 0.0 MiB, more"),
    ],
)
def test_limits(
    limit: str, value: int, changed: Mapping[str, str], words: str, read_file: ReadFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"datalint.sources.workbooks.{limit}", value)
    monkeypatch.setattr("datalint.sources.workbooks.package._PIECE", 1 << 9)
    rows = sheet_xml('<row r="1"><c t="s"><v>0</v></c></row>')
    with pytest.raises(DatalintError, match=words):
        read_file(workbook(parts={SHEET: rows} | changed), "rows.xlsx")
