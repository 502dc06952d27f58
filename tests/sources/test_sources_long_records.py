"""Records of CSV read from bytes: as Python's ``csv`` module reads them, whatever they hold."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from draws import examples
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from tests_sources_reading import read_source

from datalint.core.errors import DatalintError
from datalint.core.table_format import TableFormat
from datalint.sources.content import Content
from datalint.sources.readers.delimited.dialect import Dialect, records
from datalint.sources.readers.delimited.long_records import LONG, can_read, long_records
from datalint.sources.readers.delimited.record_ends import Marks, large_end, record_ends, separator_and_quote
from datalint.sources.readers.lines import split
from datalint.sources.sniff import OpenSettings, open_content

PIECES = [b"a", b"x", b",", b";", b"\t", b"|", b'"', b'""', b"'", b"\n", b"\r", b"\r\n", b"\0", b"\xff", b"\xf0\x9f"]
DATA = st.lists(st.sampled_from([*PIECES, "é".encode(), "🚉".encode()]), max_size=14).map(b"".join)
DIALECTS = st.builds(
    Dialect,
    st.sampled_from([",", ";", "\t", "|", "x"]),
    st.sampled_from(['"', "'", None]),
    st.sampled_from(["utf-8", "cp1252", "gb18030"]),
)


def plain(found: list[str] | str) -> list[str] | str:
    """Return fields, or an error without the advice to programmers that ``csv`` adds."""
    return found.partition(" - ")[0] if isinstance(found, str) else found


@example(b'"a" , "b"\n""\t\n"c", "d"', Dialect(",", '"', "utf-8"))
@given(DATA, DIALECTS)
@example(b'"a""', Dialect(",", '"', "utf-8"))
@example(b'a,"b\n\n""c""",\r\r\nd', Dialect(",", '"', "utf-8"))
@settings(max_examples=examples(150), deadline=None)
def test_records_are_those_of_the_csv_module(data: bytes, dialect: Dialect) -> None:
    assume(can_read(dialect))
    expected = [(line, plain(found)) for line, found in records(split(data), dialect)]
    assert list(long_records(data, dialect)) == expected


def ends_of(data: bytes, dialect: Dialect) -> list[tuple[int, bool]]:
    """Return where the csv module ends the records, and whether these have fields."""
    read = 0

    def lines() -> Iterator[bytes]:
        nonlocal read
        for line in split(data):
            read = min(read + len(line) + 1, len(data))
            yield line

    return [(read, found != []) for _, found in records(lines(), dialect)]


@given(DATA, DIALECTS, st.sampled_from([1, 3, 1 << 16]), st.sampled_from([0, 2, 5, 1 << 20]))
@settings(max_examples=examples(100), deadline=None)
def test_records_end_where_the_csv_module_ends_them(
    data: bytes, dialect: Dialect, block_bytes: int, large: int
) -> None:
    """However many bytes a record may have before its end is searched for in the bytes."""
    found = record_ends(Content(data), 0, dialect, block_bytes=block_bytes, large=large)
    assert [end[:2] for end in found] == ends_of(data, dialect)


def test_the_end_of_a_large_record_is_found_across_blocks() -> None:
    field = b"x" * ((1 << 20) - 2)
    for data in (b'1,"' + field + b'""\r\r\n2"\r\r\nend', b"1," + field + b"\r\rx\nend", b'"' + field + b'"x\nend'):
        [first, *_] = ends_of(data, Dialect(",", '"', "utf-8"))
        end = large_end(Content(data), 0, Marks(b",", b'"'))
        assert end == (*first, False)
    assert large_end(Content(b'1,"' + field), 0, Marks(b",", b'"')) == (len(field) + 3, True, True)


@pytest.mark.parametrize(
    ("delimiter", "quote", "codec", "expected"),
    [
        (",", '"', "gb18030", True),
        ("|", '"', "gb18030", False),
        ("|", '"', "GB18030", False),
        ("|", '"', "utf-8", True),
        ("§", '"', "utf-8", False),
    ],
)
def test_marks_that_may_be_part_of_a_character_are_left_to_the_csv_module(
    delimiter: str, quote: str, codec: str, expected: bool
) -> None:
    dialect = Dialect(delimiter, quote, codec)
    assert can_read(dialect) is expected
    if not expected:
        with pytest.raises(ValueError, match="by its bytes"):
            list(long_records(b"a\n", dialect))


