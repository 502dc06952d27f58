"""Records of CSV read from bytes: as Python's ``csv`` module reads them, whatever they hold."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from tests_sources_reading import read_source

from datalint.core.table_format import TableFormat
from datalint.sources.content import Content
from datalint.sources.readers.dialect import Dialect, records
from datalint.sources.readers.lines import split
from datalint.sources.readers.long_records import LONG, can_read, long_records, record_ends
from datalint.sources.sniff import Settings, open_content

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


@given(DATA, DIALECTS)
@example(b'"a""', Dialect(",", '"', "utf-8"))
@example(b'a,"b\n\n""c""",\r\r\nd', Dialect(",", '"', "utf-8"))
@settings(max_examples=500, deadline=None)
def test_records_are_those_of_the_csv_module(data: bytes, dialect: Dialect) -> None:
    assume(can_read(dialect))
    expected = [(line, plain(found)) for line, found in records(split(data), dialect)]
    assert list(long_records(data, dialect)) == expected


@given(DATA, DIALECTS, st.sampled_from([1, 3, 1 << 16]))
@settings(max_examples=300, deadline=None)
def test_records_end_where_the_csv_module_ends_them(data: bytes, dialect: Dialect, block_bytes: int) -> None:
    read = 0

    def lines() -> Iterator[bytes]:
        nonlocal read
        for line in split(data):
            read = min(read + len(line) + 1, len(data))
            yield line

    expected = [(read, found != []) for _, found in records(lines(), dialect)]
    assert list(record_ends(Content(data), 0, dialect, block_bytes)) == expected


@pytest.mark.parametrize(
    ("delimiter", "quote", "codec", "expected"),
    [
        (",", '"', "gb18030", True),
        ("|", '"', "gb18030", False),
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
    told = Settings(table=TableFormat(delimiter=delimiter, header=True))
    read = read_source(open_content(Content(data + bad + b"8"), "rows.csv", told))
    assert read.records == [{"a": "1", "b": f"{field}x{field}".replace(",", delimiter)}, {"a": "5", "b": "6"}]
    after = 2 + 2 * field.count("\n")
    assert read.lines == [2, after + 3]
    assert read.places == [("invalid-json", after + 2), ("invalid-utf8", after + 4), ("invalid-json", after + 5)]
    assert read.facts.blank_lines == 1


@pytest.mark.parametrize("field", ["x{}", '"x{}"', '"x{}""\ny"', "1,x{}", "x{},1,2"])
def test_a_record_of_too_many_bytes_is_one_refused_row(monkeypatch: pytest.MonkeyPatch, field: str) -> None:
    monkeypatch.setattr("datalint.sources.limits.MOST_ROW", LONG)
    data = "a,b\n1,2\n" + field.format("x" * LONG) + ",3\n4,5\n"
    read = read_source(open_content(Content(data.encode()), "rows.csv", Settings(table=TableFormat(header=True))))
    assert read.records == [{"a": "1", "b": "2"}, {"a": "4", "b": "5"}]
    assert read.places == [("oversized-line", 3)]
    assert (read.facts.rows_read, read.facts.rows_refused) == (2, 1)
