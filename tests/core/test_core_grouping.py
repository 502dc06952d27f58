"""Findings of one cause: which places are one, and that none is lost."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from every import every
from hypothesis import given
from hypothesis import strategies as st

from datalint.core.findings import Findings
from datalint.core.grouping import group
from datalint.privacy.display import FileName

RELATED = pl.List(pl.Struct({"file": pl.Int64, "line": pl.Int64, "row": pl.Int64, "similarity": pl.Float64}))
SCHEMA = {
    **dict.fromkeys(("rule", "severity", "path", "message", "fingerprint", "fix"), pl.String),
    **dict.fromkeys(("file", "line", "row"), pl.Int64),
    "related": RELATED,
}
PLACE: dict[str, Any] = {
    "rule": "FMT204", "severity": "warning", "file": 0, "line": 1, "row": 1, "path": "$.messages[0].role",
    "message": "role 'human' where this shape says 'user'", "related": None, "fingerprint": "a",
    "fix": "safe",
}  # fmt: skip


def table(*places: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame([PLACE | place for place in places], schema=SCHEMA)


def twin(line: int) -> list[dict[str, Any]]:
    return [{"file": 0, "line": line, "row": line, "similarity": 1.0}]


@every(
    ("other", "one"),
    [
        ({}, True),
        ({"line": 7, "row": 5, "fingerprint": "b"}, True),
        ({"path": "$.messages[3].role"}, True),
        ({"path": "$.messages[0].name"}, False),
        ({"path": None}, False),
        ({"file": 1}, False),
        ({"rule": "FMT203"}, False),
        ({"severity": "error"}, False),
        ({"fix": None}, False),
        ({"message": "role 'gpt' where this shape says 'assistant'"}, False),
        ({"related": twin(1)}, False),
    ],
)
def test_places_of_one_cause(other: dict[str, Any], one: bool) -> None:
    assert group(table({}, other)).height == (1 if one else 2)


@pytest.mark.parametrize(
    ("rule", "messages", "shown"),
    [
        ("FMT001", ("not JSON at column 202: x", "not JSON at column 1,017: x"), "not JSON: x"),
        ("FMT007", ("byte 8 (0xB5) is not UTF-8", "byte 1 (0xFF) is not UTF-8"), "a byte is not UTF-8"),
        ("FMT001", ("not JSON at column 202: x", "not JSON at column 202: x"), "not JSON at column 202: x"),
        ("FMT205", ("two user turns in a row (turns 1 and 2)", "two user turns in a row (turns 3 and 4)"),
         "two user turns in a row"),
        ("FMT305", ("cut off after 9 characters", "cut off after 12 characters"), "cut off"),
        ("FMT305", ("no value at line 1, column 2", "no value at line 3, column 4"), "no value"),
        ("FMT606", ("the code fence on line 3 is not closed", "the code fence on line 12 is not closed"),
         "the code fence is not closed"),
        ("FMT003", ("turn 2 is a system turn; it belongs first", "turn 3 is a system turn; it belongs first"),
         "for example, turn 2 is a system turn; it belongs first"),
        ("FMT116", ("2 image placeholders for 1 image", "3 image placeholders for 1 image"),
         "for example, 2 image placeholders for 1 image"),
        ("FMT302", ("not base64 at character 5", "not base64 at character 17"), "not base64"),
        ("FMT302", ("not base64, of 5 images", "not base64, of 17 images"), "for example, not base64, of 5 images"),
        ("FMT101", ("no shape for column-1 at line 3", "no shape for column-1 at line 4"), "no shape for column-1"),
        ("FMT101", ("no shape for column-1 at line 3", "no shape for column-2 at line 4"),
         "for example, no shape for column-1 at line 3"),
        ("FMT101", ("no shape for column-1", "no shape for column-2"), "for example, no shape for column-1"),
        ("FMT106", ("no text in steps[2].v1.2", "no text in steps[4].v1.2"),
         "for example, no text in steps[2].v1.2"),
        ("FMT601", ("a sha256 of 1.5 MiB, '…' and 2 more", "a sha256 of 1.5 MiB, '…' and 7 more"),
         "for example, a sha256 of 1.5 MiB, '…' and 2 more"),
        ("FMT601", ("a sha256, '…' and 2 more", "a sha256, '…' and 7 more"), "a sha256, '…' and more"),
        ("FMT601", ("x and 2 more in the text, at character 9 of 30", "x and 3 more in the text, at character 8 of 40"),
         "x and more in the text"),
        ("FMT021", ("a field holds 4 more rows of the table: x", "a field holds 17 more rows of the table: x"),
         "a field holds more rows of the table: x"),
        ("FMT115", ("span 4 to 4 is empty; 1 of 3 spans do not fit the text",
                    "span 9 to 9 is empty; 2 of 5 spans do not fit the text"),
         "a span is empty"),
        ("FMT115", ("span 7 to 90 is outside of the text, which has 50 characters",
                    "span 3 to 70 is outside of the text, which has 60 characters"), "a span is outside of the text"),
        ("FMT114", ("more tokens than tags under 'ner_tags': 4 and 3",
                    "more tokens than tags under 'ner_tags': 9 and 5"),
         "more tokens than tags under 'ner_tags'"),
        ("FMT002", ("an array, not an object, 5 times on this line", "an array, not an object, 12 times on this line"),
         "an array, not an object, several times on each line"),
        ("FMT002", ("an array, not an object, 5 times on this line", "an array, not an object, 5 times on this line"),
         "an array, not an object, 5 times on this line"),
        ("FMT603", ("<think> opens 2 times, and nothing closes it", "<think> opens 3 times, and nothing closes it"),
         "<think> opens several times, and nothing closes it"),
        ("FMT507", ("2 steps have 3 labels", "7 steps have 6 labels"), "steps and their labels differ in number"),
        ("FMT203", ("role 'agent1'", "role 'agent2'"), None),
        ("FMT203", ('key "k1" at 3', 'key "k1" at 4'), 'for example, key "k1" at 3'),
        ("FMT203", ('key "k1" at 3', 'key "k2" at 3'), None),
        ("VOL005", ("325 characters", "326 characters"), None),
    ],
)  # fmt: skip
def test_numbers_count_places_in_messages_of_the_format(
    rule: str, messages: tuple[str, str], shown: str | None
) -> None:
    found = group(table(*({"rule": rule, "message": message} for message in messages)))["message"].to_list()
    assert found == ([shown] if shown is not None else list(messages))


@pytest.mark.parametrize("place", [{}, {"row": None}, {"line": None, "row": None}, {"related": twin(1)}])
def test_one_place_alone_is_as_among_others(place: dict[str, Any]) -> None:
    both = group(table(place, {"rule": "FMT203", "path": "$.a[2]"}))
    alone = group(table(place))
    assert alone.equals(both[:1])
    assert alone.schema == both.schema == group(table()).schema
    assert group(table()).is_empty()


def test_a_path_has_stars_where_indices_differ() -> None:
    same = group(table({"row": 1}, {"row": 2}))
    differ = group(table({"row": 1}, {"row": 1, "path": "$.messages[4].role"}))
    assert (same["path"].to_list(), differ["path"].to_list()) == (["$.messages[0].role"], ["$.messages[*].role"])


def test_copies_of_one_row_are_one_cause() -> None:
    found = group(table(*({"row": n, "related": twin(1 if n < 5 else 2)} for n in (3, 4, 5, 6))))
    assert found["count"].to_list() == [2, 2]
    assert found["related"].to_list() == [twin(1), twin(2)]


def test_copies_of_a_passage_are_one_cause_however_often_it_is_there() -> None:
    said = "exact copy of lines 1–30, in the same order"
    found = group(
        table(*({"row": row, "related": twin(of), "message": said} for row, of in ((31, 1), (32, 2), (62, 2))))
    )
    assert found["rows"].to_list() == [[[31, 32], [62, 62]]]


def test_the_most_severe_cause_is_the_first() -> None:
    rows = [("warning", n, f"said of {n}") for n in range(3)] + [("warning", n, "said of most") for n in range(10, 20)]
    rows += [("error", 30, "said of the worst")]
    places = table(*({"rule": "QUA002", "severity": how, "row": row, "message": said} for how, row, said in rows))
    found = Findings(places.with_columns(name=pl.lit("a-name"), excerpt=pl.lit("")), [FileName("a.jsonl")]).grouped
    assert [each.message for each in found.main("QUA002", 3)] == ["said of the worst", "said of most", "said of 0"]
    assert [each.message for each in found.of("QUA002", 1)] == ["said of 0"]


def test_the_cause_of_most_places_is_the_first() -> None:
    rows = [("QUA002", n, f"said of {n}") for n in range(4)] + [("QUA002", n, "said of most") for n in range(10, 20)]
    places = table(*({"rule": rule, "row": row, "message": said} for rule, row, said in rows))
    found = Findings(places.with_columns(name=pl.lit("a-name"), excerpt=pl.lit("")), [FileName("a.jsonl")]).grouped
    assert [each.message for each in found.main("QUA002", 3)] == ["said of most", "said of 0", "said of 1"]
    assert [each.message for each in found.of("QUA002", 3)] == ["said of 0", "said of 1", "said of 2"]


def test_ranges_of_rows_and_lines() -> None:
    lines = ((5, 1), (6, 2), (6, 2), (9, 3), (None, None), (20, None))
    found = group(table(*({"line": line, "row": row} for line, row in lines))).row(0, named=True)
    assert (found["count"], found["rows"], found["lines"]) == (6, [[1, 3]], [[5, 6], [9, 9], [20, 20]])
    nowhere = group(table({"line": None, "row": None})).row(0, named=True)
    assert (nowhere["count"], nowhere["rows"], nowhere["lines"]) == (1, None, None)


PLACES = st.fixed_dictionaries(
    {
        "rule": st.sampled_from(["FMT204", "QUA002"]),
        "file": st.sampled_from([None, 0, 1]),
        "row": st.none() | st.integers(1, 8),
        "line": st.none() | st.integers(1, 8),
        "path": st.sampled_from([None, "$.a[0]", "$.a[1]", "$.b"]),
        "message": st.sampled_from(["a 1", "a 2", "b"]),
        "related": st.sampled_from([None, [], twin(1), twin(2), twin(1) + twin(2)]),
        "fingerprint": st.text("abc", max_size=2),
    }
)


@given(st.lists(PLACES, max_size=30))
def test_no_place_is_lost(places: list[dict[str, Any]]) -> None:
    given = table(*places)
    found = group(given)
    assert found.columns == [*given.columns, "count", "rows", "lines"]
    assert found["count"].sum() == given.height
    assert group(found.select(given.columns))["count"].to_list() == [1] * found.height, (
        "a cause is not one with another"
    )
    firsts = [given["fingerprint"].to_list().index(mark) for mark in found["fingerprint"]]
    assert sorted(firsts)[:1] == firsts[:1]
    for column, ranges in (("row", "rows"), ("line", "lines")):
        for rule in ("FMT204", "QUA002"):
            numbers = {
                number
                for each in found.filter(rule=rule)[ranges].drop_nulls()
                for first, last in each.to_list()
                for number in range(first, last + 1)
            }
            assert numbers == set(given.filter(rule=rule)[column].drop_nulls())
