from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from datalint.config.gates import Gate, load_gates
from datalint.config.limits import Limit, Relation
from datalint.config.model import GateOverride, Settings
from datalint.core.finding import Factor

PROFILES = ("minimal", "guide", "strict")
PREFIXES = {
    Factor.VOLUME: "VOL",
    Factor.DIVERSITY: "DIV",
    Factor.QUALITY: "QUA",
    Factor.FORMAT: "FMT",
    Factor.BALANCE: "BAL",
    Factor.READINESS: "RDY",
}
# DESIGN's table of the default profile: measure → warn, fail, and values on either side of each limit.
GUIDE = {
    "effective-examples": ("off", "under 500"),
    "redundant-share": ("over 3 %", "over 10 %"),
    "similar-share": ("over 10 %", "over 50 %"),
    "largest-cluster-share": ("over 1 %", "over 5 %"),
    "template-family-share": ("over 50 %", "off"),
    "template-copy-share": ("over 10 %", "over 25 %"),
    "prompt-concentration": ("over 10 %", "over 50 %"),
    "answer-concentration": ("over 10 %", "at least 90 %"),
    "conflicting-prompt-share": ("over 1 %", "over 10 %"),
    "diversity-problems": ("over 0", "off"),
    "quality-error-share": ("over 0 %", "over 1 %"),
    "quality-issue-share": ("over 5 %", "over 20 %"),
    "quality-suspect-share": ("over 5 %", "off"),
    "reviewed-share": ("under 100 %", "under 50 %"),
    "format-error-examples": ("off", "over 0"),
    "format-suspect-examples": ("over 0", "off"),
    "format-issue-share": ("over 5 %", "off"),
    "learned-error-share": ("over 0 %", "over 1 %"),
    "incomplete-share": ("over 0 %", "over 1 %"),
    "unread-keys": ("over 0", "off"),
    "format-problems": ("over 0", "off"),
    "untrained-share": ("over 0 %", "over 5 %"),
    "shapes": ("off", "over 1"),
    "largest-category-share": ("over 2 × the even share, and over a third", "at least 90 %"),
    "evenness": ("under 0.7", "off"),
    "distribution-distance": ("over 10 %", "over 30 %"),
    "evaluation-examples": ("under 50", "off"),
    "leaked-exact": ("over 0", "over 0.1 % of evaluation-examples"),
    "leaked-near": ("over 0", "over 50 % of evaluation-examples"),
    "leaked-prompt": ("over 0", "over 10 % of evaluation-examples"),
    "plan-problems": ("over 0", "off"),
    "plan-errors": ("off", "over 0"),
}


def gates(profile: str) -> dict[str, Gate]:
    return load_gates(Settings(profile=profile))  # type: ignore[arg-type]


def verdict(gate: Gate, value: float, categories: int) -> int:
    """0 pass, 1 warn, 2 fail."""
    fails, warns = (limit is not None and limit.holds(value, categories) for limit in (gate.fail, gate.warn))
    return 2 if fails else int(warns)


def test_the_guide_profile_is_the_guide() -> None:
    def text(limit: Limit | None) -> str:
        return limit.text() if limit else "off"

    assert {name: (text(gate.warn), text(gate.fail)) for name, gate in gates("guide").items()} == GUIDE


@pytest.mark.parametrize("profile", PROFILES)
def test_every_gate_is_whole(profile: str) -> None:
    found = gates(profile)

    assert list(found) == list(GUIDE)
    assert [gate.factor for gate in found.values()] == sorted(
        (gate.factor for gate in found.values()), key=list(Factor).index
    )
    for measure, gate in found.items():
        assert gate.measure == measure
        assert gate.title
        assert len(gate.source) > 10
        assert all(re.fullmatch(rf"{PREFIXES[gate.factor]}(\d{{3}})?", code) for code in gate.rules)
        assert all(limit.source for limit in (gate.warn, gate.fail) if limit)


def test_a_limit_that_a_profile_moves_has_a_source_of_its_own() -> None:
    base = gates("guide")
    for profile in ("strict", "minimal"):
        for measure, gate in gates(profile).items():
            moved = (gate.warn and gate.warn.text(), gate.fail and gate.fail.text()) != (
                base[measure].warn and base[measure].warn.text(),  # type: ignore[union-attr]
                base[measure].fail and base[measure].fail.text(),  # type: ignore[union-attr]
            )
            assert moved == (gate.source != base[measure].source), (profile, measure)


@given(st.sampled_from(sorted(GUIDE)), st.floats(0, 1), st.integers(0, 6000), st.integers(1, 100))
def test_strict_is_never_milder_and_minimal_never_stricter(
    measure: str, share: float, count: int, categories: int
) -> None:
    value = share if gates("guide")[measure].unit in ("share", "evenness") else count

    found = [verdict(gates(profile)[measure], value, categories) for profile in PROFILES]

    assert found == sorted(found)


@pytest.mark.parametrize("profile", PROFILES)
def test_good_and_bad_are_on_the_sides_that_the_gate_says(profile: str) -> None:
    measures = {"categories": 4, "examples": 100, "evaluation-examples": 50}
    for gate in gates(profile).values():
        good, bad = gate.good.at(measures), gate.bad.at(measures)
        assert good is not None
        assert bad is not None
        assert (good < bad) is (gate.better == "less"), gate.measure


