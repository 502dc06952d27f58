"""CSV, TSV and plain text."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from draws import examples
from every import every
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests_sources_reading import Read, read_source

from datalint.core.errors import DatalintError
from datalint.core.table_format import TableFormat
from datalint.sources.content import Content
from datalint.sources.sniff import OpenSettings, open_content

ReadFile = Callable[..., Read]


def opened(data: bytes, name: str = "rows.csv", chunk_bytes: int = 8 << 20) -> Read:
    return read_source(open_content(Content(data), name, OpenSettings(chunk_bytes=chunk_bytes)))


CASES: list[tuple[bytes, list[dict[str, str]], list[int], list[tuple[str, int | None]]]] = [
    (b"a,b\n1,2\n3,4\n", [{"a": "1", "b": "2"}, {"a": "3", "b": "4"}], [2, 3], []),
    (b"a,b\r\n1,2\r\n", [{"a": "1", "b": "2"}], [2], []),
    (b'a,b\n"x\ny",2\n3,4', [{"a": "x\ny", "b": "2"}, {"a": "3", "b": "4"}], [2, 4], []),
    (b'a,b\n"x\r\ny","say ""hi"""\r\n3,4\r\n', [{"a": "x\r\ny", "b": 'say "hi"'}, {"a": "3", "b": "4"}], [2, 4], []),
    (b"\xef\xbb\xbfa\n1\n", [{"a": "1"}], [2], [("byte-order-mark", 1)]),
    (b",text\n0,x\n", [{"column-1": "0", "text": "x"}], [2], []),
    (b" a, b\n1,2\n", [{" a": "1", " b": "2"}], [2], [("wrong-delimiter", 1)]),
    # Blanks around the separator of all rows say nothing of a first record that may be a row.
    (b"ox , oxes\nmen , man\n", [{"ox ": "men ", " oxes": " man"}], [2], []),
    (b"text , label\nmen , man\n", [{"text ": "men ", " label": " man"}], [2], [("wrong-delimiter", 1)]),
    (b'"""a""",\'b c\',d\n1,2,3\n', [{"a": "1", "b c": "2", "d": "3"}], [2], [("wrong-delimiter", 1)]),
    (b"'a',b,c\n1,2,3\n", [{"'a'": "1", "b": "2", "c": "3"}], [2], []),
    (b"'a',a\n1,2\n", [{"'a'": "1", "a": "2"}], [2], []),
    (b"a,b\n1,2\na,b\n3,4\n", [{"a": "1", "b": "2"}, {"a": "3", "b": "4"}], [2, 4], [("invalid-row", 3)]),
    (b"n,a,b\n0,x,y\n1,a,b\n", [{"n": "0", "a": "x", "b": "y"}], [2], [("invalid-row", 3)]),
    (b",a,b\n0,x,y\n,a,b\n", [{"column-1": "0", "a": "x", "b": "y"}], [2], [("invalid-row", 3)]),
    (b"a,b\n1,2\n<<<<<<< HEAD\n3,4\n", [{"a": "1", "b": "2"}, {"a": "3", "b": "4"}], [2, 4], [("invalid-row", 3)]),
    (b"a,b\n1,2\n=======,\n>>>>>>> 1f0c,\n", [{"a": "1", "b": "2"}], [2], [("invalid-row", 3), ("invalid-row", 4)]),
    (b"a,b\n========,\n=======,x\n", [{"a": "========", "b": ""}, {"a": "=======", "b": "x"}], [2, 3], []),
    (b"n,a\n0,x\n1,a\n", [{"n": "0", "a": "x"}, {"n": "1", "a": "a"}], [2, 3], []),
    # Columns without a name are named by their places.
    (b"a,,\n1,x,\n", [{"a": "1", "column-2": "x", "column-3": ""}], [2], []),
    (b"a,a\n1,2\na,a\n", [{"a": "1", "a_2": "2"}, {"a": "a", "a_2": "a"}], [2, 3], [("duplicate-key", 1)]),
    (b"a,b\n1\n1,2,3\n4,5\n", [{"a": "4", "b": "5"}], [4], [("invalid-row", 2), ("invalid-row", 3)]),
    (b'a,b\n"x" y,2\n4,5\n', [{"a": "4", "b": "5"}], [3], [("invalid-row", 2)]),
    (b'a,b\n1,2\n"x,3\n4,5\n', [{"a": "1", "b": "2"}], [2], [("truncated-file", 3)]),
    # Here a carriage return may end a row: the line has more fields, or rows have one only.
    (b"a,b\n1,x\r2,y\n4,5\n", [{"a": "4", "b": "5"}], [3], [("invalid-row", 2)]),
    (b"a\nx\ry\n4\n", [{"a": "4"}], [3], [("invalid-row", 2)]),
    (b"a,b\n\n1,2\n\n", [{"a": "1", "b": "2"}], [3], []),
    (b"a;b\n1;2\n", [{"a": "1", "b": "2"}], [2], [("wrong-delimiter", 1)]),
    (b"a,b\n1,\xff\n3,4\n", [{"a": "3", "b": "4"}], [3], [("invalid-utf8", 2)]),
    ("a,b\n1,caf\xe9\n".encode("cp1252"), [{"a": "1", "b": "café"}], [2], [("wrong-encoding", 2)]),
    # Two of the bytes of the first row are also UTF-8.
    (
        "a\n降准\n码头已满\n".encode("gb18030"),
        [{"a": "降准"}, {"a": "码头已满"}],
        [2, 3],
        [("wrong-encoding", 2), ("wrong-encoding", 3)],
    ),
    # All bytes of the second row are also UTF-8, and of the third row three in four.
    (
        "a,b\n码头已满了,1\n谢谢,1\n[强][强][牵手],2\n".encode("gb18030"),
        [{"a": "码头已满了", "b": "1"}, {"a": "谢谢", "b": "1"}, {"a": "[强][强][牵手]", "b": "2"}],
        [2, 3, 4],
        [("wrong-encoding", 2), ("wrong-encoding", 4)],
    ),
    # A line of UTF-8 in such a file stays what it is.
    (
        "a,b\n码头已满,1\n".encode("gb18030") + "café,1\n谢谢,1\n".encode() + "码头,2\n".encode("gb18030"),
        [{"a": "码头已满", "b": "1"}, {"a": "café", "b": "1"}, {"a": "谢谢", "b": "1"}, {"a": "码头", "b": "2"}],
        [2, 3, 4, 5],
        [("wrong-encoding", 2), ("wrong-encoding", 5)],
    ),
    (
        b"a,b\n" + b"".join(b"%d,x,y\n" % number for number in range(6)),
        [{"column-1": str(number), "a": "x", "b": "y"} for number in range(6)],
        [*range(2, 8)],
        [("invalid-row", 1)],
    ),
    # Rows leave out their last field where it is empty, and the header ends with a separator.
    (
        b"id,text,kind,note,\n" + b"1,x,y\n" * 5 + b"2,x,y,z\n3,x,y,z,\n",
        [{"id": "1", "text": "x", "kind": "y", "note": ""}] * 5
        + [{"id": number, "text": "x", "kind": "y", "note": "z"} for number in "23"],
        [*range(2, 9)],
        [("invalid-row", 1)],
    ),
    (b"a,b,\n" + b"1,2\n" * 3, [{"a": "1", "b": "2"}] * 3, [2, 3, 4], []),
    (b"a,b,\n" + b"1,2,\n" * 2, [{"a": "1", "b": "2", "column-3": ""}] * 2, [2, 3], []),
    # Rows end with an empty field that the header has not: the line with a text there is refused.
    (
        b"text,kind\n" + b"x,y,\n" * 40 + b"x,y\n" + b"x,y,z\n",
        [{"text": "x", "kind": "y"}] * 41,
        [*range(2, 43)],
        [("invalid-row", 1), ("invalid-row", 43)],
    ),
    # Where most rows do, those that do not are whole.
    (
        b"text,kind\n" + b"x,y,\nx,y,\nx,y\n" * 10 + b"x,y, \n",
        [{"text": "x", "kind": "y"}] * 31,
        [*range(2, 33)],
        [("invalid-row", 1)],
    ),
    (
        b"n,text\n" + b'1,"x","",\n' * 3,
        [{"n": "1", "text": "x"}] * 3,
        [2, 3, 4],
        [("invalid-row", 1)],
    ),
    # Of a few rows, it is unknown which field is empty.
    (
        b"text,kind\n" + b"x,y\n" * 5 + b"x,y,\n",
        [{"text": "x", "kind": "y"}] * 5,
        [*range(2, 7)],
        [("invalid-row", 7)],
    ),
    # A line break divides these rows.
    (
        b"a,b,c,d\n" + b"1,2,3,4\n1,2,3\n3,4\n" * 5,
        [{"a": "1", "b": "2", "c": "3", "d": "4"}] * 5,
        [*range(2, 17, 3)],
        [("invalid-row", line) for line in range(2, 17) if line % 3 != 2],
    ),
    (b"a,b\n" + b"x,y,z\n" * 6, [], [], [("invalid-row", line) for line in range(2, 8)]),
    (b"a,b\n", [], [], [("empty-file", None)]),
    ("a\nx\u2028y\x85\n".encode(), [{"a": "x\u2028y\x85"}], [2], []),
]


