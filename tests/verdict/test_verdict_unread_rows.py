"""Rows that could not be read as examples: nothing about what they say passes."""

from __future__ import annotations

from pathlib import Path

import pytest

import datalint
from datalint.core.results import Verdict

KNOWN = [{"prompt": f"Question {n}?", "completion": f"Answer {n}."} for n in range(3)]
UNKNOWN = [{"foo": f"a {n}", "bar": f"b {n}", "category": "x"} for n in range(2)]
CONTENTS = ("diversity", "quality", "balance")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (None, "no row could be read as an example: see FMT101 unknown-shape"),
        ("Hi\nHello\n", "no row could be read as an example: see FMT001 invalid-json"),
        ('{"text": ["Hi."]}\n{"text": ["Hello."]}\n', "no row could be read as an example: see FMT105 wrong-type"),
        ('{"chosen": "Hi.", "prompt": "Hello?"}\n' * 2, "no row could be read as an example: see FMT104 missing-key"),
    ],
)
def test_no_row_could_be_read(tmp_path: Path, text: str | None, why: str) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(text or "", encoding="utf-8")
    report = datalint.lint(UNKNOWN if text is None else path, config={})
    for name in CONTENTS:
        assert (report.factors[name].verdict, report.factors[name].remedy) == (Verdict.NOT_ASSESSED, why)
    [volume] = report.factors["volume"].gates
    assert (volume.verdict, volume.detail) == (Verdict.FAIL, why)
    assert f"effective examples 0 ({why})" in " ".join(str(report).split())
    assert "VOL001" not in report.rules
    assert report.verdict is Verdict.FAIL
    assert not any(note.startswith("not assessed") for note in report.notes)


def test_the_rule_that_reports_the_shape_is_not_selected() -> None:
    report = datalint.lint(UNKNOWN, config={"ignore": ["unknown-shape"]})
    assert report.factors["quality"].remedy == "no row could be read as an example"


def test_some_rows_could_not_be_read() -> None:
    report = datalint.lint([*KNOWN, *UNKNOWN], config={})
    assert report.factors["quality"].verdict is Verdict.PASS
    assert "not assessed: 2 of 5 rows, of unknown shape; see FMT101 unknown-shape" in report.notes


def test_the_rule_that_reports_some_rows_is_named() -> None:
    report = datalint.lint([*KNOWN * 10, {"questoin": "Who?", "answer": "Nobody."}], config={})
    assert "not assessed: 1 of 31 rows, of unknown shape; see FMT106 misspelled-key" in report.notes


@pytest.mark.parametrize("rows", [KNOWN, []])
def test_every_row_could_be_read(rows: list[dict[str, str]]) -> None:
    report = datalint.lint(rows, config={})
    told = [*report.notes, *(gate.reason or "" for factor in report.factors.values() for gate in factor.gates)]
    assert not any("not assessed" in words or "could be read" in words for words in told)