def test_the_guides_columns() -> None:
    found = gates("guide")
    volume, category = found["effective-examples"], found["largest-category-share"]
    assert (volume.bad.value, volume.good.value, volume.scale) == (10, 500, "log")
    assert (category.bad.value, category.good) == (0.90, (1, "categories"))


LIMITS = [
    (Relation.OVER, 0.1, 0.1, False, "over 10 %"),
    (Relation.OVER, 0.1, 0.11, True, "over 10 %"),
    (Relation.AT_LEAST, 0.9, 0.9, True, "at least 90 %"),
    (Relation.AT_LEAST, 0.9, 0.89, False, "at least 90 %"),
    (Relation.UNDER, 0.5, 0.5, False, "under 50 %"),
    (Relation.UNDER, 0.5, 0.4, True, "under 50 %"),
    (Relation.AT_MOST, 0.125, 0.125, True, "at most 12.5 %"),
    (Relation.TIMES_EVEN, 2, 0.4, False, "over 40 % (2 × the even share)"),
    (Relation.TIMES_EVEN, 2, 0.41, True, "over 40 % (2 × the even share)"),
]


@pytest.mark.parametrize(("comparison", "limit", "value", "holds", "text"), LIMITS)
def test_limits(comparison: Relation, limit: float, value: float, holds: bool, text: str) -> None:
    found = Limit(comparison, limit, "share", "a source")

    assert found.holds(value, 5) is holds
    assert found.text(5) == text


@given(st.integers(0, 10_000), st.integers(1, 10_000))
def test_a_share_at_the_limit_is_not_over_it(count: int, total: int) -> None:
    limit = Limit(Relation.OVER, count / total, "share", "a source")

    assert not limit.holds(count / total)
    assert limit.holds((count + 1) / total)


def test_a_share_of_another_measure_is_0_where_that_is_missing() -> None:
    limit = Limit(Relation.OVER_SHARE, 0.01, "examples", "a source", "evaluation-examples")

    assert [limit.text(), limit.text(250)] == [
        "over 1 % of evaluation-examples",
        "over 2 (1 % of 250)",
    ]
    assert [limit.holds(2, 250), limit.holds(3, 250), limit.holds(0), limit.holds(1)] == [False, True, False, True]


def test_a_relative_limit_needs_the_number_of_categories() -> None:
    limit = Limit(Relation.TIMES_EVEN, 2, "share", "a source")

    assert limit.text() == "over 2 × the even share, and over a third"
    assert limit.text(77) == "over 33.3 % (a third; 2 × the even share is less)"
    for categories in (None, 0):
        with pytest.raises(ValueError, match="number of categories"):
            limit.holds(0.5, categories)


@pytest.mark.parametrize(
    ("text", "warn", "fail"),
    [
        ("fail = 0.2", "over 3 %", "over 20 %"),
        ("fail = false", "over 3 %", None),
        ("warn = false\nfail = { at-least = 0.02 }", None, "at least 2 %"),
        ("warn = 0.05", "over 5 %", "over 10 %"),
        ("", "over 3 %", "over 10 %"),
    ],
)
def test_the_users_limits_go_over_the_profiles(
    load: Callable[..., Settings], text: str, warn: str | None, fail: str | None
) -> None:
    gate = load_gates(load(f"[gates.redundant-share]\n{text}"))["redundant-share"]

    assert (gate.warn and gate.warn.text(), gate.fail and gate.fail.text()) == (warn, fail)
    assert (gate.good, gate.bad) == (gates("guide")["redundant-share"].good, gates("guide")["redundant-share"].bad)


def test_a_users_limit_names_the_line_that_set_it(load: Callable[..., Settings]) -> None:
    gate = load_gates(load("[gates.redundant-share]\n\nfail = 0.2"))["redundant-share"]

    assert gate.fail is not None
    assert gate.fail.source == "datalint.toml:3"
    assert gate.warn is not None
    assert gate.warn.source == gate.source


@pytest.mark.parametrize(
    ("measure", "value", "text"),
    [
        ("effective-examples", 100, "under 100"),
        ("effective-examples", 1500.0, "under 1,500"),
        ("shapes", 2, "over 2"),
        ("template-family-share", 0.6, "over 60 %"),
        ("largest-category-share", 0.8, "at least 80 %"),
        ("evenness", 0.5, "under 0.5"),
        ("leaked-near", 3, "over 3"),
    ],
)
def test_a_bare_number_keeps_the_direction_of_the_limit(measure: str, value: float, text: str) -> None:
    settings = Settings(gates={measure: GateOverride(fail=value, warn=False)})

    fail = load_gates(settings)[measure].fail

    assert fail is not None
    assert fail.text() == text
    assert fail.source == "set by the caller"


def test_a_bare_number_replaces_a_relative_limit_as_an_absolute_one() -> None:
    settings = Settings(gates={"largest-category-share": GateOverride(warn=0.6)})

    warn = load_gates(settings)["largest-category-share"].warn

    assert warn is not None
    assert warn.text() == "over 60 %"