@every(("data", "rows", "lines", "places"), CASES)
@every("chunk_bytes", [1, 9, 8 << 20])
def test_cases(
    data: bytes,
    rows: list[dict[str, str]],
    lines: list[int],
    places: list[tuple[str, int | None]],
    chunk_bytes: int,
) -> None:
    read = opened(data, chunk_bytes=chunk_bytes)
    assert read.records == rows
    assert read.lines == lines
    assert read.places == places
    assert read.source.container == "csv"
    assert read.facts.rows_refused == sum(
        1 for rule, line in places if line != 1 and rule in ("invalid-row", "invalid-utf8", "truncated-file")
    )
    order = list(range(len(rows)))[::-1]
    assert read.source.fetch(order) == rows[::-1]
    assert read.source.fetch(order, [read.offsets[row] for row in order]) == rows[::-1]


def test_a_short_row_of_a_table_without_a_header() -> None:
    settings = OpenSettings(table=TableFormat(header=False))
    read = read_source(open_content(Content(b"1,up\n0\n1,down\n0,up\n"), "rows.csv", settings))
    assert [problem.message for problem in read.facts.problems] == [
        "not a row of the table: it has fewer fields than the other rows, which have 2"
    ]


def test_messages() -> None:
    read = opened(b'a,b\n1\n"x"y,2\nx\ry\n"z')
    assert [problem.message for problem in read.facts.problems] == [
        "not a row of the table: it has fewer fields than the header, which has 2",
        'not a row of the table: text after a closing quote (a quote inside a field is written "")',
        "not a row of the table: a bare carriage return in a field",
        "a quoted field of this row never ends: a quotation mark is missing, or is text (--quote none)",
    ]


@pytest.mark.parametrize("chunk_bytes", [1, 8 << 20])
def test_a_carriage_return_in_a_field_is_read_as_a_blank_where_the_line_is_a_row(chunk_bytes: int) -> None:
    read = opened(b'a,b\r\n\rx,y\r z\r\n"u",v\n"t"\ru,w\n', chunk_bytes=chunk_bytes)
    assert [tuple(row.values()) for row in read.records] == [(" x", "y  z"), ("u", "v")]
    returned, refused = read.facts.problems
    assert "pandas and datasets, which end it at a bare carriage return in a field" in returned.message
    assert (returned.line, returned.severity, returned.rewritable) == (2, None, True)
    assert (refused.line, refused.record) == (4, None)
    assert read.source.fetch([0], [read.offsets[0]]) == [read.records[0]]


def test_a_carriage_return_in_the_first_row_of_a_table_without_a_header_is_a_blank() -> None:
    read = opened(f"how much is it\rplease;fare\n{HEADLESS}".encode())
    assert read.records[0] == {"column-1": "how much is it please", "column-2": "fare"}


def test_blanks_between_quotes_and_separators_are_read_without() -> None:
    read = opened(b'a,b\n"1","2"\n"x, ""y""" , "z"\n 3 ,4\n"5" , 6"\n')
    assert [tuple(row.values()) for row in read.records] == [("1", "2"), ('x, "y"', "z"), (" 3 ", "4")]
    spaced, refused = read.facts.problems
    assert (spaced.line, spaced.record, spaced.severity, spaced.rewritable) == (3, 1, "warning", True)
    assert (refused.line, refused.record) == (5, None)
    assert read.source.fetch([1], [read.offsets[1]]) == [read.records[1]]
    read = opened(b'a,b\n"1, 2", "3, 4"\n1, "3"\n')
    assert [tuple(row.values()) for row in read.records] == [("1, 2", "3, 4"), ("1", ' "3"')]


def test_fields_in_quotation_marks_of_texts_are_noticed() -> None:
    read = opened("a,b\n“Yes.”,“Ja.”\n“The dock” , “le quai”\n“the dock” , le quai\n".encode())
    assert [tuple(row.values()) for row in read.records][1] == ("“The dock” ", " “le quai”")
    (problem,) = read.facts.problems
    assert (problem.line, problem.record, problem.severity, problem.fixable) == (3, 1, "warning", False)


def test_names_that_pandas_makes_are_no_values() -> None:
    read = opened(b"a,b,c\n1,2,3\nyes,Unnamed: 1,yes.1\nUnnamed: 1,2.5,3\nUnnamed: 1,Unnamed: 1,4\n1.5,2.5,3\n")
    (problem,) = read.facts.problems
    assert (problem.line, problem.record, problem.severity, problem.fixable) == (3, 1, "warning", False)
    assert '"Unnamed: 1", "yes.1" are names of columns' in problem.message


def test_a_repeated_column_keeps_both_and_is_noticed() -> None:
    read = opened(b"a,a,a\n1,2,3\n4,5,6\n")
    assert read.records == [{"a": "1", "a_2": "2", "a_3": "3"}, {"a": "4", "a_2": "5", "a_3": "6"}]
    assert read.places == [("duplicate-key", 1)]


