"""SARIF against its own schema, and against what GitHub asks for beyond it."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from report_checks import check_sarif, sarif_validator
from report_samples import TEXTS, finding, many, outcome

import datalint
from datalint.core.finding import Confidence, Severity
from datalint.core.registry import Registry
from datalint.core.results import Outcome, RuleInfo
from datalint.privacy.display import printable
from datalint.report.sarif import RELATED, RESULTS, to_sarif


@pytest.fixture(autouse=True)
def _no_runner(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        monkeypatch.delenv(name, raising=False)


def run_of(given: Outcome) -> dict[str, Any]:
    return check_sarif(to_sarif(given))


def place(result: dict[str, Any]) -> tuple[str, int]:
    physical = result["locations"][0]["physicalLocation"]
    return physical["artifactLocation"]["uri"], physical["region"]["startLine"]


def test_the_schema_refuses_what_is_wrong() -> None:
    log = json.loads(to_sarif(outcome([finding()])))
    log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0
    assert not sarif_validator().is_valid(log)


def test_hostile_rows_fit() -> None:
    rows = [{"prompt": text, "completion": ""} for text in TEXTS]
    run = run_of(datalint.lint(rows, config={"eval": False}))
    assert run["results"]
    assert run["tool"]["driver"]["version"] == datalint.__version__


def test_rules_that_ran_are_listed_whether_or_not_they_fired() -> None:
    rows = [{"prompt": "Hi", "completion": ""}]
    run = run_of(datalint.lint(rows, config={"eval": False, "select": ["QUA", "FMT"], "ignore": ["QUA001"]}))
    registry = Registry()
    registry.load_builtin()
    ran = {
        rule.code for rule in registry if rule.code[:3] in ("QUA", "FMT") and rule.confidence is not Confidence.LOW
    } - {"QUA001"}
    listed = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    assert listed.keys() == ran
    assert listed["QUA009"]["defaultConfiguration"]["level"] in ("error", "warning", "note")


def test_nothing_found_fits() -> None:
    run = run_of(outcome([], files=(), factors={}, rules={}, score=None))
    assert run["results"] == []
    assert run["tool"]["driver"]["rules"] == []


def test_a_result_says_all_that_is_known() -> None:
    related = [{"file": 1, "line": 7, "row": 6, "similarity": 0.975}]
    (result,) = run_of(outcome([finding(line=3, row=2, related=related, severity="info")]))["results"]
    assert place(result) == ("data/one.jsonl", 3)
    assert result["message"]["text"] == "a message"
    assert result["level"] == "note"
    assert result["partialFingerprints"] == {"datalintRow/v1": "0f" * 16}
    assert result["properties"] == {"row": 2, "path": "$.prompt"}
    (other,) = result["relatedLocations"]
    assert place({"locations": [other]}) == ("data/two.jsonl", 7)
    assert other["message"]["text"] == "row 6, similarity 0.97"


def test_a_result_without_a_place_stands_at_the_first_file() -> None:
    given = finding(file=None, line=None, row=None, path=None, fingerprint="", message="")
    (result,) = run_of(outcome([given]))["results"]
    assert place(result) == ("data/one.jsonl", 1)
    assert result["message"]["text"] == "What QUA001 finds, with `code` | in it."
    assert "partialFingerprints" not in result


def test_a_row_without_a_line_is_named() -> None:
    (result,) = run_of(outcome([finding(line=None, row=17)]))["results"]
    assert place(result)[1] == 1
    assert result["message"]["text"].startswith("row 17: ")


@pytest.mark.parametrize(
    ("name", "uri"),
    [
        ("a b/ü:1.jsonl", "a%20b/%C3%BC%3A1.jsonl"),
        ("./data/../a.jsonl", "a.jsonl"),
        ("<rows>", "%3Crows%3E"),
        ("hf://datasets/a/b", "hf://datasets/a/b"),
        ("a\x1b\n.jsonl", "a%1B%0A.jsonl"),
    ],
)
def test_uris_are_relative_and_encoded(name: str, uri: str) -> None:
    (result,) = run_of(outcome([finding()], files=(name,)))["results"]
    assert place(result)[0] == uri


def test_uris_start_at_the_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sets/new").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "sets")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    names = ("new/a.jsonl", str(tmp_path / "sets/b.jsonl"), str(tmp_path.parent / "c.jsonl"))
    results = run_of(outcome([finding(file=n) for n in range(3)], files=names))["results"]
    assert [place(result)[0] for result in results[:2]] == ["sets/new/a.jsonl", "sets/b.jsonl"]
    assert place(results[2])[0] == (tmp_path.parent / "c.jsonl").as_uri()


def test_braces_are_no_placeholders() -> None:
    note = printable("{2}")
    run = run_of(outcome([finding(message="of {0} and {{name}}")], notes=(note,)))
    assert run["results"][0]["message"]["text"] == "of {{0}} and {{{{name}}}}"
    assert run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"] == "{{2}}"


def test_messages_hold_no_links() -> None:
    (result,) = run_of(outcome([finding(message="[here](https://example.org) and [a](1)")]))["results"]
    assert not re.search(r"\]\(", result["message"]["text"])


def test_security_rules_are_marked() -> None:
    rules = [Registry.default().find(name) for name in ("empty-prompt", "secret", "personal-data")]
    enabled = [RuleInfo(each, Severity.INFO) for each in rules]
    run = run_of(outcome([finding(rule=each.code, name=each.name) for each in rules], enabled=enabled))
    scores = [rule["properties"].get("security-severity") for rule in run["tool"]["driver"]["rules"]]
    assert scores == [None, "8.0", "5.0"], "whatever severity a run gives them"
    assert ["security" in rule["properties"]["tags"] for rule in run["tool"]["driver"]["rules"]] == [False, True, True]


def test_related_rows_are_bounded() -> None:
    related = [{"file": 1, "line": n + 1, "row": n + 1, "similarity": None} for n in range(5_000)]
    (result,) = run_of(outcome([finding(related=related)]))["results"]
    assert len(result["relatedLocations"]) == RELATED
    assert result["properties"]["relatedLeftOut"] == 5_000 - RELATED


def test_a_rule_that_raised_is_a_failed_execution() -> None:
    assert run_of(outcome([], internal_errors=1))["invocations"][0]["executionSuccessful"] is False


@pytest.fixture(scope="module")
def crowd() -> Outcome:
    return outcome(many(30_000))


@pytest.fixture(scope="module")
def capped(crowd: Outcome) -> dict[str, Any]:
    return run_of(crowd)


def test_results_and_bytes_are_within_githubs(crowd: Outcome, capped: dict[str, Any]) -> None:
    assert len(capped["results"]) == RESULTS
    assert len(gzip.compress(to_sarif(crowd))) < 10_000_000


def test_the_most_severe_stay_and_every_rule_is_there(crowd: Outcome, capped: dict[str, Any]) -> None:
    assert {result["ruleId"] for result in capped["results"]} == set(crowd.rules)
    lesser = [result["ruleId"] for result in capped["results"] if result["level"] != "error"]
    # 20,000 findings of the first rule, an error, leave room for one of each other rule that is none.
    assert sorted(lesser) == sorted(rule.code for rule in crowd.rules.values() if rule.severity is not Severity.ERROR)
    shown = Counter(result["ruleId"] for result in capped["results"])
    errors = [rule for rule in crowd.rules.values() if rule.severity is Severity.ERROR]
    assert [rule.code for rule in errors if shown[rule.code] < rule.count] == ["QUA001"]


def test_report_order_stays(capped: dict[str, Any]) -> None:
    lines = [place(result)[1] for result in capped["results"]]
    assert lines == sorted(lines)


def test_what_is_left_out_is_counted(capped: dict[str, Any]) -> None:
    assert sum(capped["properties"]["leftOut"].values()) == 30_000 - RESULTS
    (told,) = [n for n in capped["invocations"][0]["toolExecutionNotifications"] if n["level"] == "warning"]
    assert told["message"]["text"].startswith("25,000 of 30,000 findings are left out;")


def test_the_last_result_of_a_cut_rule_says_so(capped: dict[str, Any]) -> None:
    left = capped["properties"]["leftOut"]
    last = {result["ruleId"]: result["message"]["text"] for result in capped["results"]}
    assert left.keys() & last.keys()
    for rule, text in last.items():
        assert (f"and {left.get(rule, 0):,} more of {rule}" in text) == (rule in left)


def test_rules_are_in_a_stable_order(crowd: Outcome, capped: dict[str, Any]) -> None:
    assert [rule["id"] for rule in capped["tool"]["driver"]["rules"]] == sorted(crowd.rules)
