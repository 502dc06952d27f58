"""Record rules say of each copy of a row what they say of the first, and of a row that is nearly a copy their own."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import Any

import datalint

Row = dict[str, Any]
Said = tuple[str, str | None, str, str | None]

ROWS: list[Row] = [
    {},
    {"promt": "Is it so?", "completion": "It is."},
    {"completion": "It is.", "promt": "Is it so?"},
    {"prompt": 1, "completion": ["It is."]},
    {"prompt": True, "completion": ["It is."]},
    {"prompt": None, "completion": "It is."},
    {"prompt": math.nan, "completion": "It is."},
    {"messages": [{"role": "user", "content": "Is it so?"}, {"role": "assistent", "content": "It is."}]},
    {"messages": [{"content": "Is it so?", "role": "user"}, {"role": "assistent", "content": "It is."}]},
    {"messages": [], "tools": [{}]},
    {"question": "Is \ud800 it so?", "std_answer": "It is."},
    {"question": "Is \ud800 it so?", "std_answer": "It is.", "n": 10**40},
]


def said(rows: list[Row]) -> dict[int | None, list[Said]]:
    """Return what rules about records find in each row."""
    report = datalint.lint(
        rows,
        config={"select": ["FMT1", "FMT2", "FMT011", "FMT012", "FMT013"], "ignore": ["FMT103", "FMT107", "FMT108"]},
    )
    assert report.internal_errors == 0
    found: dict[int | None, list[Said]] = defaultdict(list)
    for each in report.findings:
        found[each.row].append((each.rule, each.path, each.message, each.excerpt))
    return found


def test_copies_have_the_findings_of_the_first() -> None:
    alone = [said([row])[1] for row in ROWS]
    together = said([*ROWS, *reversed(ROWS), *ROWS])
    assert all(alone)
    order = [*range(len(ROWS)), *reversed(range(len(ROWS))), *range(len(ROWS))]
    assert [together[row] for row in range(1, len(order) + 1)] == [alone[place] for place in order]