@pytest.mark.parametrize("chunk_bytes", [1, 5, 8 << 20])
def test_a_header_is_found_in_chunks_of_any_size(chunk_bytes: int) -> None:
    read = opened(b"\n\n\na,a\n1\n2,3\n", chunk_bytes=chunk_bytes)
    assert (read.records, read.lines) == ([{"a": "2", "a_2": "3"}], [6])
    assert read.places == [("duplicate-key", 4), ("invalid-row", 5)]


def test_many_columns_of_one_name_have_names_of_their_own() -> None:
    read = opened(b"a_3," + b"a," * 30_000 + b"a_2\n" + b"," * 30_001 + b"\n")
    names = [*read.records[0]]
    assert len(names) == 30_002
    assert [*names[:4], *names[-2:]] == ["a_3", "a", "a_2", "a_4", "a_30001", "a_2_2"]


def test_long_fields_are_read_and_the_limit_is_restored() -> None:
    before = csv.field_size_limit()
    read = opened(b'a,b\n"' + b"x" * 300_000 + b'",2\n')
    assert len(read.records[0]["a"]) == 300_000
    assert csv.field_size_limit() == before


@pytest.mark.parametrize(
    ("late", "last", "places"),
    [
        (b'"a man\t"so"\n"two men\tx\n', {"a": '"two men', "b": "x"}, [("wrong-delimiter", 12_002)]),
        (b'"quoted"\t"too"\n"two men"\tx\n', {"a": "two men", "b": "x"}, []),
        (b'"on two\nlines"\tx\n', {"a": "on two\nlines", "b": "x"}, []),
    ],
)
def test_quotes_that_first_come_late_in_a_tsv(late: bytes, last: dict[str, str], places: list[tuple[str, int]]) -> None:
    rows = b"".join(b"row %d\tx\n" % number for number in range(12_000))
    read = opened(b"a\tb\n" + rows + late, "rows.tsv")
    assert read.records[-1] == last
    assert read.places == places


@pytest.mark.parametrize(
    ("late", "last", "places"),
    [
        (b'"two men\tx\n', {"a": '"two men', "b": "x"}, [("wrong-delimiter", 302)]),
        (b'"two men\tx\nthree\ty\n', {"a": "three", "b": "y"}, [("wrong-delimiter", 302)]),
        (b'"two" men\tx\nthree\ty\n', {"a": "three", "b": "y"}, [("wrong-delimiter", 302)]),
        # As many fields are in quotation marks, but others have single ones inside, which a writer that quotes doubles.
        (
            b'the 2" nail\tx\n"two" men\tx\n"all"\ty\n6" long\ty\n',
            {"a": '6" long', "b": "y"},
            [("wrong-delimiter", 303)],
        ),
        (b'"two" men\tx\n"a ""b"""\ty\n2" or 3"\tz\n', {"a": '2" or 3"', "b": "z"}, [("invalid-row", 302)]),
        # Quoted fields on several lines, also in the last column, and one that a file ends in.
        (b'"on two\nlines"\tx\n', {"a": "on two\nlines", "b": "x"}, []),
        (b'x\t"on three\n\nlines"\n', {"a": "x", "b": "on three\n\nlines"}, []),
        (b'x\t"quoted"\ny\t"cut off\n', {"a": "x", "b": "quoted"}, [("truncated-file", 303)]),
    ],
)
def test_one_quotation_mark_after_the_records_that_are_examined(
    late: bytes, last: dict[str, str], places: list[tuple[str, int]]
) -> None:
    rows = b"".join(b"row %d\tx\n" % number for number in range(300))
    read = opened(b"a\tb\n" + rows + late, "rows.tsv")
    assert read.records[-1] == last
    assert read.places == places


@pytest.mark.parametrize(
    ("broken", "sound", "read_as"),
    [
        (b"no tab\n", b'"harbour" of the north\tx\n', '"harbour" of the north'),
        (b"no tab\n", b'"harbour"\tx\n', "harbour"),
        (b"one\ttab\ttoo many\n", b'"harbour" of the "north\tx\n', '"harbour" of the "north'),
    ],
)
def test_a_quotation_mark_in_a_tsv_is_text_although_another_line_is_broken(
    broken: bytes, sound: bytes, read_as: str
) -> None:
    read = opened(b"a\tb\n" + b"a row\tx\n" * 20 + broken + sound, "rows.tsv")
    assert read.records[-1] == {"a": read_as, "b": "x"}
    assert len(read.records) == 21
    assert [place for place in read.places if place[0] == "invalid-row"] == [("invalid-row", 22)]


@pytest.mark.parametrize(
    ("lines", "records"),
    [
        (
            ["the", '"', "harbour", '"', "is", "full", '"quoted"'],
            ["the", '"', "harbour", '"', "is", "full", '"quoted"'],
        ),
        (['"on two', 'lines"', '"on', "three", '"', "one"], ["on two\nlines", "on\nthree\n", "one"]),
    ],
)
def test_quotation_marks_alone_on_lines_of_one_column_are_text(lines: list[str], records: list[str]) -> None:
    read = opened("\n".join(["word", *lines * 4, ""]).encode(), "rows.tsv")
    assert [record["word"] for record in read.records] == records * 4


UNQUOTED = [("plain text here", "a"), ('"no," he said', "b"), ('"never" again', "a"), ('"wholly quoted"', "b")]


@pytest.mark.parametrize("mark", [";", "\t", "|"])
@pytest.mark.parametrize("place", [0, 5000])
def test_quotation_marks_are_text_where_only_so_all_lines_are_rows(mark: str, place: int) -> None:
    rows = [*UNQUOTED[:1] * place, *UNQUOTED * 4]
    data = "\n".join(map(mark.join, [("text", "label"), *rows])) + "\n"
    read = opened(data.encode(), "rows.csv")
    assert read.records == [dict(zip(("text", "label"), row, strict=True)) for row in rows]
    assert ("wrong-delimiter", place + 3) in read.places


@pytest.mark.parametrize("mark", [";", "\t", "|"])
@pytest.mark.parametrize(("place", "broken"), [(3, []), (300, []), (3, ["a line alone"])])
def test_one_quotation_at_the_beginning_of_a_field_is_text(mark: str, place: int, broken: list[str]) -> None:
    plain = [("the pier is wet, again", "bad"), ("a fine dock", "good")] * 4
    rows = [*plain[:1] * place, ('"only boats" who said that', "bad"), *plain]
    lines = [*map(mark.join, [("text", "label"), *rows]), *broken, *map(mark.join, plain)]
    read = opened("\n".join([*lines, ""]).encode(), "rows.csv")
    assert read.records == [dict(zip(("text", "label"), row, strict=True)) for row in [*rows, *plain]]
    assert [line for rule, line in read.places if rule == "invalid-row"] == [len(rows) + 2] * len(broken)
    assert ("wrong-delimiter", place + 2) in read.places


