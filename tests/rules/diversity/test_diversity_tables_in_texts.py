"""Plain texts with questions about one table, whose columns are most of each text."""

from __future__ import annotations

import json

from datalint.rules.diversity.near_duplicate import near_duplicate
from datalint.support.varied import sentence
from datalint.testing.running import run_rule


def test_questions_about_one_table_are_no_copies() -> None:
    rows = []
    for number in range(40):
        columns = sentence(number, 20).split()
        pairs = [" ".join(columns[place : place + 2]) for place in range(0, len(columns), 2)]
        head = f"table: {number}\ncolumns: {', '.join(pairs)}\n"
        where = f"{pairs[0]} of {columns[5]}"
        rows += [f"{head}Q: what's the {each} with {where}\nA: SELECT {each} WHERE {where}" for each in pairs[1:3]]
    assert not run_rule(near_duplicate, rows=[json.dumps({"text": row}) for row in rows])
