"""Tables whose separators in fields are escaped with a backslash."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests_sources_reading import Read

ReadFile = Callable[..., Read]


@pytest.mark.parametrize("name", ["posts.csv", "posts.tsv"])
def test_escaped_separators_are_part_of_the_field(name: str, read_file: ReadFile) -> None:
    sign = "," if name.endswith("csv") else "\t"
    rows = [f"Dock {n}|It is open." for n in range(30)]
    rows += [f"Ferry {n}|The pier is closed\\| take the other one\\| or row.\r" for n in range(9)]
    found = read_file(("subject|message\n" + "\n".join(rows)).replace("|", sign).encode(), name)
    assert len(found.records) == 39
    assert found.records[-1] == {
        "subject": "Ferry 8",
        "message": f"The pier is closed{sign} take the other one{sign} or row.",
    }
    said = [(each.rule, each.line) for each in found.facts.problems if "escaped" in each.message]
    assert said == [("wrong-delimiter", 32)]
    assert found.facts.rows_refused == 0


def test_a_column_of_texts(read_file: ReadFile) -> None:
    rows = [f"Dock {n}\\, then the ferry\\, then the pier." if n % 4 else f"Dock {n}." for n in range(40)]
    found = read_file("\n".join(["text", *rows, ""]).encode(), "posts.csv")
    assert [each["text"] for each in found.records] == [row.replace("\\,", ",") for row in rows]


@pytest.mark.parametrize(
    "rows",
    [
        # Other texts have separators that nothing escapes, are quoted, or are rows as they are.
        ["Dock\\, and pier.", "Dock, and pier, and ferry."] * 20,
        ['"Dock\\, and pier."', "Dock."] * 20,
        ["Dock.", "Ferry."] * 20 + ["Dock\\, and pier."] * 2,
    ],
)
def test_other_backslashes_stay(rows: list[str], read_file: ReadFile) -> None:
    found = read_file("\n".join(["text", *rows, ""]).encode(), "posts.csv")
    assert not [each for each in found.facts.problems if "escaped" in each.message]
    assert all("," not in each["text"] or "\\," in each["text"] for each in found.records)