@pytest.mark.parametrize(
    "quoted",
    [
        ('"wet; and cold"', "wet; and cold"),
        ('"wet\nand cold"', "wet\nand cold"),
        ('"the ""old"" dock"', 'the "old" dock'),
        ('"a dock"', "a dock"),
    ],
)
def test_one_quotation_is_an_error_where_another_field_is_quoted(quoted: tuple[str, str]) -> None:
    rows = ["the pier is wet;bad", "a fine dock;good"] * 4
    lines = ["text;label", *rows, f"{quoted[0]};bad", '"only boats" who said that;bad', *rows]
    read = opened("\n".join([*lines, ""]).encode(), "rows.csv")
    assert read.records[8] == {"text": quoted[1], "label": "bad"}
    assert len(read.records) == 17
    assert [rule for rule, _ in read.places if rule == "invalid-row"] == ["invalid-row"]


def test_a_few_fields_that_are_not_quoted_among_others_that_are() -> None:
    quoted = [f'"say ""no"" at dock {number}"\tx' for number in range(8)]
    lines = ["text\tlabel", *["plain\tx"] * 60, *quoted, '"mi" is short\tx', '"so" long\tx', *["plain\tx"] * 9]
    read = opened("\n".join(lines).encode(), "rows.tsv")
    assert "8 other fields are quoted, with doubled marks: quote these too" in read.one("wrong-delimiter").message
    # A field that is made of two quoted ones.
    read = opened("\n".join([*lines, '"no" "way"\tx']).encode(), "rows.tsv")
    assert "quoting=3" in read.one("wrong-delimiter").message


def test_a_broken_line_leaves_quotation_marks_text_that_more_lines_need_so() -> None:
    broken = b"no separator"
    lines = [b"a\tb", broken, *[b"plain\tx"] * 200, b'"wholly quoted"\tx', b'"mi" is short\tx', b'not\t"so" long']
    read = opened(b"\n".join(lines) + b"\n", "rows.tsv")
    assert [list(row.values()) for row in read.records[-2:]] == [['"mi" is short', "x"], ["not", '"so" long']]
    assert [place for place in read.places if place[0] == "invalid-row"] == [("invalid-row", 2)]
    # As many records are broken if quotation marks are text.
    lines[-2:] = [b'"on two', b'lines" of text\tx', b'"so" long\tx']
    read = opened(b"\n".join(lines) + b"\n", "rows.tsv")
    assert [place for place in read.places if place[0] == "invalid-row"] != [("invalid-row", 2)]


def test_rows_with_more_fields_leave_quotation_marks_text_that_other_rows_need_so() -> None:
    rows = [["a boat", "a ship", f"{n}"] for n in range(600)]
    rows += [['"A boat," he said', '"A ship.', "1"], ['"Aye', "No", "0"]]
    longer = [["a boat", "a ship", "3", "http://a.example", "http://b.example"]] * 20
    lines = ["\t".join(row) + "\n" for row in [["one", "other", "score"], *rows, *longer]]
    read = opened("".join(lines).encode())
    assert [list(row.values()) for row in read.records] == rows
    refused = [place for place in read.places if place[0] == "invalid-row"]
    assert refused == [("invalid-row", line) for line in range(604, 624)]


def test_of_columns_that_are_missing_in_the_middle_none_is_named() -> None:
    rows = [
        [f"Boat {n} lies at dock {n}.", f"boat {n}", "ship", f"dock {n}", ("ship", "place")[n % 2]] for n in range(40)
    ]
    rows[0][2] = "place"
    head = ["sentence", "arg_1", "arg_1_kind", "relation", "arg_2", "arg_2_kind"]
    read = opened("".join("\t".join(row) + "\n" for row in [head, *rows]).encode(), "rows.tsv")
    names = ["sentence", "arg_1", "arg_1_kind", "column-4", "arg_2_kind"]
    assert read.records == [dict(zip(names, row, strict=True)) for row in rows]
    (problem,) = read.facts.problems
    assert 'a column between "arg_1_kind" and "arg_2_kind" is missing' in problem.message


SHORT, LONG = ["news", "3.5", "A boat is sailing.", "A ship sails."], ["http://a.example", "http://b.example"]


@pytest.mark.parametrize("extra", [1, 2])
def test_rows_without_the_last_fields_are_rows_of_a_table_without_a_header(extra: int) -> None:
    rows = [[f"{n}", *SHORT, *(LONG[:extra] if 300 <= n < 400 else [])] for n in range(600)]
    # Quotation marks are text, as they are in lines with one of both numbers of fields.
    rows[350][3], rows[450][3] = '"A boat," he said', '"A ship'
    read = opened("".join("\t".join(row) + "\n" for row in rows).encode(), "rows.tsv")
    assert [list(row.values()) for row in read.records] == [[*row, *[""] * (5 + extra - len(row))] for row in rows]
    assert {rule for rule, _ in read.places} == {"headerless-table", "invalid-row", "wrong-delimiter"}
    assert any("500 of the first 600 rows have 5 fields, and 100 have" in each.message for each in read.facts.problems)


@pytest.mark.parametrize(
    ("first", "last", "pandas"),
    [
        pytest.param(",", "", "reads an empty column there", id="few-rows-lack-it"),
        pytest.param("", "", "refuses rows with more fields than the first", id="first-row-lacks-it"),
        pytest.param(",", ", ", "reads an empty column there", id="blank-field"),
    ],
)
def test_separators_at_the_end_of_most_rows_are_no_column_of_a_table_without_a_header(
    first: str, last: str, pandas: str
) -> None:
    texts = [f"Boat {n} is at dock {n}, and the crew of {n} rests." for n in range(60)]
    ends = [first, *[","] * 39, "", *[","] * 18, last]
    data = "".join(f'"{text}"{end}\n' for text, end in zip(texts, ends, strict=True)).encode()
    read = opened(data)
    assert read.records == [{"column-1": text} for text in texts]
    assert [rule for rule, _ in read.places].count("invalid-row") == 1
    assert pandas in read.one("invalid-row").message


def test_fields_at_the_end_of_rows_are_a_column_if_one_has_text() -> None:
    data = "".join(f'"Boat {n} is at dock {n}, and the crew of {n} rests.",\n' for n in range(60)).encode()
    read = opened(data + b'"The crew of this boat is asleep."\n"The crew of that one sails.",kept\n')
    assert [read.records[0]["column-2"], read.records[-1]["column-2"]] == ["", "kept"]


@pytest.mark.parametrize(
    ("parts", "refused"),
    [
        pytest.param(["Who rows?", " ", "\tThe crew.\tdock"], [3, 4, 5], id="blank-part"),
        pytest.param(["Who rows?\tThe crew,", "\t\tdock"], [3, 4], id="two-fields"),
        pytest.param(["Who rows?", "\t\tdock"], [3], id="other-fields-are-empty"),
        pytest.param(["Who rows?", "Who sails?\tThe crew.\tdock"], [3], id="whole-row"),
        pytest.param(["\tThe boat.\tdock", "Who rows?", "\tThe crew.\tdock"], [4], id="rows-without-a-first-field"),
        pytest.param(["Who rows?", "When?\tNow.\tport", "\tThe crew.\tdock"], [3], id="not-next-to-it"),
        pytest.param(["=======", "\tThe crew.\tdock"], [3], id="marker-of-git"),
    ],
)
def test_the_rest_of_a_divided_row_is_refused_with_its_beginning(parts: list[str], refused: list[int]) -> None:
    around = "When does it sail?\tAt noon.\tport\n"
    read = opened("".join(["q\ta\tplace\n", around, *(f"{part}\n" for part in parts), around]).encode(), "rows.tsv")
    assert read.places == [("invalid-row", line) for line in refused]
    assert len(read.records) == 2 + len(parts) - len(refused)


