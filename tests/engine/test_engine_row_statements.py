"""Statements of rows: what many rows have as their answer is read once, and compared as on its own."""

from __future__ import annotations

from itertools import product

from datalint.engine.reduce.comparing.stated_answers import Statements, StatementsOfRows
from datalint.records.analyses import Text

ANSWERS = (
    "billing",
    "Billing",
    "repair",
    "Yes, the dock is open.",
    "No, the dock is open.",
    '{"dock": 4}',
    '{"dock": 5}',
    "It opens at 9 and closes at 17 on each day of the week.",
    "It opens at 8 and closes at 17 on each day of the week.",
    "",
)


def test_rows_with_one_answer_have_the_same_statements() -> None:
    rows = StatementsOfRows()
    first, second, other = (
        rows.of(Text(prompt, answer, "")) for prompt, answer in (("a", "x"), ("b", "x"), ("a", "X"))
    )
    assert first is second
    assert first is not other


def test_answers_differ_as_they_do_on_their_own() -> None:
    rows = StatementsOfRows()
    for one, other in [*product(ANSWERS, repeat=2)] * 2:
        found = rows.differ(rows.of(Text("a", one, "")), rows.of(Text("b", other, "")))
        assert found is Statements(one).differs(Statements(other))
