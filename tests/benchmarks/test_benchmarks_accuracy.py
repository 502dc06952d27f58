"""The scores on labels of others fit the rules and their classes, and every rule has evidence of some kind."""

from __future__ import annotations

import csv
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from datalint.core.finding import Confidence
from datalint.core.registry import Registry
from datalint.testing import load_cases

ROOT = Path(__file__).parents[2]
sys.path += [str(ROOT), str(ROOT / "docs")]

import accuracy_labels  # noqa: E402
import accuracy_page  # noqa: E402

from benchmarks.accuracy import datasets, texts  # noqa: E402
from benchmarks.accuracy.scores import Score, interval, read, write  # noqa: E402
from benchmarks.accuracy.sources import SOURCES  # noqa: E402
from benchmarks.fresh import LAST, Fresh, fresh  # noqa: E402

REGISTRY = Registry()
REGISTRY.load_builtin()
RULES = {rule.code: rule for rule in REGISTRY}
#: Labels that say what the rule says.
SCORES = [
    score
    for score in read()
    if score.tool == "datalint" and score.source not in (*accuracy_labels.AGREEMENT, *accuracy_labels.COUNTED)
]
LEAST = {Confidence.HIGH: 0.95, Confidence.MEDIUM: 0.8, Confidence.LOW: 0.0}


@cache
def on_new_files() -> dict[str, Fresh]:
    """Return the figures of rules on new files."""
    with accuracy_page.JUDGED.open(encoding="utf-8", newline="") as file:
        return fresh(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def counts() -> list[dict[str, str]]:
    """Return the rows of the table of judgements."""
    with accuracy_page.COUNTS.open(encoding="utf-8", newline="") as file:
        return [*csv.DictReader(file, delimiter="\t")]


def figures(code: str) -> list[float]:
    """Return the precision of a rule on judgements, on labels and on new files, each with enough units."""
    judged, labelled = Counter[str](), Counter[str]()
    for row in counts():
        if row["rule"] == code and row["set"] != LAST:
            judged += Counter(whole=sum(int(row[kind]) for kind in ("right", "arguable", "wrong")))
            judged += Counter(right=int(row["right"]))
    for score in SCORES:
        if score.rule == code and score.positives:
            labelled += Counter(whole=score.reported, right=score.right)
    shares = [each["right"] / each["whole"] for each in (judged, labelled) if each["whole"] >= accuracy_page.ENOUGH]
    found = on_new_files().get(code)
    return [*shares, *([found.share] if found is not None and found.tells else [])]


def test_the_class_of_a_rule_is_that_of_its_lowest_figure() -> None:
    for code in RULES:
        found = figures(code)
        if not found:
            continue
        measured = next(name for name, least in LEAST.items() if min(found) >= least)
        declared = RULES[code].confidence
        # A rule without a class may have findings on new files.
        assert (
            declared in (measured, None if code in on_new_files() else measured) or code in accuracy_page.EXPLAINED
        ), code
        assert declared is None or min(found) >= LEAST[declared], code


def test_what_is_explained_needs_it() -> None:
    for code in accuracy_page.EXPLAINED:
        assert RULES[code].confidence != next(name for name, least in LEAST.items() if min(figures(code)) >= least)


def test_a_rule_without_labels_has_planted_defects_and_near_misses() -> None:
    files = {path.stem: path for path in (ROOT / "tests" / "rules").glob("*/cases/*.toml")}
    for code, rule in RULES.items():
        if not figures(code):
            cases = load_cases(files[rule.name])
            assert sum(len(case.findings) for case in cases) >= 1, code
            assert sum(not case.findings for case in cases) >= 1, code


def test_good_preferences_are_left_alone() -> None:
    assert {score.rule: score.reported for score in SCORES if score.source == "llmbar" and score.reported} == {}


def test_the_table_fits_the_sets() -> None:
    scores = read()
    assert {score.rule for score in scores} <= set(RULES)
    assert {score.source for score in scores} <= set(SOURCES)
    assert len({score[:4] for score in scores}) == len(scores)
    for score in scores:
        assert score.found <= score.positives
        assert score.right <= score.reported
    for name in SOURCES:
        assert hasattr(texts, name) or hasattr(datasets, name) or name in ("decontaminator", "gsm8k")


def test_intervals_are_those_of_wilson() -> None:
    found = interval(8, 10)
    assert found is not None
    assert [round(each, 4) for each in found] == [0.8, 0.4902, 0.9433]
    assert interval(0, 0) is None
    assert interval(10, 10) == pytest.approx((1.0, 0.7225, 1.0), abs=1e-4)


def test_a_score_replaces_the_one_before(tmp_path: Path) -> None:
    table = tmp_path / "labels.tsv"
    first = Score("QUA007", "xstest", "all", "datalint", 5, 2, 1, 2, 1)
    write([first, first._replace(rule="QUA011")], table)
    write([first._replace(found=2)], table)
    assert read(table) == [first._replace(found=2), first._replace(rule="QUA011")]