def test_rows_with_separators_in_texts_are_not_read_as_rows_with_more_columns() -> None:
    rows = [[f"{n}", *SHORT, *["x"] * (n % 40 == 7), *["y"] * (n % 80 == 7)] for n in range(600)]
    read = opened("".join("\t".join(row) + "\n" for row in rows).encode(), "rows.tsv")
    assert len(read.records) == 585


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([["a, b and c", "x"], ['"d" e', "y"], ["on\ntwo, lines", "z"]], id="separators-in-quotes"),
        pytest.param([["on\ntwo lines", "x"], ['"d" e', "y"], ['so "it" is', "z"]], id="line-breaks-in-quotes"),
        pytest.param([["all", "x"], ['"d" e', "y"], ["is quoted", "z"]], id="doubled-quotes"),
    ],
)
def test_what_is_quoted_as_csv_is_read_so(rows: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([["text", "label"], *rows * 10])
    read = opened(out.getvalue().encode())
    assert [list(row.values()) for row in read.records] == rows * 10
    assert read.places == []


@pytest.mark.parametrize(
    ("data", "rows"),
    [
        (b"a\tb\n1\t2\n", [{"a": "1", "b": "2"}]),
        (b'a\tb\n"1\n2"\t3\n', [{"a": "1\n2", "b": "3"}]),
        (b'a\tb\n"quote first\tx\n1\tsays "so\n', [{"a": '"quote first', "b": "x"}, {"a": "1", "b": 'says "so'}]),
        (b"a,b\n1,2\n", [{"a": "1", "b": "2"}]),
    ],
)
def test_tsv(data: bytes, rows: list[dict[str, str]]) -> None:
    read = opened(data, "rows.tsv")
    assert (read.records, read.source.container) == (rows, "tsv")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'"a" x,b\n1,2\n', "the header is not CSV"),
        (b"a,b\r1,2\r3,4\n5,6\n", "lines end in a carriage return only: write them with line feeds"),
    ],
)
def test_a_header_that_cannot_be_read_is_an_error(data: bytes, words: str) -> None:
    with pytest.raises(DatalintError, match=words):
        opened(data)


HEADLESS = "".join(f"how much is ticket number {n} to Dallas;{'fare' if n % 2 else 'flight'}\n" for n in range(8))


@pytest.mark.parametrize("chunk_bytes", [1, 60, 8 << 20])
def test_without_a_header_every_record_is_a_row(chunk_bytes: int) -> None:
    read = opened(f"\n{HEADLESS}".encode(), chunk_bytes=chunk_bytes)
    assert [row["column-2"] for row in read.records] == ["flight", "fare"] * 4
    assert read.lines == [*range(2, 10)]
    assert read.places == [("headerless-table", 2), ("wrong-delimiter", 2)]
    order = [7, 0, 3]
    assert read.source.fetch(order, [read.offsets[row] for row in order]) == [read.records[row] for row in order]


SAID = ["Who opened it?", "Is the shop open?", "Tell me a joke.", "I am so tired.", "Where is he?", "Good night."]
HEARD = ["The boss did.", "Not before nine.", "A cow walks in.", "Go to bed.", "At home, I guess.", "Sleep well."]
CHATS = "".join(f"{a}\t{b}\n" for a, b in zip(SAID, HEARD, strict=True))
SURVEY = "What do you like?\tWhat is bad about it?\n" + "".join(
    f"{b}\t{b} {a}.\n" for b, a in zip(HEARD, SAID, strict=True)
)


THAI = "".join(f"ท่าเรือหมายเลข{number}อยู่ริมแม่น้ำและเปิดทุกวันตลอดทั้งปี\tx{number}\n" for number in range(9))


PLAIN_ROWS = [f"{n},Is dock {n} full?,It has {n} places." for n in range(30)]


def opened_at(*places: int) -> list[str]:
    """Return lines of a table of which those at some places have a quotation mark before or after their question."""
    rows = ["id,question,answer", *PLAIN_ROWS]
    for place, mark in zip(places, (',"Is', 'full?",'), strict=False):
        rows[place + 1] = rows[place + 1].replace(*((",Is", mark) if mark[0] == "," else ("full?,", mark)))
    return rows


PROSE = '"I like, it.\nBut dock A, is full\nAnd dock B, is not.\nSo I do not",no'
TEXTS = [f'{n},"Name,age,town\nBo,{n},Rye\nAl,4,Rye\nIda,5,Rye\n{n}",yes {n}' for n in range(4)]


@pytest.mark.parametrize(
    ("lines", "places"),
    [
        (opened_at(10, 14), [("wrong-delimiter", 12)]),
        (["id,question,answer", *PLAIN_ROWS, *TEXTS], []),
        (["text,label", *(f"Dock {n} is full,{'no' if n % 2 else 'yes'}" for n in range(30)), PROSE], []),
        (["text,answer", *(f"Is dock {n} full?,It is {n}." for n in range(30)), PROSE], []),
        (opened_at(2, 3), []),
        (opened_at(0, 28), []),
    ],
)
def test_a_field_that_holds_rows_of_the_table_is_reported(lines: list[str], places: list[tuple[str, int]]) -> None:
    read = opened("\n".join(lines).encode())
    assert read.places == places
    assert read.facts.rows_refused == 0
    if places:
        assert len(read.records) == 26
        assert "holds 4 more rows of the table" in read.one("wrong-delimiter").message


@pytest.mark.parametrize(
    "ids", [(4, 5, 6, 7, 8, 9), ("83.json", "17.json", "dock-52.txt", "44.json", "a91", "21.json")]
)
def test_a_field_that_holds_rows_of_the_table_it_was_made_from_is_reported(ids: tuple[int | str, ...]) -> None:
    source = "".join(f"\n{n}\tDock {n}, they say, is full.\t1\t0" for n in ids[:-1])
    held = f"Gate 3 is open.\t0\t1{source}\n{ids[-1]}\tBoat 9 is lost"
    # A table in a text is no such field.
    table = "Read this:\nx\ty\n1\t2\n2\t3\n3\t4\nWhich is the largest?"
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([["id", "text", "label"], ["3", held, "0"], ["10", table, "1"]])
    read = opened(out.getvalue().encode())
    assert read.places == [("wrong-delimiter", 2)]
    assert "holds 7 rows of another table" in read.one("wrong-delimiter").message


