"""Every built-in rule: its cases, its page's examples, and the contract of its page."""

from __future__ import annotations

from pathlib import Path

import pytest

from datalint.core.fix import Action
from datalint.core.registry import Registry
from datalint.core.rule import Rule
from datalint.testing import check_cases, documented_examples, fix_rule, load_cases, run_rule

REGISTRY = Registry()
REGISTRY.load_builtin()
RULES = {rule.name: rule for rule in REGISTRY}
CASE_FILES = {path.stem: path for path in Path(__file__).parent.glob("*/cases/*.toml")}
SECTIONS = ("What it does", "Why it matters", "Bad", "Good", "What to do")


@pytest.mark.parametrize("name", sorted(CASE_FILES.keys() & RULES.keys()))
def test_cases(name: str) -> None:
    check_cases(RULES[name], load_cases(CASE_FILES[name]))


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_page_and_examples(rule: Rule) -> None:
    for title in SECTIONS:
        assert f"\n## {title}\n" in rule.document, f"{rule.code}: no section {title!r}"
    examples = documented_examples(rule)
    assert run_rule(rule, **examples["Bad"].arguments), f"{rule.code}: the bad example is silent"
    found = run_rule(rule, **examples["Good"].arguments)
    assert not found, f"{rule.code}: the good example fires: {[finding.message for finding in found]}"


@pytest.mark.parametrize("rule", [rule for rule in RULES.values() if rule.fix is not None], ids=lambda rule: rule.name)
def test_a_fix_leaves_nothing_to_fix(rule: Rule) -> None:
    assert rule.fix is not None
    assert (rule.repair_function is not None) == (rule.fix.action is Action.EDIT)
    given = documented_examples(rule)["Bad"].arguments
    fixed = fix_rule(rule, **given)
    assert not [finding for finding in run_rule(rule, **{**given, "rows": None, "data": fixed}) if finding.fix]


def test_every_case_file_names_a_rule() -> None:
    assert set(CASE_FILES) <= set(RULES)


def test_every_rule_has_cases_that_fire_and_cases_that_do_not() -> None:
    for name in RULES:
        cases = load_cases(CASE_FILES[name])
        assert any(case.findings for case in cases), f"{name}: no case fires"
        assert any(not case.findings for case in cases), f"{name}: no case is silent"