@pytest.mark.parametrize("delimiter", [",", "§"])
def test_a_long_record_is_read_as_a_short_one(delimiter: str) -> None:
    text = 'The "old" brewery, by the station 🚉.\n'
    field = text * (LONG // 40)
    quoted = field.replace('"', '""')
    data = f'a,b\n1,"{quoted}x{quoted}"\n\n2,3,4\n5,6\n'.encode().replace(b",", delimiter.encode())
    bad = b"7" + delimiter.encode() + b"\xff\n"
    told = OpenSettings(table=TableFormat(delimiter=delimiter, header=True))
    read = read_source(open_content(Content(data + bad + b"8"), "rows.csv", told))
    assert read.records == [{"a": "1", "b": f"{field}x{field}".replace(",", delimiter)}, {"a": "5", "b": "6"}]
    after = 2 + 2 * field.count("\n")
    assert read.lines == [2, after + 3]
    assert read.places == [("invalid-row", after + 2), ("invalid-utf8", after + 4), ("invalid-row", after + 5)]
    assert read.facts.blank_lines == 1


@pytest.mark.parametrize("field", ["x{}", '"x{}"', '"x{}""\ny"', "1,x{}", "x{},1,2", '"{}" x', "{}\r\n\r\n"])
@pytest.mark.parametrize("chunk_bytes", [1, 300, 8 << 20])
def test_a_record_of_too_many_bytes_is_one_refused_row(
    monkeypatch: pytest.MonkeyPatch, field: str, chunk_bytes: int
) -> None:
    """It is never loaded as a whole."""
    monkeypatch.setattr("datalint.sources.limits.MOST_ROW", 500)
    data = "a,b\n1,2\n\n" + field.format("x" * 1000) + ",3\n4,5\r\n"
    told = OpenSettings(table=TableFormat(header=True), chunk_bytes=chunk_bytes)
    read = read_source(open_content(Content(data.encode()), "rows.csv", told))
    assert read.records[0] == {"a": "1", "b": "2"}
    assert read.records[-1] == {"a": "4", "b": "5"}
    assert ("oversized-line", 4) in read.places
    assert read.facts.rows_read + read.facts.rows_refused == 3 + field.endswith("\n")
    assert read.facts.lines == data.count("\n")
    assert (read.facts.crlf, read.facts.final_newline) == (data.count("\r\n"), True)
    assert read.source.fetch([1], [2]) == [{"a": "4", "b": "5"}] or field.endswith("\n")
    if chunk_bytes == 300:
        assert all(c.region.stop - c.region.start <= 301 for c in read.source.chunks(0))  # type: ignore[attr-defined]


def test_a_quote_that_never_ends_is_not_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("datalint.sources.limits.MOST_ROW", 500)
    monkeypatch.setattr("datalint.sources.readers.delimited.record_ends._LARGE", 100)
    monkeypatch.setattr(record_ends, "__kwdefaults__", {"block_bytes": 64, "large": 100})
    data = b'a,b\n1,2\n3,"' + b"x\n" * 1000
    read = read_source(open_content(Content(data), "rows.csv", OpenSettings(chunk_bytes=300)))
    assert read.records == [{"a": "1", "b": "2"}]
    assert read.places == [("truncated-file", 3)]
    assert (read.facts.rows_refused, read.facts.lines) == (1, data.count(b"\n"))


def test_large_rows_without_a_separator_that_can_be_found_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("datalint.sources.readers.delimited.record_ends.MOST_ROW", 500)
    assert separator_and_quote(Dialect("§", '"', "utf-8")) is None
    with pytest.raises(DatalintError, match="a row from byte 6 on has more than"):
        list(record_ends(Content(b"a\xc2\xa7b\n" + b"x" * 1000), 0, Dialect("§", '"', "utf-8")))


def test_a_header_without_end_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("datalint.sources.readers.delimited.opening._MOST_HEADER", 500)
    with pytest.raises(DatalintError, match=r"rows\.csv: its first row has 0\.\d MiB, which is no header"):
        open_content(Content(b'a,"' + b"x" * 100_000), "rows.csv", OpenSettings())
