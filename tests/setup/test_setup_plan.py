"""From settings to a plan: which rules run, with what, and what they need."""

from __future__ import annotations

import json
import pickle
from pathlib import Path
from typing import Any

import pytest

import datalint
from datalint.config.load import load_settings
from datalint.core.finding import Confidence, Severity
from datalint.core.registry import Registry
from datalint.engine.plan import NearSettings, Plan
from datalint.setup.plan import make_plan

REGISTRY = Registry.default()


def plan(**overrides: Any) -> Plan:
    keys = {key.replace("_", "-"): value for key, value in overrides.items()}
    return make_plan(load_settings(registry=REGISTRY, isolated=True, overrides=keys), REGISTRY)


def test_every_rule_of_more_than_low_confidence_runs_by_default() -> None:
    low = {rule.code for rule in REGISTRY if rule.confidence is Confidence.LOW}
    assert [active.rule.code for active in plan().rules] == [code for code in REGISTRY.codes if code not in low]
    assert {active.rule.code for active in plan(select=sorted(low)).rules} == low
    assert {active.severity for active in plan().rules} == set(Severity)


@pytest.mark.parametrize("code", ["VOL001", "VOL003", "DIV003", "DIV012", "RDY004"])
def test_near_duplicates_are_searched_for_only_where_a_rule_or_a_gate_needs_them(code: str) -> None:
    assert "near" in plan(select=[code]).needs
    assert "near" not in plan(select=["FMT", "QUA", "BAL"]).needs


def test_a_gate_needs_what_its_measure_needs() -> None:
    made = plan(select=["DIV001"])
    assert not made.rules[0].rule.needs
    assert "near" in made.needs, "the redundant share counts near-duplicates"


def test_a_project_that_evaluates_by_other_means_is_spared_the_rules_about_it() -> None:
    def running(**overrides: Any) -> set[str]:
        made = plan(**overrides)
        return {active.rule.name for active in made.rules if made.obstacle(active) is None}

    about = {"no-evaluation-set", "small-evaluation-set", "leaked-example"}
    assert about < running()
    assert about.isdisjoint(running(eval=False))


def test_settings_reach_the_plan() -> None:
    near = {"view": "response", "threshold": 0.8}
    made = plan(
        columns={"prompt": "q", "response": "a", "category": "topic"},
        balance={"expected": {"a": 1.0}},
        near_duplicates=near,
        profile="strict",
        severity={"QUA": "info", "QUA002": "error"},
    )
    assert made.columns == {"prompt": "q", "response": "a"}
    assert (made.category_key, made.expected, made.profile) == ("topic", {"a": 1.0}, "strict")
    assert made.near == NearSettings("response", "char-5", 0.8)
    severities = {active.rule.code: active.severity for active in made.rules}
    assert (severities["QUA001"], severities["QUA002"]) == (Severity.INFO, Severity.ERROR)
    assert severities["FMT001"] is Severity.ERROR


def test_a_plan_pickles_so_that_workers_get_the_same() -> None:
    made = plan(balance={"field": "topic"})
    again = pickle.loads(pickle.dumps(made))
    assert [active.rule for active in again.rules] == [active.rule for active in made.rules]
    assert again == made


SCHEMA = {"type": "object", "properties": {"completion": {"minLength": 5}}}


def test_the_users_schema_reaches_its_rule(tmp_path: Path) -> None:
    path = tmp_path / "schema.json"
    path.write_text(json.dumps(SCHEMA))
    rows = [{"prompt": "Does it fold?", "completion": text} for text in ("It does.", "Yes")]
    report = datalint.lint(rows, config={"schema": str(path)})
    assert [(finding.row, finding.path) for finding in report.findings if finding.name == "schema-violation"] == [
        (2, "$.completion")
    ]
    assert not any(finding.name == "schema-violation" for finding in datalint.lint(rows).findings)
