"""Parts of a file that were written twice are named by both ranges of lines."""

from __future__ import annotations

import json
from typing import Any

import pytest

from datalint.core.rule import Rule
from datalint.rules.diversity.exact_duplicate import exact_duplicate
from datalint.rules.diversity.normalized_duplicate import normalized_duplicate
from datalint.testing import run_rule

ROWS = [
    {"prompt": f"Who lives at number {n * 7}?", "completion": f"A family of {n} sails from {n}."} for n in range(40)
]


def said(rule: Rule, rows: list[dict[str, Any]]) -> list[tuple[int | None, str]]:
    return [(each.line, each.message) for each in run_rule(rule, rows=rows)]


@pytest.mark.parametrize("first", [0, 7])
def test_a_part_that_is_there_twice(first: int) -> None:
    found = said(exact_duplicate, [*ROWS, *ROWS[first:30], ROWS[3]])
    words = f"exact copy of lines {first + 1}–30, in the same order"
    assert found == [*((line, words) for line in range(41, 71 - first)), (71 - first, "exact copy of line 4")]


def test_a_part_that_is_there_many_times() -> None:
    found = said(exact_duplicate, ROWS[:20] * 6)
    assert found == [(line, "exact copy of lines 1–20, in the same order") for line in range(21, 121)]


def test_a_row_that_is_in_the_part_twice() -> None:
    part = [*ROWS[:15], ROWS[2], *ROWS[15:30]]
    found = said(exact_duplicate, [*part, *part])
    assert found[:2] == [(16, "exact copy of line 3"), (32, "exact copy of lines 1–31, in the same order")]
    assert len({message for _, message in found}) == 2


def test_a_few_rows_are_named_one_by_one() -> None:
    assert said(exact_duplicate, [*ROWS, *ROWS[:9]])[0] == (41, "exact copy of line 1")
    assert said(exact_duplicate, [*ROWS, *reversed(ROWS)])[0] == (41, "exact copy of line 40")


def test_rows_on_several_lines() -> None:
    data = json.dumps([*ROWS, *ROWS], indent=1).encode()
    found = run_rule(exact_duplicate, data=data, name="train.json")
    assert {each.message for each in found} == {"exact copy of lines 2–158, in the same order"}


def test_other_ids() -> None:
    rows = [{**row, "id": number} for number, row in enumerate([*ROWS, *ROWS])]
    assert said(normalized_duplicate, rows)[0] == (41, "same as lines 1–40, in the same order, except for the key 'id'")


def test_a_run_of_one_row_is_no_part() -> None:
    run = [ROWS[0], *[ROWS[1]] * 30, ROWS[2], *[ROWS[1]] * 15, *ROWS[3:]]
    assert {message for _, message in said(exact_duplicate, run)} == {"exact copy of line 2"}
