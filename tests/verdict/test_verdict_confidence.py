"""What findings of each confidence may decide: high may fail a dataset, medium only warns, low is off.

Without a measured confidence, an error may fail a dataset and a warning only warns.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from datalint import Report
from datalint.config.load import load_settings
from datalint.core.finding import Factor, Severity
from datalint.core.registry import Registry
from datalint.core.results import GateResult, Verdict
from datalint.operations.check import run_lint
from datalint.sources.readers.memory import from_object
from datalint.testing import sentence

P, W, F = Verdict.PASS, Verdict.WARN, Verdict.FAIL
_RULE = '''"""A made-up rule.

## What it does
## Why it matters
## Bad
## Good
## What to do
"""

import polars as pl

from datalint.api import Confidence, Options, Severity, Turns, rule


@rule("{code}", "{name}", severity=Severity.{severity}, since="1.0", message="a word", confidence={confidence})
def made_up(turns: Turns, options: Options) -> pl.Expr:
    """Return which turns have the word."""
    return turns.text.str.contains("{word}", literal=True)
'''
#: The word that each rule finds.
WORDS = {"HIGH": "certainly", "MEDIUM": "probably", "LOW": "possibly", "NONE": "unmeasured"}


def registry(folder: Path, severity: str, factor: Factor = Factor.QUALITY) -> Registry:
    """Return the built-in rules and one of each confidence; the made-up ones count for ``factor``."""
    paths = []
    for number, (confidence, word) in enumerate(WORDS.items()):
        path = folder / f"made_up_{word}.py"
        given = "None" if confidence == "NONE" else f"Confidence.{confidence}"
        values = {"code": f"MADE00{number}", "name": f"made-{word}", "severity": severity, "confidence": given}
        path.write_text(_RULE.format(word=word, **values), encoding="utf-8")
        paths.append(path)
    found = Registry.default(local=paths)
    for number in range(len(WORDS)):
        found.find(f"MADE00{number}").factor = factor
    return found


def lint(rules: Registry, counts: dict[str, int], rows: int = 40, **settings: object) -> Report:
    """Lint rows of which ``counts`` have each word."""
    words = [WORDS[confidence] for confidence, count in counts.items() for _ in range(count)]
    texts = [f"{sentence(100 + row)} {words[row] if row < len(words) else ''}".strip() for row in range(rows)]
    data = [{"prompt": sentence(row), "completion": text} for row, text in enumerate(texts)]
    loaded = load_settings(registry=rules, isolated=True, overrides=settings, caller="test")
    return run_lint(loaded, rules, [from_object(data)])


def gate(report: Report, measure: str) -> GateResult:
    return next(gate for factor in report.factors.values() for gate in factor.gates if gate.measure == measure)


@pytest.mark.parametrize(
    ("counts", "issues", "suspects"),
    [
        # Over 5 % warns, over 20 % fails.
        ({"HIGH": 20}, F, P),
        ({"NONE": 20}, P, W),
        ({"NONE": 2}, P, P),
        ({"MEDIUM": 20}, P, W),
        ({"MEDIUM": 40}, P, W),
        ({"MEDIUM": 2}, P, P),
        # Those of high confidence and those of medium add up to a warning.
        ({"HIGH": 2, "MEDIUM": 2}, P, W),
        ({"HIGH": 8, "MEDIUM": 30}, W, W),
        ({"LOW": 40}, P, P),
        ({}, P, P),
    ],
)
def test_quality(tmp_path: Path, counts: dict[str, int], issues: Verdict, suspects: Verdict) -> None:
    report = lint(registry(tmp_path, "WARNING"), counts)
    assert gate(report, "quality-issue-share").verdict is issues
    assert gate(report, "quality-suspect-share").verdict is suspects
    assert gate(report, "quality-error-share").verdict is P


def test_a_low_rule_that_is_selected_warns_as_a_medium_one(tmp_path: Path) -> None:
    report = lint(registry(tmp_path, "WARNING"), {"LOW": 40}, **{"extend-select": ["made-possibly"]})
    assert gate(report, "quality-issue-share").verdict is P
    assert gate(report, "quality-suspect-share").verdict is W


@pytest.mark.parametrize(("counts", "verdict"), [({"HIGH": 1}, F), ({"NONE": 1}, F), ({"MEDIUM": 40}, P)])
def test_errors_of_quality(tmp_path: Path, counts: dict[str, int], verdict: Verdict) -> None:
    assert gate(lint(registry(tmp_path, "ERROR"), counts), "quality-error-share").verdict is verdict


@pytest.mark.parametrize(
    ("counts", "errors", "suspects", "valid"),
    [({"HIGH": 1}, F, P, 39), ({"MEDIUM": 3}, P, W, 40), ({"HIGH": 2, "MEDIUM": 1}, F, W, 38), ({"LOW": 9}, P, P, 40)],
)
def test_errors_of_format(
    tmp_path: Path, counts: dict[str, int], errors: Verdict, suspects: Verdict, valid: int
) -> None:
    report = lint(registry(tmp_path, "ERROR", Factor.FORMAT), counts)
    assert gate(report, "format-error-examples").verdict is errors
    assert gate(report, "format-suspect-examples").verdict is suspects
    assert report.measures["valid-examples"] == valid


@pytest.mark.parametrize(("counts", "verdict"), [({"HIGH": 20}, W), ({"MEDIUM": 3}, W), ({"MEDIUM": 2}, P), ({}, P)])
def test_warnings_of_format(tmp_path: Path, counts: dict[str, int], verdict: Verdict) -> None:
    report = lint(registry(tmp_path, "WARNING", Factor.FORMAT), counts)
    assert gate(report, "format-issue-share").verdict is verdict
    assert gate(report, "format-error-examples").verdict is P


#: Rules about the whole dataset: their findings are no rows, or a measure of their own counts these.
_OF_NO_ROWS = {"QUA026", "QUA027", "QUA041", "QUA050"}


def test_each_quality_warning_about_a_row_counts() -> None:
    rules = [rule for rule in Registry.default() if rule.factor is Factor.QUALITY and rule.each is None]
    issues = [rule for rule in rules if rule.severity is not Severity.INFO]
    assert {rule.code for rule in issues if not rule.gated} == _OF_NO_ROWS
