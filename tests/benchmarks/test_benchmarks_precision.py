"""The judgements on real findings fit the rules, and no rule has a class above what was measured."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from every import every

from datalint.core.finding import Confidence
from datalint.core.registry import Registry

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
sys.path.append(str(BENCHMARKS.parent))

from benchmarks.fresh import LAST, SAMPLES, Fresh, fresh  # noqa: E402

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
    assert {row["set"] for row in judged} <= {"seen", "held-out", *SAMPLES}
    assert all(len(row["reason"]) <= 60 for row in judged)
    places = [(row["rule"], row["file"], row["line"], row["path"]) for row in judged]
    assert len(places) == len(set(places))


@every("code", sorted({row["rule"] for row in rows("precision.tsv")}))
def test_no_class_is_above_what_was_measured(code: str) -> None:
    measured = [row for row in rows("precision.tsv") if row["rule"] == code and row["set"] != LAST]
    judged = sum(int(row[kind]) for row in measured for kind in KINDS)
    confidence = RULES[code].confidence
    if judged >= ENOUGH and confidence in LEAST:
        assert sum(int(row["right"]) for row in measured) >= LEAST[confidence] * judged


@every(("code", "figure"), sorted(fresh(rows("judged.tsv")).items()))
def test_no_class_is_above_what_was_measured_on_new_files(code: str, figure: Fresh) -> None:
    confidence = RULES[code].confidence
    if figure.tells and confidence in LEAST:
        assert figure.share >= LEAST[confidence]


def test_the_latest_samples_count_and_each_repository_once() -> None:
    judged = [
        {"rule": "A", "set": sample, "file": f"{owner}/{number}.jsonl", "judgement": judgement, "reason": ""}
        for sample, owner, number, judgement in (
            *(("blind-2", "one", number, "right") for number in range(9)), ("blind-2", "two", 0, "wrong"),
            *(("blind", f"repository-{number}", 0, "arguable") for number in range(2)),
            ("held-out", "five", 0, "right"), ("seen", "six", 0, "wrong"),
        )
    ]  # fmt: skip
    assert fresh(judged) == {"A": Fresh(5, 2 / 5)}
    latest = [{**row, "set": "blind-2"} for row in judged if row["set"] == "blind"]
    assert fresh([*judged, *latest]) == {"A": Fresh(6, 1 / 6)}
    first = {"rule": "A", "set": "blind", "file": "one/1", "judgement": "right", "reason": "was wrong: another remedy"}
    latest = [{**row, "set": "blind-2"} for row in judged if row["set"] == "blind"]
    assert fresh([*judged, *latest]) == {"A": Fresh(6, 1 / 6)}
    first = {"rule": "A", "set": "blind", "file": "one/1", "judgement": "right", "reason": "was wrong: another remedy"}
    assert fresh([first]) == {"A": Fresh(1, 0.0)}
    assert not Fresh(4, 1.0).tells


def test_no_right_finding_was_lost() -> None:
    assert {row["rule"]: row["lost"] for row in rows("precision.tsv") if row["lost"] != "0"} == {}
