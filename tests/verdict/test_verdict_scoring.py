"""Scores: where the limits and the guide's columns put them, and that none contradicts its verdict."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pytest
from every import every
from hypothesis import assume, given
from hypothesis import strategies as st

from datalint.config.gates import Gate, load_gates, profile
from datalint.config.limits import Anchor, Limit, Relation
from datalint.config.model import GateOverride, Settings
from datalint.core.finding import Factor
from datalint.core.results import Measurement, Verdict
from datalint.verdict import judge
from datalint.verdict.scoring import dataset_score, formula, score_of, verdict_of
from tests.verdict.test_verdict_judging import EVERY

PROFILES = ("guide", "strict", "minimal")
BANDS = {Verdict.PASS: (90, 100), Verdict.WARN: (50, 89.9), Verdict.FAIL: (0, 49.9)}
#: A dataset of 1,000 rows, of which 200 evaluate, in four categories.
SIZES: dict[str, Any] = {"examples": 1000, "evaluation-examples": 200, "categories": 4}

POINTS: list[tuple[str, str, float, float]] = [
    # The guide's columns: 10 examples are bad, 500 are the minimum; on a log scale 71 lies half way.
    ("guide", "effective-examples", 0, 0), ("guide", "effective-examples", 10, 0),
    ("guide", "effective-examples", math.sqrt(5000), 25), ("guide", "effective-examples", 499, 49.9),
    ("guide", "effective-examples", 500, 100), ("guide", "effective-examples", 5_000_000, 100),
    ("strict", "effective-examples", 499, 49.9), ("strict", "effective-examples", 500, 50),
    ("strict", "effective-examples", 999, 89.9), ("strict", "effective-examples", 1000, 100),
    ("minimal", "effective-examples", 9, 0), ("minimal", "effective-examples", 10, 50),
    ("minimal", "effective-examples", 100, 90), ("minimal", "effective-examples", 500, 100),
    ("guide", "redundant-share", 0, 100), ("guide", "redundant-share", 0.015, 95),
    ("guide", "redundant-share", 0.03, 90), ("guide", "redundant-share", 0.065, 70),
    ("guide", "redundant-share", 0.1, 50), ("guide", "redundant-share", 0.55, 25), ("guide", "redundant-share", 1, 0),
    # Without a failure, bad is where the warning ends.
    ("minimal", "redundant-share", 0.1, 90), ("minimal", "redundant-share", 1, 50),
    ("guide", "template-family-share", 0.5, 90), ("guide", "template-family-share", 1, 50),
    # Without any limit, bad is where the pass ends.
    ("minimal", "template-family-share", 1, 90),
    # A limit at the ideal.
    ("guide", "quality-error-share", 0, 100), ("guide", "quality-error-share", 1e-9, 89.9),
    ("guide", "quality-error-share", 0.005, 70), ("guide", "quality-error-share", 0.01, 50),
    ("strict", "quality-error-share", 1e-9, 49.9), ("guide", "quality-error-share", 1, 0),
    ("guide", "reviewed-share", 1, 100), ("guide", "reviewed-share", 0.75, 70), ("guide", "reviewed-share", 0.5, 50),
    ("guide", "reviewed-share", 0.25, 25), ("guide", "reviewed-share", 0, 0),
    # Counts are as bad as the share of what they count.
    ("guide", "format-error-examples", 0, 100), ("guide", "format-error-examples", 1, 49.9),
    ("guide", "format-error-examples", 500, 25), ("guide", "format-error-examples", 1000, 0),
    ("guide", "format-error-examples", 10**9, 0),
    ("guide", "leaked-exact", 1, 49.7), ("guide", "leaked-exact", 100, 25),
    ("guide", "leaked-near", 0, 100), ("guide", "leaked-near", 50, 70), ("guide", "leaked-near", 200, 0),
    ("strict", "leaked-exact", 100, 25),
    ("guide", "shapes", 1, 100), ("guide", "shapes", 2, 33.3), ("guide", "shapes", 4, 0), ("guide", "shapes", 9, 0),
    ("guide", "evenness", 1, 100), ("guide", "evenness", 0.7, 90), ("guide", "evenness", 0, 50),
    ("guide", "evaluation-examples", 0, 50), ("guide", "evaluation-examples", 49, 89.2),
    ("guide", "evaluation-examples", 50, 90), ("guide", "evaluation-examples", 200, 100),
    # Four categories: 25 % is even, twice that warns, 90 % is the guide's bad column.
    ("guide", "largest-category-share", 0.25, 100), ("guide", "largest-category-share", 0.375, 95),
    ("guide", "largest-category-share", 0.5, 90), ("guide", "largest-category-share", 0.7, 70),
    ("guide", "largest-category-share", 0.8999, 50), ("guide", "largest-category-share", 0.9, 0),
]  # fmt: skip


@every(("name", "measure", "value", "score"), POINTS)
def test_points(name: str, measure: str, value: float, score: float) -> None:
    assert score_of(profile(name)[measure], value, SIZES) == pytest.approx(score, abs=0.05)


@pytest.mark.parametrize(
    ("categories", "share", "score"),
    # Twice the even share of two categories is everything, so it never warns.
    [(2, 0.5, 100), (2, 0.7, 95), (2, 0.8999, 90), (2, 0.9, 0), (1, 1, 0), (None, 0.5, 100), (None, 1, 0)],
)
def test_few_categories(categories: int | None, share: float, score: float) -> None:
    found = score_of(profile("guide")["largest-category-share"], share, {"categories": categories})
    assert found == pytest.approx(score, abs=0.05)


@pytest.mark.parametrize(
    ("warn", "fail", "value", "verdict", "score"),
    [
        # Limits that meet, and limits beyond the guide's columns.
        ({"at-least": 0.1}, {"over": 0.1}, 0.1, Verdict.WARN, 50),
        ({"over": 0.1}, {"over": 0.1}, 0.1, Verdict.PASS, 90),
        ({"at-least": 0.1}, {"at-least": 0.1}, 0.1, Verdict.FAIL, 49.9),
        ({"over": 0}, {"at-least": 1}, 1, Verdict.FAIL, 0),
        (False, False, 1, Verdict.PASS, 90),
    ],
)
def test_a_users_limits(warn: Any, fail: Any, value: float, verdict: Verdict, score: float) -> None:
    override = GateOverride(warn=warn, fail=fail)
    gate = load_gates(Settings(gates={"redundant-share": override}))["redundant-share"]
    assert verdict_of(gate, value, SIZES) is verdict
    assert score_of(gate, value, SIZES) == pytest.approx(score, abs=0.05)


def values_of(gate: Gate) -> st.SearchStrategy[float]:
    return st.floats(0, 1) if gate.unit in ("share", "evenness") else st.integers(0, 6000)


@st.composite
def any_gates(draw: st.DrawFn) -> Gate:
    """A gate of a profile, or one whose limits a user moved to wherever they may stand."""
    gate = profile(draw(st.sampled_from(PROFILES)))[draw(st.sampled_from(sorted(profile("guide"))))]
    if draw(st.booleans()):
        return gate
    directions = (Relation.OVER, Relation.AT_LEAST) if gate.better == "less" else (
        Relation.UNDER, Relation.AT_MOST
    )  # fmt: skip
    limits = st.builds(Limit, st.sampled_from(directions), values_of(gate), st.just(gate.unit), st.just("a user"))
    warn, fail = draw(st.none() | limits), draw(st.none() | limits)
    if warn is not None and fail is not None:
        assume(warn.value <= fail.value if gate.better == "less" else warn.value >= fail.value)
    return gate._replace(warn=warn, fail=fail)


@st.composite
def sizes(draw: st.DrawFn) -> dict[str, Any]:
    return {
        "examples": draw(st.integers(0, 6000)),
        "evaluation-examples": draw(st.none() | st.integers(0, 6000)),
        "categories": draw(st.none() | st.integers(1, 100)),
    }


def agrees(verdict: Verdict, score: float | None) -> bool:
    low, high = BANDS[verdict]
    return score is not None and low <= score <= high


@given(st.data())
def test_no_gates_score_contradicts_its_verdict(data: st.DataObject) -> None:
    gate, measures = data.draw(any_gates()), data.draw(sizes())
    value = data.draw(values_of(gate))
    assert agrees(verdict_of(gate, value, measures), score_of(gate, value, measures))
    assert formula(gate, measures).startswith("pass 100")


@given(st.data())
def test_a_better_value_never_scores_less(data: st.DataObject) -> None:
    gate, measures = data.draw(any_gates()), data.draw(sizes())
    worse, better = sorted([data.draw(values_of(gate)) for _ in range(2)], reverse=gate.better == "less")
    assert score_of(gate, worse, measures) <= score_of(gate, better, measures)


@st.composite
def measured(draw: st.DrawFn) -> dict[str, Any]:
    """Measures of a dataset, some of which could not be taken."""
    found = draw(sizes())
    for measure, gate in profile("guide").items():
        if measure != "evaluation-examples":
            found[measure] = draw(st.none() | values_of(gate))
    return found


def judged(name: str, measures: dict[str, Any]) -> tuple[dict[str, Any], Verdict, int | None]:
    taken = {measure: Measurement(value) for measure, value in measures.items()}
    return judge(list(profile(name).values()), taken, EVERY)


@given(st.sampled_from(PROFILES), measured())
def test_no_factors_and_no_datasets_score_contradicts_its_verdict(name: str, measures: dict[str, Any]) -> None:
    factors, verdict, score = judged(name, measures)
    for factor in factors.values():
        assert factor.verdict is Verdict.NOT_ASSESSED if factor.score is None else agrees(factor.verdict, factor.score)
    assert verdict is Verdict.NOT_ASSESSED if score is None else agrees(verdict, score)


@given(st.sampled_from(PROFILES), measured(), st.data())
def test_removing_a_defect_never_lowers_a_score(name: str, measures: dict[str, Any], data: st.DataObject) -> None:
    taken = [measure for measure in profile(name) if measures.get(measure) is not None]
    assume(taken)
    measure = data.draw(st.sampled_from(taken))
    # The number of evaluation rows is also what leaks are a share of; more of them are no less leaky.
    gate = profile(name)[measure]
    both = measures[measure], data.draw(values_of(gate))
    better = min(both) if gate.better == "less" else max(both)
    before, after = judged(name, measures), judged(name, measures | {measure: better})
    for factor in Factor:
        was, now = before[0][factor.value].score, after[0][factor.value].score
        assert was is None or was <= now
    assert before[2] is not None
    assert after[2] is not None
    assert before[2] <= after[2]


@given(st.lists(st.floats(0, 49.9), min_size=1, max_size=6), st.lists(st.floats(0, 49.9), min_size=1, max_size=6))
def test_failing_datasets_of_different_quality_have_different_scores(one: list[float], other: list[float]) -> None:
    def mean(scores: Sequence[float]) -> float:
        return sum(scores) / len(scores)

    assume(abs(mean(one) - mean(other)) >= 1 / 0.49)
    first, second = (dataset_score(Verdict.FAIL, scores) for scores in (one, other))
    assert first is not None
    assert second is not None
    assert (first < second) is (mean(one) < mean(other))
    assert first != second


@every(
    ("verdict", "scores", "score"),
    [
        (Verdict.PASS, [100, 100], 100), (Verdict.PASS, [90, 100], 99), (Verdict.PASS, [90], 99),
        (Verdict.WARN, [89.9], 85), (Verdict.WARN, [50], 69), (Verdict.WARN, [50, 100, 100, 100, 100], 85),
        (Verdict.FAIL, [0], 0), (Verdict.FAIL, [0, 100, 100, 100, 100, 100], 40), (Verdict.FAIL, [49.9], 24),
        (Verdict.NOT_ASSESSED, [], None),
    ],
)  # fmt: skip
def test_the_mean_in_the_verdicts_band(verdict: Verdict, scores: list[float], score: int | None) -> None:
    assert dataset_score(verdict, scores) == score


@pytest.mark.parametrize(
    ("measure", "words"),
    [
        (
            "redundant-share",
            "pass 100 at 0 % to 90 at 3 %, warn to 50 at 10 %, fail to 0 at 100 %; linear between",
        ),
        ("effective-examples", "pass 100, fail to 0 at 10; log-linear between"),
        (
            "largest-category-share",
            "pass 100 at 25 % to 90 at 50 %, warn to 50 at 90 %, fail 0; linear between",
        ),
        ("leaked-exact", "pass 100, fail to 0 at 200; linear between"),
        ("leaked-prompt", "pass 100, warn to 50 at 20, fail to 0 at 200; linear between"),
        ("format-error-examples", "pass 100, fail to 0 at 1,000; linear between"),
    ],
)
def test_formulas(measure: str, words: str) -> None:
    assert formula(profile("guide")[measure], SIZES) == words


def test_anchors() -> None:
    assert Anchor(500).at({}) == 500
    assert Anchor(1, "examples").at({"examples": 70}) == 70
    assert Anchor(1, "examples").at({"examples": None}) is Anchor(1, "examples").at({}) is None
    assert Anchor(1, "categories").at({"categories": 4}) == 0.25
    words = [anchor.text("share") for anchor in (Anchor(0.9), Anchor(1, "examples"), Anchor(1, "categories"))]
    assert words == ["90 %", "100 % of `examples`", "the even share"]
