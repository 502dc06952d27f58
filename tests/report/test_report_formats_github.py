"""Workflow commands, read as GitHub's runner reads them (actions/runner, ActionCommand.cs)."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from report_checks import Command, check_github, parse_command
from report_samples import TEXTS, finding, many, outcome

from datalint.core.results import Outcome, Verdict
from datalint.report.github import LIMIT, command, to_github


@pytest.fixture(autouse=True)
def _no_runner(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        monkeypatch.delenv(name, raising=False)


def commands(given: Outcome) -> list[Command]:
    return check_github(to_github(given).encode())


@pytest.mark.parametrize("text", TEXTS)
def test_escapes_are_undone_by_the_runner(text: str) -> None:
    said = text.replace("##[", "")
    assert parse_command(command("error", {"title": said}, said)) == Command("error", {"title": said}, said)


@pytest.mark.parametrize("text", TEXTS)
def test_a_message_stays_in_its_annotation(text: str) -> None:
    *_, last = commands(outcome([finding(message=text, name=text)], files=(f"{text}.jsonl",)))
    assert last.level == "error"
    assert sorted(last.properties) in (["file", "line", "title"], ["title"])
    assert "\n" not in last.message


def test_the_verdict_comes_first_with_its_reasons() -> None:
    first = commands(outcome([]))[0]
    assert first.level == "error"
    assert first.properties == {"title": "datalint: fail"}
    assert first.message.startswith("fail, score 12 of 100\nvolume: share that comes to fail 50 % (warns over 3 %,")


@pytest.mark.parametrize(
    ("verdict", "fail_on", "level"),
    [
        (Verdict.FAIL, "fail", "error"),
        (Verdict.WARN, "warn", "error"),
        (Verdict.WARN, "fail", "warning"),
        (Verdict.PASS, "fail", "notice"),
        (Verdict.NOT_ASSESSED, "fail", "warning"),
    ],
)
def test_the_verdicts_level(verdict: Verdict, fail_on: str, level: str) -> None:
    assert commands(outcome([], verdict=verdict, fail_on=fail_on))[0].level == level


def test_findings_are_gathered_by_rule_and_file() -> None:
    given = [finding(file=n // 10, line=n % 10 + 1, message=f"number {n}") for n in range(20)] + [
        finding(rule="QUA002", file=1, line=4)
    ]
    *_, one, two, other = commands(outcome(given))
    assert one.properties == {"file": "data/one.jsonl", "line": "1", "title": "QUA001 a-rule"}
    assert one.message.endswith("\n10 findings of this rule in this file; the others: 2, 3, 4, 5, 6 and 4 more")
    assert two.properties["file"] == "data/two.jsonl"
    assert other.message == "a message"


def test_findings_about_a_whole_file_name_no_rows() -> None:
    (_, one) = commands(outcome([finding(file=0, line=None, row=None, message=text) for text in "abc"]))
    assert one.message.endswith("\n3 findings of this rule in this file")


def test_places_as_far_as_they_are_known() -> None:
    nowhere = finding(file=None, line=None, row=None)
    other = nowhere | {"message": "another"}
    *_, dataset, again = commands(outcome([nowhere, other, finding(rule="QUA002", line=None, row=17)]))
    assert dataset.properties == {"title": "QUA001 a-rule"}
    assert dataset.message == "a message\n2 findings of this rule"
    assert again.properties == {"file": "data/one.jsonl", "title": "QUA002 a-rule"}
    assert again.message == "row 17: a message"
    (_, rows) = commands(outcome([finding()], files=("<rows>",)))
    assert rows.properties == {"title": "QUA001 a-rule"}


def test_one_cause_is_one_annotation() -> None:
    given = [finding(line=n, row=n) for n in (3, 4, 5, 9)]
    assert commands(outcome(given))[-1].message == "a message (4 rows: lines 3–5, 9)"


def test_files_start_at_the_workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sets").mkdir()
    monkeypatch.chdir(tmp_path / "sets")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    assert commands(outcome([finding()], files=("a.jsonl",)))[-1].properties["file"] == "sets/a.jsonl"


def test_most_severe_first_and_within_the_runners_limits() -> None:
    found = commands(outcome(many(30_000, rules=60)))
    levels = [each.level for each in found]
    assert levels == sorted(levels, key=["error", "warning", "notice"].index)
    assert Counter(levels) == dict.fromkeys(("error", "warning", "notice"), LIMIT)


def test_the_last_of_a_level_counts_the_rest() -> None:
    found = commands(outcome(many(30_000, rules=60)))
    counted = 0
    for each in found[1:]:
        several = re.search(r"\n([\d,]+) findings of this rule", each.message)
        rest = re.match(r"([\d,]+) more findings have no annotation", each.message)
        counted += int((several or rest or [0, "1"])[1].replace(",", ""))
        assert (rest is not None) == (each.properties["title"].endswith("more findings"))
    assert counted == 30_000


def test_as_many_as_there_is_room_for_need_no_last_word() -> None:
    given = [finding(rule=f"QUA{n:03}") for n in range(LIMIT - 1)]
    found = commands(outcome(given))
    assert len(found) == LIMIT
    assert not any("more findings" in each.message for each in found)