#: Lines of 10 to 29 words, short ones, and lines of 11 to 49 letters of Japanese.
ALONE = "".join(f"Boat {n} lies {'far ' * (n % 20)}off the old mole since last May\n" for n in range(30))
SHORT_TEXTS = "".join(f"Boat {n} is in\n" for n in range(9))
ALONE_WIDE = "".join(f"船{'が港' * (n % 20)}にいるので夜は静かだ\n" for n in range(30))
MANY_CLASSES = "".join(f"{text}\t{numbers}\n" for text, numbers in zip(SAID, ["1, 3", "2", "2, 3, 5"] * 2, strict=True))


@pytest.mark.parametrize(
    ("text", "headed"),
    [
        (CHATS, False),
        (THAI, False),
        (SURVEY, True),
        (f"Said.\tHeard.\n{CHATS}", True),
        (f"Go.\tGo!\n{CHATS}", False),
        (f"hi.\thai.\n{CHATS}", False),
        (f"said.\ttext.\n{CHATS}", True),
        (f"Oh\t1, 3\n{MANY_CLASSES}", False),
        (f"Oh\tnumbers\n{MANY_CLASSES}", True),
        (f"...!\tOh\n{CHATS}", False),
        (f"#\tOh\n{CHATS}", True),
        # The only column: a text that is as long as some of the others, and names of them.
        (f"so the mole lies off Rye\nBoat 8 is in\n{ALONE}", True),
        (f"so the mole lies off Rye\n{SHORT_TEXTS}{ALONE}", False),
        (f"我等は港にいて夜を待つのだ\n{ALONE_WIDE}", False),
        ("我等は港にいて夜を待つのだ\n" + "船が港\n船が港にいるので夜は静かだった\n" * 15, True),
        (f"So The Mole Lies Off Rye\n{SHORT_TEXTS}{ALONE}", True),
        (f"sentences on the old mole\n{SHORT_TEXTS}{ALONE}", True),
        (f"they lie off it\n{SHORT_TEXTS}{ALONE}", False),
        (f"how they lie\n{SHORT_TEXTS}{ALONE}", True),
        (f"so the mole lies off Rye\n{SHORT_TEXTS}", True),
    ],
)
def test_sentences_like_those_below_are_no_header(text: str, headed: bool) -> None:
    """The columns of a survey are named by questions, above answers."""
    assert opened(text.encode(), "rows.tsv").source.headed is headed  # type: ignore[attr-defined]


@pytest.mark.parametrize(("answer", "rows"), [("shut", 16), ("s{}", 4)])
def test_the_answers_of_several_people_may_be_any_number(answer: str, rows: int) -> None:
    text = "the old dock is closed to all big ships until the end of may"
    lines = [
        [f"{text} {at}", "closed", *map(answer.format, range(size)), "bar"] for at, size in enumerate([3, 4, 5, 6] * 4)
    ]
    found = opened("\n".join(map("\t".join, lines)).encode(), "rows.tsv")
    assert len(found.records) == rows
    assert [line for rule, line in found.places if rule == "headerless-table"] == [1]


def test_what_the_user_says_of_a_table_is_not_detected() -> None:
    def read_with(**told: Any) -> Read:
        return read_source(
            open_content(Content(HEADLESS.encode()), "rows.csv", OpenSettings(table=TableFormat(**told)))
        )

    assert len(read_with(header=True, delimiter=";").records) == 7
    assert read_with(header=True, delimiter=";").places == []
    assert read_with(header=False, delimiter=",").records[0] == {"column-1": HEADLESS.splitlines()[0]}
    assert read_with(header=False, delimiter=",").places == [("wrong-delimiter", 1)]


@pytest.mark.parametrize("chunk_bytes", [1, 8 << 20])
def test_a_separator_that_does_not_fit_is_one_problem(chunk_bytes: int) -> None:
    data = b"a,b\n" + b"1,2,3\n" * 50
    settings = OpenSettings(chunk_bytes=chunk_bytes, table=TableFormat(delimiter=";"))
    whole = read_source(open_content(Content(b"a;b,c\n" + data), "rows.csv", settings))
    assert whole.facts.rows_refused == len([p for p in whole.places if p[0] == "invalid-row"])
    commas = OpenSettings(chunk_bytes=chunk_bytes, table=TableFormat(delimiter=","))
    read = read_source(open_content(Content(b"a;b\n" + b"1;2,3\n" * 50), "rows.csv", commas))
    assert (read.places, read.records, read.facts.rows_refused) == ([("wrong-delimiter", 2)], [], 50)


CELLS = st.text(st.sampled_from("ab ,;'é"), min_size=1, max_size=6)


@given(
    st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=6),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(['"', "'"]),
)
@example([("a;", "a;")] * 4, "\t", "'")
@settings(max_examples=examples(60), deadline=None)
def test_separator_and_quote_are_found(rows: list[tuple[str, str]], delimiter: str, quote: str) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, quotechar=quote, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(
        [("one", "two"), *rows]
    )
    told = TableFormat(quote=quote, header=True)
    read = read_source(open_content(Content(text.getvalue().encode()), "rows.csv", OpenSettings(table=told)))
    assert [tuple(record.values()) for record in read.records] == rows
    assert read.source.dialect.delimiter == delimiter  # type: ignore[attr-defined]


FIELDS = st.text(st.sampled_from('a,"\n\r\t é;|'), max_size=5)


@given(
    st.lists(st.tuples(FIELDS, FIELDS), max_size=5), st.sampled_from(["\n", "\r\n"]), st.sampled_from([1, 11, 8 << 20])
)
@settings(max_examples=examples(40), deadline=None)
def test_what_python_writes_is_read(rows: list[tuple[str, str]], ending: str, chunk_bytes: int) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator=ending, quoting=csv.QUOTE_ALL)
    writer.writerows([("one", "two"), *rows])
    read = opened(text.getvalue().encode(), chunk_bytes=chunk_bytes)
    assert [tuple(record.values()) for record in read.records] == rows
    assert read.facts.rows_refused == 0


@given(st.binary(max_size=50), st.sampled_from(["rows.csv", "rows.tsv", "rows.txt"]))
@settings(max_examples=examples(60), deadline=None)
def test_any_bytes(data: bytes, name: str) -> None:
    try:
        read = opened(b"a,b\n" + data, name)
    except DatalintError:
        return
    pieces = opened(b"a,b\n" + data, name, 5)
    assert (pieces.facts, pieces.records, pieces.lines) == (read.facts, read.records, read.lines)
    assert read.facts.rows_refused == 0 or read.facts.problems


@pytest.mark.parametrize("chunk_bytes", [1, 8 << 20])
def test_text_is_a_row_a_line(chunk_bytes: int) -> None:
    data = b'one\r\n\n{"not": json}\nt\xc3\xa9xt \xe2\x80\xa8 here\n\xff\xfe\n' + "né à l’été\n".encode("cp1252")
    read = opened(data, "rows.txt", chunk_bytes)
    assert [record["text"] for record in read.records] == ["one", '{"not": json}', "téxt \u2028 here", "né à l’été"]
    assert read.lines == [1, 3, 4, 6]
    assert read.places == [("invalid-utf8", 5), ("wrong-encoding", 6)]
    assert (read.facts.blank_lines, read.facts.rows_refused, read.source.container) == (1, 1, "text")
    assert read.source.fetch([3, 0], [read.offsets[3], read.offsets[0]]) == [read.records[3], read.records[0]]
    assert read.source.fetch([2]) == [read.records[2]]


