"""Tables whose quotation marks in fields are escaped with a backslash."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests_sources_reading import Read

ReadFile = Callable[..., Read]


def table(rows: list[str], sign: str = ",") -> bytes:
    return "\n".join([f"subject{sign}message", *(row.replace("|", sign) for row in rows), ""]).encode()


@pytest.mark.parametrize("sign", [",", "\t", ";"])
@pytest.mark.parametrize("plain", [0, 60])
def test_quotation_marks_after_a_backslash_are_part_of_the_field(sign: str, plain: int, read_file: ReadFile) -> None:
    rows = [f'"Dock {n}"|"It is open, as the pilot of the ferry said."' for n in range(plain)]
    rows += [f'"Ferry {n}"|"The \\"old pier\\" is closed; take the\tother, or \\"new\\"."' for n in range(40)]
    found = read_file(table(rows, sign), "posts.csv")
    assert len(found.records) == plain + 40
    assert found.records[-1] == {
        "subject": "Ferry 39",
        "message": 'The "old pier" is closed; take the\tother, or "new".',
    }
    said = [(each.rule, each.line) for each in found.facts.problems if "escaped" in each.message]
    assert said == [("wrong-delimiter", plain + 2)]
    assert found.facts.lines == plain + 41
    assert found.facts.rows_refused == 0


def test_one_row_with_escaped_marks_is_enough_where_all_rows_are_read_then(read_file: ReadFile) -> None:
    rows = [f'"Dock {n}"|"It is open."' for n in range(20)]
    found = read_file(table([*rows, '"Ferry"|"Sign: \\"Closed\\""', *rows]), "posts.csv")
    assert found.records[20] == {"subject": "Ferry", "message": 'Sign: "Closed"'}
    assert found.facts.rows_refused == 0
    # A field that ends with a backslash would go on in the next one.
    found = read_file(table([*rows, '"Ferry"|"Sign: \\"Closed\\""', '"Disk"|"It is C:\\"']), "posts.csv")
    assert found.facts.rows_refused == 1
    assert found.records[-1]["message"] == "It is C:\\"


def test_doubled_and_escaped_marks_and_backslashes_at_the_end(read_file: ReadFile) -> None:
    rows = ['"Pier"|"The \\"old\\" one."', '"Dock"|"The ""new"" one."', '"Disk"|"It is C:\\\\"'] * 20
    found = read_file(table(rows), "posts.csv")
    assert [each["message"] for each in found.records[:3]] == ['The "old" one.', 'The "new" one.', "It is C:\\\\"]
    assert len(found.records) == 60


@pytest.mark.parametrize(
    "row",
    [
        # JSON in a field, and a backslash before the end of a field: these are read as they are.
        '"Pier"|"{""said"": ""the \\""old\\"" one""}"',
        '"Disk"|"It is C:\\"',
    ],
)
def test_other_backslashes_stay(row: str, read_file: ReadFile) -> None:
    found = read_file(table([row] * 30), "posts.csv")
    assert len(found.records) == 30
    assert "\\" in found.records[0]["message"]
    assert not [each for each in found.facts.problems if "escaped" in each.message]


def test_the_only_separator_of_the_header_is_read_where_other_rows_are_broken(read_file: ReadFile) -> None:
    rows = [f'"Dock {n}"|"The pier is open, as they said."' for n in range(30)]
    rows += [f'"Ferry {n}"|"The "old" pier is closed."' for n in range(50)]
    found = read_file(table(rows, "\t"), "posts.csv")
    assert [each["subject"] for each in found.records] == [f"Dock {n}" for n in range(30)]
    assert found.facts.rows_refused == 50
