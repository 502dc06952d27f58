"""Every built-in rule: its cases, its page's examples, and the contract of its page."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from datalint.core.finding import Finding
from datalint.core.fix import Action
from datalint.core.registry import Registry
from datalint.core.rule import Rule
from datalint.testing import Case, Example, check_cases, documented_examples, fix_rule, load_cases, run_rule
from datalint.testing.cases import can_share, check_found, find_together

REGISTRY = Registry()
REGISTRY.load_builtin()
RULES = {rule.name: rule for rule in REGISTRY}
CASES = {path.stem: load_cases(path) for path in Path(__file__).parent.glob("*/cases/*.toml")}
SECTIONS = ("What it does", "Why it matters", "Bad", "Good", "What to do")


def pages(rule: Rule) -> list[Case]:
    """Return the examples of a rule's page; which findings the bad one has is not said there."""
    return [Case(id=title, **example.arguments) for title, example in documented_examples(rule).items()]


def check_page(rule: Rule, example: Case, found: list[Finding] | None = None) -> None:
    """Check what an example of a rule's page causes, given what was found in a run that it shared."""
    if found is None or bool(found) != (example.id == "Bad"):
        found = run_rule(rule, **{name: getattr(example, name) for name in ARGUMENTS})
    if example.id == "Bad":
        assert found, f"{rule.code}: the bad example is silent"
    else:
        assert not found, f"{rule.code}: the good example fires: {[finding.message for finding in found]}"


#: A line end that is escaped in JSON, and no escaped backslash before an "n".
LINE_END = r"(?<!\\)(?<!\\r)\\n"
ARGUMENTS = Example("Bad").arguments
BY_FILE = [(rule, case) for name, rule in RULES.items() for case in CASES[name] if can_share(rule, case)]
PAGES_BY_FILE = [(rule, case) for rule in RULES.values() for case in pages(rule) if can_share(rule, case)]
ALONE = {name: cases for name, rule in RULES.items() if (cases := [c for c in CASES[name] if not can_share(rule, c)])}
PAGES_ALONE = [rule for rule in RULES.values() if not all(can_share(rule, case) for case in pages(rule))]


def test_cases_and_pages_of_rules_on_rows_and_files() -> None:
    """All in one run for each configuration, and alone where they fail there: each alone takes five times as long."""
    failed = []
    found = find_together([*BY_FILE, *PAGES_BY_FILE])
    for number, (rule, case) in enumerate([*BY_FILE, *PAGES_BY_FILE]):
        try:
            if number < len(BY_FILE):
                check_found(rule, [case], [found[number]])
            else:
                check_page(rule, case, found[number])
        except AssertionError as error:
            failed.append(f"{rule.name}: {error}")
    assert not failed, "\n".join(failed)


@pytest.mark.parametrize("name", dict.fromkeys(rule.name for rule, _ in [*BY_FILE, *PAGES_BY_FILE]))
def test_a_rule_by_itself(name: str) -> None:
    """What the test above does for one rule: ``pytest tests/rules -k NAME`` selects it, and it is left out without."""
    rule = RULES[name]
    check_cases(rule, [case for other, case in BY_FILE if other is rule])
    for other, example in PAGES_BY_FILE:
        if other is rule:
            check_page(rule, example)


def test_line_ends_change_no_finding() -> None:
    r"""A text from Windows has ``\r\n`` where others have ``\n``."""
    pairs = [(rule, case) for rule, case in BY_FILE if case.data is None and any("\\n" in row for row in case.rows)]
    assert pairs
    given = [replace(case, rows=tuple(re.sub(LINE_END, r"\\r\\n", row) for row in case.rows)) for _, case in pairs]
    found = find_together([(rule, case) for (rule, _), case in zip(pairs, given, strict=True)])
    failed = [
        f"{rule.name}: {case.id}: {len(case.findings)} findings, {len(mine)} with other line ends"
        for (rule, case), mine in zip(pairs, found, strict=True)
        if mine is not None and len(mine) != len(case.findings)
    ]
    assert not failed, "\n".join(failed)


@pytest.mark.parametrize("name", ALONE)
def test_cases(name: str) -> None:
    check_cases(RULES[name], ALONE[name])


@pytest.mark.parametrize("rule", PAGES_ALONE, ids=lambda rule: rule.name)
def test_examples(rule: Rule) -> None:
    for example in pages(rule):
        if not can_share(rule, example):
            check_page(rule, example)


def test_pages() -> None:
    for rule in RULES.values():
        assert {example.id for example in pages(rule)} == {"Bad", "Good"}, f"{rule.code}: no example"
        for title in SECTIONS:
            assert f"\n## {title}\n" in rule.document, f"{rule.code}: no section {title!r}"


@pytest.mark.parametrize("rule", [rule for rule in RULES.values() if rule.fix is not None], ids=lambda rule: rule.name)
def test_a_fix_leaves_nothing_to_fix(rule: Rule) -> None:
    assert rule.fix is not None
    assert (rule.repair_function is not None) == (rule.fix.action is Action.EDIT)
    given = documented_examples(rule)["Bad"].arguments
    fixed = fix_rule(rule, **given)
    assert not [finding for finding in run_rule(rule, **{**given, "rows": None, "data": fixed}) if finding.fix]


def test_every_case_file_names_a_rule() -> None:
    assert set(CASES) <= set(RULES)


def test_every_rule_has_cases_that_fire_and_cases_that_do_not() -> None:
    for name in RULES:
        assert any(case.findings for case in CASES[name]), f"{name}: no case fires"
        assert any(not case.findings for case in CASES[name]), f"{name}: no case is silent"