def test_a_text_of_lines_with_as_many_tabs_is_a_table() -> None:
    lines = ["The train was late.\tDer Zug kam zu spät.", *(f"No {n} is here.\tNr. {n} ist da." for n in range(29))]
    grouped = [line + "\n" * (n % 4 == 3) for n, line in enumerate(lines)]
    for text in ("\n".join(lines), "\n".join(grouped)):
        read = opened(text.encode(), "rows.txt")
        assert {len(row) for row in read.records} == {2}
        assert len(read.records) in (29, 30)
        assert "wrong-extension" not in read.rules
    # With one other line they are pairs, and with several they are texts.
    for odd, keys in (((7,), ["prompt", "response"]), ((8, 9), ["text"])):
        for place in odd:
            lines[place] += "\tand more"
        assert list(opened("\n".join(lines).encode(), "rows.txt").records[0]) == keys


@pytest.mark.parametrize("labels", [("good", "bad"), ()])
def test_a_text_of_rows_that_line_breaks_divide_is_a_table(labels: tuple[str, ...]) -> None:
    said = "The boat of the morning was late"
    rows = [f"{n + 70}\t{labels[n % 2] if labels else 'line'}\t{said}, number {n}." for n in range(40)]
    rows[3:5] = [f"{rows[3]}\n\nNobody waited.", f"{rows[4]}\nAll went home."]
    read = opened("\n".join(rows).encode(), "rows.txt")
    assert (read.source.container, len(read.records)) == ("tsv", 40)
    assert read.places == [("invalid-row", 6), ("invalid-row", 8)]
    assert "a line break in a text may divide the row" in read.facts.problems[0].message
    # Without ids and labels, lines are texts, as tables within a text are.
    rows = [f"The {row[2:]}" for row in rows] if not labels else [*rows, *[said] * 20]
    assert opened("\n".join(rows).encode(), "rows.txt").source.container == "text"


@pytest.mark.parametrize(("name", "wrong"), [("rows", False), ("rows.data", False), ("rows.dat", True)])
def test_tabs_make_a_table_of_a_file_of_any_other_name(name: str, wrong: bool) -> None:
    data = "".join(f"How late is line {n}?\tIs line {n} late?\t{n % 5}\n" for n in range(30)).encode()
    read = read_source(open_content(Content(data), name, OpenSettings()))
    assert (read.source.container, len(read.records)) == ("tsv", 30)
    assert ("wrong-extension" in read.rules) == wrong


def test_a_quote_that_few_fields_need_is_found() -> None:
    lines = [f"inland;A boat of line {n} is late, as ever" for n in range(20)]
    lines[0] = "web;'A boat; then another; and so ''on'''"
    lines[7] = "web;'Two boats; of line 7'"
    read = read_source(open_content(Content("\n".join(lines).encode()), "rows.csv", OpenSettings()))
    assert [record["column-2"] for record in read.records][::7] == [
        "A boat; then another; and so 'on'",
        "Two boats; of line 7",
        "A boat of line 14 is late, as ever",
    ]


BELOW = [{"prompt": f"Which is number {n}?", "completion": f"It is {n}."} for n in range(8)]


def below(separator: str = ",") -> str:
    return "\n".join(separator.join(row) for row in [("prompt", "completion"), *(each.values() for each in BELOW)])


@pytest.mark.parametrize(
    ("above", "separator"),
    [
        ("Chats of the spring\n", ","),
        ("Chats of the spring\n\n", ";"),
        ("Chats of the spring;\n;\n", ";"),
        ("# made by a tool, version 2\n# in spring\n", ","),
        ("#chats\n", "\t"),
        ("sep=;\n", ";"),
        ('"sep=|"\n', "|"),
    ],
)
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_lines_above_the_header_are_no_table(above: str, separator: str, mark: str) -> None:
    read = opened((mark + above + below(separator)).encode())
    assert (read.records, read.facts.rows_refused) == (BELOW, 0)
    assert read.lines[0] == above.count("\n") + 2
    assert ("invalid-row", 1) in read.places


@pytest.mark.parametrize(
    ("mark", "below", "rows"),
    [("\t", ",", 8), ("|", ";", 8), (",", ",", 8)],
)
def test_names_of_columns_may_have_another_separator_than_the_records(mark: str, below: str, rows: int) -> None:
    names = ("dock", "asked", "said")
    lines = [below.join((f"K{count}", f'"Is dock {count} full?"', "no")) for count in range(rows)]
    table = opened("\n".join((mark.join(names), *lines, "")).encode())
    different = mark != below and rows > 5
    if different:
        assert table.records[0] == {"dock": "K0", "asked": "Is dock 0 full?", "said": "no"}
        assert (len(table.records), table.facts.rows_refused) == (rows, 0)
    assert (("wrong-delimiter", 1) in table.places) == different
    commented = opened("\n".join(("// " + mark.join(names), *lines, "")).encode())
    assert not any("names of the columns are separated" in each.message for each in commented.facts.problems)


@pytest.mark.parametrize(("first", "hint"), [("no tide", "is a title"), ("message", "quote a field")])
def test_what_stands_above_rows_of_any_length_may_be_a_title(first: str, hint: str) -> None:
    lines = ["id,first dock", "7", "8,Keel", "9,Keel,Mole", "10,Mole,Pier,Quay", "11,Mole", "12", "13,Pier,Keel"]
    problems = opened("\n".join((first, *lines, "")).encode()).facts.problems
    assert any(hint in each.message for each in problems)


@pytest.mark.parametrize("above", [",\n", ',\n","\n,\n'])
def test_empty_records_above_the_header_are_no_rows(above: str) -> None:
    read = opened((above + below()).encode())
    assert (read.records, read.lines[0]) == (BELOW, above.count("\n") + 2)
    assert "empty, and no header" in read.facts.problems[0].message


FIRST_ROWS = {
    "0.025109302041729342": [f"0.{n}25109302041729342{n}" for n in range(1, 40)],
    "The=O dock=T-POS": [f"dock=T-NEG {n}=O" for n in range(40)],
    "a a": [f"d ɔ̃ k {n}".replace(str(n), "ts" if n % 2 else "s") for n in range(40)],
    "What kind of boat is this?": [
        f"How can I moor the boat {n} at the other side of the dock in the rain?" for n in range(40)
    ],
    "\u2600": [chr(0x2601 + n) for n in range(40)],
}


@pytest.mark.parametrize("first", FIRST_ROWS)
def test_a_first_record_like_the_others_is_no_header(first: str) -> None:
    lines = [f"quay\t{first}", *(f"berth{'abcdefgh'[n % 8]}{n}\t{field}" for n, field in enumerate(FIRST_ROWS[first]))]
    read = opened("\n".join(lines).encode(), "rows.tsv")
    assert (len(read.records), "-".join(read.records[0])) == (len(lines), "column-1-column-2")


