"""Prompts that ask for one query, or one call of a tool, in several wordings are one finding."""

from __future__ import annotations

import json

import pytest

from datalint.rules.diversity.near_duplicate import near_duplicate
from datalint.testing import run_rule

WORDS = (
    "anchor basin candle dragon engine falcon garden hammer island jacket kettle ladder marble needle orchid pepper "
    "quarry rocket saddle timber urchin velvet walnut yellow zipper"
).split()
ASKED = [f"{one}s and {WORDS[n - 7]}s by {WORDS[n - 11]} and {WORDS[n - 16]}" for n, one in enumerate(WORDS)]


def sql(asked: str) -> str:
    first, *rest = asked.split()
    return f"SELECT {first} FROM {rest[-1]} ORDER BY {rest[1]}"


def call(asked: str) -> str:
    return json.dumps({"name": "find", "arguments": {"what": asked}})


def prose(asked: str) -> str:
    return f"These are all the {asked} that anybody has counted so far."


def near_duplicates(variants: dict[str, str], answer: object = sql) -> list[str]:
    assert callable(answer)
    others = [f"{a} {b} {a[::-1]} {b[::-1]}" for a in WORDS for b in WORDS if a < b]
    others += [f"{n} {n * 7} {n * 11} {n * 13} now" for n in range(10_000, 10_400)]
    asked = {f"List all the {each}.": each for each in ASKED} | variants | {each: each for each in others}
    rows = [{"prompt": prompt, "completion": answer(each)} for prompt, each in asked.items()]
    return [finding.message for finding in run_rule(near_duplicate, rows=rows, options={"notes-from": 0})]


@pytest.mark.parametrize("answer", [sql, call])
def test_wordings_of_one_query_or_call_are_one_finding(answer: object) -> None:
    [found] = near_duplicates({f"Show me all the {each}.": each for each in ASKED[:21]}, answer)
    assert found.startswith("21 of 746 rows (2.8 %) are near-duplicates of another row with the same query or call")


def test_wordings_of_what_is_answered_in_prose_are_no_queries() -> None:
    [found] = near_duplicates({f"Show me all the {each}.": each for each in ASKED[:21]}, prose)
    assert found.startswith(
        "21 of 746 rows (2.8 %) are near-duplicates with a similarity under 0.85, often different examples"
    )


def test_a_few_wordings_are_near_duplicates_and_prompts_with_other_signs_are_a_finding_each() -> None:
    [found] = near_duplicates({f"Show me all the {each}.": each for each in ASKED[:19]})
    assert found.startswith("19 of 744 rows (2.6 %) are near-duplicates with a similarity under 0.85")
    assert len(near_duplicates({f"List all the {each}!!": each for each in ASKED[:21]})) == 21
