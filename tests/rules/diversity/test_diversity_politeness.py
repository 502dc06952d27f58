"""Variants of commands in words of politeness are one finding, however few of the rows they are."""

from __future__ import annotations

from datalint.rules.diversity.near_duplicate import near_duplicate
from datalint.testing import run_rule

WORDS = (
    "anchor basin candle dragon engine falcon garden hammer island jacket kettle ladder marble needle orchid pepper "
    "quarry rocket saddle timber urchin velvet walnut yellow zipper"
).split()
COMMANDS = [f"{one} {WORDS[n - 7]} {WORDS[n - 11]} {WORDS[n - 16]}" for n, one in enumerate(WORDS)]


def near_duplicates(variants: list[str], more: int = 0) -> list[str]:
    others = [f"{a} {b} {a[::-1]} {b[::-1]}" for a in WORDS for b in WORDS if a < b]
    numbered = [f"{number} {number * 7} {number * 11} {number * 13}" for number in range(10_000, 10_000 + more)]
    rows = [{"text": text, "label": "go"} for text in (*COMMANDS, *variants, *others, *numbered)]
    return [finding.message for finding in run_rule(near_duplicate, rows=rows, options={"notes-from": 0})]


def test_polite_variants_are_one_finding() -> None:
    [found] = near_duplicates([f"{each} please" for each in COMMANDS[:21]], more=400)
    assert found.startswith("21 of 746 rows (2.8 %) repeat a short text and its label")


def test_few_other_variants_are_short_near_duplicates() -> None:
    longer = [f"{each[::-1]} or not" for each in COMMANDS[:21]]
    [found] = near_duplicates([*longer, *(f"the {each}" for each in longer)], more=400)
    assert found.startswith("21 of 767 rows (2.7 %) are near-duplicates of up to 8 words")


def test_variants_that_are_three_percent_are_one_finding() -> None:
    [found] = near_duplicates([f"the {each}" for each in COMMANDS[:21]])
    assert found.startswith("21 of 346 rows (6.1 %) repeat a short text and its label")


def test_a_few_polite_variants_are_short_near_duplicates() -> None:
    [found] = near_duplicates([f"{each} please" for each in COMMANDS[:19]])
    assert found.startswith("19 of 344 rows (5.5 %) are near-duplicates of up to 8 words")
