"""The judgements on real findings fit the rules, and no rule has a class above what was measured."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from datalint.core.finding import Confidence
from datalint.core.registry import Registry

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
KINDS = ("right", "arguable", "wrong")
LEAST = {Confidence.HIGH: 0.95, Confidence.MEDIUM: 0.80}
#: Judgements of one rule from which its share says something.
ENOUGH = 10
REGISTRY = Registry()
REGISTRY.load_builtin()
RULES = {rule.code: rule for rule in REGISTRY}


def rows(name: str) -> list[dict[str, str]]:
    with (BENCHMARKS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_judgements_are_of_rules_that_exist_and_hold_no_text() -> None:
    judged = rows("judged.tsv")
    assert {row["rule"] for row in judged} <= set(RULES)
    assert {row["judgement"] for row in judged} <= set(KINDS)
    assert {row["set"] for row in judged} <= {"seen", "held-out", "blind"}
    assert all(len(row["reason"]) <= 60 for row in judged)
    places = [(row["rule"], row["file"], row["line"], row["path"]) for row in judged]
    assert len(places) == len(set(places))


@pytest.mark.parametrize("code", sorted({row["rule"] for row in rows("precision.tsv")}))
def test_no_class_is_above_what_was_measured(code: str) -> None:
    measured = [row for row in rows("precision.tsv") if row["rule"] == code]
    judged = sum(int(row[kind]) for row in measured for kind in KINDS)
    confidence = RULES[code].confidence
    if judged >= ENOUGH and confidence in LEAST:
        assert sum(int(row["right"]) for row in measured) >= LEAST[confidence] * judged


def test_no_right_finding_was_lost() -> None:
    assert {row["rule"]: row["lost"] for row in rows("precision.tsv") if row["lost"] != "0"} == {}
