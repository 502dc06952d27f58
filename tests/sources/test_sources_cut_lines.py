"""JSON Lines of which a few are cut: each of these is named, and no row next to them is lost."""

from __future__ import annotations

from operator import itemgetter

from damaged_lines import Lines, damaged
from draws import examples
from every import every
from hypothesis import example, given, settings
from tests_sources_reading import lines_of

#: The rules for a line that is cut.
CUT = ("invalid-json", "truncated-file")


def check(lines: Lines, chunk_bytes: int) -> set[int]:
    """Check what is read, and return the lines that are read though they lack brackets."""
    read = lines_of(lines.data, chunk_bytes)
    assert [line for rule, line in read.places if rule in CUT] == lines.cut
    closed = lines.unclosed.keys() & set(read.lines)
    rows = sorted(
        [*zip(lines.places, lines.rows, strict=True), *((line, lines.unclosed[line]) for line in closed)],
        key=itemgetter(0),
    )
    assert read.records == [row for _, row in rows]
    assert read.lines == [line for line, _ in rows]
    assert read.facts.rows_refused == len(lines.cut) - len(closed)
    assert read.source.fetch(range(len(read.records)), read.offsets) == read.records
    return closed


def made(layout: int, *kinds: str) -> Lines:
    """Return lines of these kinds, those that are cut without their last bracket."""
    lines = Lines(layout)
    for kind in kinds:
        lines.add(kind, 1)
    return lines


@given(damaged())
@example(made(2, "cut", "blank", "good", "good"))
@settings(max_examples=examples(50), deadline=None)
def test_cut_lines_are_named_and_all_other_rows_are_read(lines: Lines) -> None:
    assert check(lines, 8 << 20) == check(lines, 1)


@every(
    "kinds",
    [
        "good good cut two",
        "good cut three good",
        "good cut good cut",
        "good cut pretty good",
        "good cut blank blank good",
        "good cut cut good",
        "good cut cut cut pretty",
        "good cut cut",
        "cut blank two cut",
    ],
)
@every("share", [1, 0.9, 0.4, 0])
@every("layout", [0, 1, 2])
@every("chunk_bytes", [1, 8 << 20])
def test_cases(kinds: str, share: float, layout: int, chunk_bytes: int) -> None:
    lines = Lines(layout)
    for kind in kinds.split():
        lines.add(kind, share)
    check(lines, chunk_bytes)


@every(
    ("data", "places", "rows"),
    [
        # A record on several lines that is cut is one problem.
        (b'{\n "a": 1,\n "b": "x\n{"a":2}\n{"a":3}\n', [("invalid-json", 3)], 2),
        (
            b'{\n "a": 1,\n "b": 2\n{\n "a": 2\n}\n{"a":3}\n',
            [("invalid-json", 3), ("pretty-printed-json", 4)],
            2,
        ),
        # Objects of a list on lines of their own are no records, even if the list is broken.
        (b'{"a": [\n{"b":1},\n{"b":2\n]}\n{"a":3}\n', [("invalid-json", 4)], 1),
        (b'{"a": [\n{"b":1},\n{"b":2}\n{"a": [\n{"b":3}\n]}\n', [("invalid-json", 3), ("pretty-printed-json", 4)], 1),
        (b'{"a": [\n{"b":1},\n{"a":2}\n{"a":3}\n', [("invalid-json", 2)], 2),
        # A row with other keys is no part of a line that is cut where a value or an object may follow.
        (b'{"a":\n{"b":1}\n{"a":3}\n', [("invalid-json", 1)], 2),
        (b'{"a":[{"c":2},\n{"b":1}\n{"a":3}\n', [("invalid-json", 1)], 2),
        # Lines that cannot be one record each have a problem.
        (b'{"a":"b"\nx\n{"a":2}\n', [("invalid-json", 1), ("invalid-json", 2)], 1),
        # Objects at the left that are part of a record.
        (b'{"a":[\n{"b":1},\n{"b":2}\n]}\n{"a":3}\n', [("pretty-printed-json", 1)], 2),
        (b'{"a":"\n{"\n}\n{"a":3}\n', [("pretty-printed-json", 1)], 2),
    ],
)
def test_records_on_several_lines(data: bytes, places: list[tuple[str, int]], rows: int) -> None:
    for chunk_bytes in (1, 8 << 20):
        read = lines_of(data, chunk_bytes)
        assert read.places == places
        assert len(read.records) == rows


def test_a_file_without_closing_brackets_is_read_once() -> None:
    for line in (b'{"a":"b"\n', b'{"a":[\n{"b":"x"\n', b'{"a":"x"\n{\n "b":[\n', b'{"a":"b"\n{"a":"b"}\n'):
        read = lines_of(line * 1_000)
        assert read.facts.rows_read + read.facts.rows_refused == 1_000 * line.count(b"\n")
