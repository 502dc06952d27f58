"""The note on few different long responses to many prompts."""

from __future__ import annotations

import datalint
from datalint.support.varied import sentence

QUERY = "SELECT name, berth FROM boats WHERE dock = {0} AND hour > {0} AND name IS NOT NULL;"
LONG = "The harbour master keeps a list of all boats that are due at berth {0}."


def note(answer: str, different: int, prompts: int = 200, kind: str = "sft") -> str:
    """Return the note on 200 rows with some different prompts and answers; empty without one."""
    rows = [
        {"prompt": sentence(number % prompts), "completion": answer.format(number % different)} for number in range(200)
    ]
    notes = datalint.lint(rows, config={"kind": kind}).notes
    return next((each for each in notes if each.startswith("responses:")), "")


def test_rows_with_few_different_queries_or_texts() -> None:
    expected = "responses: 200 rows have 12 different ones, up to 17 rows the same: volume counts the rows"
    assert note(QUERY, 12) == note(LONG, 12) == expected


def test_other_rows() -> None:
    assert note(QUERY, 40) == ""
    assert note(QUERY, 12, prompts=12) == "", "the same prompts"
    assert note("Berth {0}", 12) == "", "labels"
    assert note(LONG, 12, kind="evaluation") == ""