@pytest.mark.parametrize(("later", "headed"), [("12,,", False), ("12,,x", True)])
def test_a_number_alone_heads_the_rows_of_a_block_as_others_below_do(later: str, headed: bool) -> None:
    words = [f"{n},dock{n % 4},{'noun' if n % 2 else ''}" for n in range(6)]
    read = opened("\n".join(["11,,", *words, later, *words]).encode())
    assert (list(read.records[0]) == ["11", "column-2", "column-3"]) is headed


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (r'They call it \the north dock\""', [2]),
        (r'They call it \the north dock\"", as we do', [2]),
        (r'printf(\""full\"")', []),
        (r'It is \alpha or B\""ar \""said\""', []),
        (r"A \dock", []),
    ],
)
def test_what_is_left_of_escaped_words_in_quotation_marks_is_reported(text: str, lines: list[int]) -> None:
    read = opened(f'text,label\n"{text}",full\nThe gate is shut,shut\n'.encode())
    assert [line for rule, line in read.places if rule == "wrong-delimiter"] == lines
    assert all(problem.severity == "warning" for problem in read.facts.problems)


def test_a_column_of_marks_has_its_name_as_a_value() -> None:
    rows = [f"moor{n},{'irregular' if n % 3 else ''},moors{n}" for n in range(30)]
    assert list(opened("\n".join(["base,irregular,form", *rows]).encode()).records[0]) == ["base", "irregular", "form"]


GROUPED = "".join(f"The boat {n} is late,{n % 2},{n % 3},1,\n" for n in range(9))


@pytest.mark.parametrize("names", ["Text,Late,Rude,Boat,", 'Text,"Is\nlate",Rude,Boat,Note'])
def test_names_of_groups_above_the_header_are_no_header(names: str) -> None:
    read = opened(f",Tone,,,\n{names}\n{GROUPED}".encode())
    assert [record["Text"] for record in read.records] == [f"The boat {n} is late" for n in range(9)]
    assert list(read.records[0])[2:4] == ["Rude", "Boat"]
    assert read.places[0] == ("invalid-row", 1)


@pytest.mark.parametrize("above", ["Boats,,Labels", "Boats,,", ",,Label"])
def test_names_of_groups_may_begin_the_line_above_usual_names(above: str) -> None:
    rows = "".join(f'{n},"Boat {n}, it is late",late\n' for n in range(9))
    read = opened(f"{above}\nid,text,state\n{rows}".encode())
    assert [record["text"] for record in read.records] == [f"Boat {n}, it is late" for n in range(9)]
    assert read.places[0] == ("invalid-row", 1)


@pytest.mark.parametrize(
    "lines",
    [
        "Label,,,,Boat\nText,Late,Rude,Boat,",  # as many usual names as below it
        ",Tone,,,\nThe boat is late,0,1,1,",  # no names below it
        ",text,label,rude,\nText,Late,Rude,Boat,",  # most columns are named
        ",Tone,,,\nText,Late,Rude,1,",
        ",Tone,,,\nThe boat 3 is late,text,Rude,Boat,",
    ],
)
def test_empty_names_of_columns_are_those_of_a_header(lines: str) -> None:
    read = opened(f"{lines}\n{GROUPED}".encode())
    assert len(read.records) == 10
    assert not any("begins on line" in problem.message for problem in read.facts.problems)


def test_a_name_like_a_tag_above_truths_is_the_header() -> None:
    rows = b"".join(b"The crane of dock %d is out\tTRUE\tFALSE\n" % number for number in range(20))
    read = opened(b"Text\tA-full\tB-full\n" + rows, "rows.tsv")
    assert not read.places
    assert read.records[0] == {"Text": "The crane of dock 0 is out", "A-full": "TRUE", "B-full": "FALSE"}


@pytest.mark.parametrize(
    "data",
    [
        "text\n" + "\n".join(f"Number {n}, of many" for n in range(30)),
        "text\nprompt and answer\n" + "\n".join(f"# Number {n}" for n in range(30)),
        "text,\nA first text,here\n" + "\n".join(f"Number {n},of many" for n in range(29)),
        "# heading\n" + "\n".join(f"number {n}" for n in range(30)),
    ],
)
def test_a_name_or_a_text_above_other_texts_is_the_header(data: str) -> None:
    assert opened(data.encode()).facts.lines == 31 + data.startswith("text\np")
    assert not any("begins on line" in problem.message for problem in opened(data.encode()).facts.problems)


@pytest.mark.parametrize("head", ["#src\ttarget", "# id\tlabel of it", "//a\tb"])
def test_a_header_may_begin_like_a_comment(head: str) -> None:
    read = opened("\n".join([head, *(f"{n} words\tthe {n} words" for n in range(9))]).encode(), "rows.tsv")
    assert list(read.records[0]) == head.split("\t")
    assert (len(read.records), read.places) == (9, [])


def test_a_number_sign_may_be_the_name_of_a_column() -> None:
    read = opened("\n".join(["#\tword\tright", *(f"{n}\tdock {n}\t" for n in range(29))]).encode(), "rows.tsv")
    assert list(read.records[0]) == ["#", "word", "right"]
    assert (len(read.records), read.places) == (29, [])


@pytest.mark.parametrize("head", ["# text\tlabel\nprompt\tcompletion", "# one of the tables\twith two columns"])
def test_a_comment_may_have_as_many_fields_as_a_row(head: str) -> None:
    read = opened("\n".join([head, *(f"{n} words\tthe {n} words" for n in range(29))]).encode(), "rows.tsv")
    assert ("invalid-row", 1) in read.places


@pytest.mark.parametrize("separator", ["^", "~", ":"])
def test_an_unusual_separator_is_found_between_names_of_columns(separator: str) -> None:
    read = opened(below(separator).encode())
    assert read.records == BELOW
    assert [problem.message for problem in read.facts.problems] == [
        f"fields are separated by '{separator}' instead of ',', and are read that way"
    ]


@pytest.mark.parametrize("header", ["text", "prompt/completion", "total:sum", "prompt^completion"])
def test_other_signs_in_a_header_are_no_separators(header: str) -> None:
    assert opened(f"{header}\nOne two\nThree: four\n".encode()).facts.rows_read == 2


def test_a_cell_of_blanks_is_a_value() -> None:
    rows = "".join(f"word{n},O\n ,O\n" for n in range(40))
    assert "invalid-row" not in opened(f"word,tag\n{rows}".encode()).rules


@pytest.mark.parametrize("first", ["// rows of 2024, and of 2025", "# rows, of ships", "id,question,answer"])
def test_a_line_with_commas_above_rows_of_json_is_no_header(first: str) -> None:
    rows = "".join(f'{{"question": "Is dock {n}, or {n + 1}, full?", "answer": "No, {n} is not."}}\n' for n in range(9))
    read = opened(f"{first}\n{rows}".encode(), "a.jsonl")
    assert (read.source.container, len(read.records)) == ("jsonl", 9)
    assert read.places == [("invalid-json", 1)]
