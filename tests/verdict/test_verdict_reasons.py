"""Every factor that does not pass has a finding, or its line says why it has none."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pytest
from draws import examples
from hypothesis import given, settings
from hypothesis import strategies as st

import datalint
from datalint.core.results import Verdict
from datalint.report.model import Report

WORDS: Final = "harbour lantern meadow granite whisper kettle orchard velvet compass thunder pebble walnut".split()


def text(number: int, size: int) -> str:
    return " ".join(WORDS[(number * step + step) % len(WORDS)] + str(number) for step in range(1, size + 1))


def pair(number: int, **keys: str) -> str:
    return json.dumps({"prompt": f"What is {text(number, 3)}?", "completion": f"It is {text(number, 6)}.", **keys})


#: A line for each number.
KINDS: Final = {
    "good": pair,
    "labelled": lambda number: pair(number, category="one"),
    "copies": lambda number: pair(0),
    "brief": lambda number: '{"tokens": ["Ann", "rides"], "tags": ["B-PER", "O"]}',
    "empty": lambda number: json.dumps({"prompt": text(number, 4), "completion": ""}),
    "refusing": lambda number: json.dumps({"prompt": text(number, 4), "completion": "I'm sorry, I can't help."}),
    "garbled": lambda number: pair(number).replace("It is", "It is caf\u00c3\u00a9,"),
    "secret": lambda number: pair(number).replace("It is", "Mail ann.lee@gmx.net:"),
    "unknown": lambda number: json.dumps({"foo": number, "bar": text(number, 2)}),
    "broken": lambda number: f'{{"prompt": "{number}", "completion"',
    "blank": lambda number: "",
}


def unexplained(report: Report) -> list[str]:
    """Return the factors that neither pass nor say why."""
    found = {rule.factor for rule in report.rules.values()}
    left = [each for each in report.factors.values() if each.verdict in (Verdict.WARN, Verdict.FAIL)]
    left = [each for each in left if each.factor not in found]
    shown = " ".join(str(report).split())
    return [
        each.factor.value
        for each in left
        if each.deciding is None or f"{each.deciding.title} {each.deciding.shown} (" not in shown
    ]


@given(st.lists(st.tuples(st.sampled_from(sorted(KINDS)), st.sampled_from((1, 4, 26, 60))), min_size=1, max_size=3))
@settings(max_examples=examples(10), deadline=None)
def test_every_factor_that_does_not_pass_says_why(parts: list[tuple[str, int]]) -> None:
    lines = [KINDS[kind](100 * place + number) for place, (kind, count) in enumerate(parts) for number in range(count)]
    with TemporaryDirectory() as folder:
        (path := Path(folder, "rows.jsonl")).write_text("\n".join(lines) + "\n", encoding="utf-8")
        assert unexplained(datalint.lint(path)) == []


@pytest.mark.parametrize(
    ("kind", "count", "why"),
    [("good", 60, "too few rows to hold any out"), ("good", 120, None)],
)
def test_no_evaluation_set(kind: str, count: int, why: str | None, tmp_path: Path) -> None:
    (path := tmp_path / "rows.jsonl").write_text("\n".join(map(KINDS[kind], range(count))) + "\n", encoding="utf-8")
    report = datalint.lint(path)
    [gate] = [each for each in report.factors["readiness"].gates if each.measure == "evaluation-examples"]
    assert (gate.verdict, gate.detail) == (Verdict.WARN, why)
    assert ("RDY001" in report.rules) is (why is None)


@pytest.mark.parametrize("name", ["rows.jsonl", "rag/rows.jsonl", "knowledge_base/rows.jsonl", "few.jsonl"])
def test_rows_that_are_not_read_are_for_nothing_yet(name: str, tmp_path: Path) -> None:
    (path := tmp_path / name).parent.mkdir(exist_ok=True)
    count = 4 if name == "few.jsonl" else 120
    path.write_text("\n".join(map(KINDS["unknown"], range(count))) + "\n", encoding="utf-8")
    report = datalint.lint(path)
    assert report.kind == "sft"
    assert not [note for note in report.notes if "--kind" in str(note)]
    assert report.factors["volume"].verdict is Verdict.FAIL
    readiness = report.factors["readiness"]
    assert readiness.verdict is Verdict.NOT_ASSESSED
    assert "no row could be read" in str(readiness.remedy)


def test_a_file_of_a_folder_says_that_it_is_one(tmp_path: Path) -> None:
    for part in range(8):
        lines = map(KINDS["good"], range(100 * part, 100 * part + 60))
        (tmp_path / f"rows_{part}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    report = datalint.lint(tmp_path / "rows_3.jsonl")
    [gate] = [each for each in report.factors["readiness"].gates if each.measure == "evaluation-examples"]
    assert gate.detail == "this is one of 8 files of its folder"
