"""Where a factor warns or fails, a finding or a note of that factor says why, and numbers of one report agree."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

import datalint
from datalint import Report, Verdict
from datalint.core.results import FactorResult
from datalint.testing import sentence

NAMES = ("rows.jsonl", "calibration_rows.jsonl", "seed_tasks.jsonl", "gate_test.jsonl", "train_gates.jsonl")
#: What a row may be instead of a new example.
FAULTS = ("none", "copy", "near copy", "other answer", "empty answer", "no answer", "secret", "one topic")


def row(number: int, fault: str) -> dict[str, Any]:
    """Return one of many different examples, with a fault."""
    said = {"prompt": f"Explain: {sentence(number)}", "completion": sentence(5_000 + number)}
    other = {"prompt": f"Explain: {sentence(0)}", "completion": sentence(5_000)}
    match fault:
        case "copy":
            return other
        case "near copy":
            return {**other, "completion": f"{other['completion']} Truly so."}
        case "other answer":
            return {"prompt": f"Is it open: {sentence(1)}?", "completion": "Yes" if number % 2 else "No"}
        case "empty answer":
            return {**said, "completion": ""}
        case "no answer":
            return {"prompt": said["prompt"]}
        case "secret":
            return {**said, "completion": f"Use ghp_q7Xr2LmV9sTbKd4WnYc8ZpHf3JgEu{number:03d}Re0 then."}
        case "one topic":
            return {**said, "category": "boats"}
    return said


def reported(name: str, rows: list[dict[str, Any]], profile: str = "guide") -> Report:
    """Check rows under the name of a file."""
    with TemporaryDirectory() as folder:
        file = Path(folder, name)
        file.write_text("".join(json.dumps(each) + "\n" for each in rows), encoding="utf-8")
        return datalint.lint(file, config={"profile": profile})


def causes(report: Report, factor: FactorResult) -> Iterator[str]:
    """Yield what says why a factor warns or fails."""
    for gate in factor.gates:
        if gate.verdict in (Verdict.WARN, Verdict.FAIL):
            yield from (rule for rule in gate.rules if rule in report.rules)
            # There is nothing to hold out of too few rows, which volume reports.
            yield from filter(None, [gate.detail if gate.measure == "evaluation-examples" else None])
    yield from (note for note in report.notes if note.startswith(f"{factor.factor.value} {factor.verdict.value}s"))


@given(
    name=st.sampled_from(NAMES),
    size=st.sampled_from((0, 1, 9, 40, 60, 130, 520)),
    fault=st.sampled_from(FAULTS),
    faulty=st.sampled_from((0.0, 0.02, 0.3, 1.0)),
    profile=st.sampled_from(("guide", "strict", "minimal")),
)
def test_each_warning_of_a_factor_has_a_cause(name: str, size: int, fault: str, faulty: float, profile: str) -> None:
    first = size - round(faulty * size)
    report = reported(name, [row(n, fault if n >= first else "none") for n in range(size)], profile)
    for factor in report.factors.values():
        if factor.verdict in (Verdict.WARN, Verdict.FAIL):
            assert [*causes(report, factor)], factor


def test_what_is_too_little_to_train_on_is_a_note_where_the_use_is_unclear() -> None:
    rows = [row(n, "none") for n in range(60)]
    said = "volume warns, as 60 effective examples are too few to train on (under 500)"
    assert said in reported("calibration_rows.jsonl", rows).notes
    assert not [note for note in reported("rows.jsonl", rows).notes if note.startswith("volume warns")]
    few = reported("calibration_rows.jsonl", rows[:20])
    assert "VOL001" in few.rules
    assert not [note for note in few.notes if note.startswith("volume warns")]


def similar(number: int) -> list[dict[str, Any]]:
    """Return an example, its copy, and one with other words of which no warning is made."""
    prompt = f"Describe {sentence(number)}"
    answer = f"{sentence(9_000 + number)} {sentence(12_000 + number)}"
    other = f"{answer} {' '.join(sentence(20_000 + number).split()[:4])}"
    return [{"prompt": prompt, "completion": said} for said in (answer, answer, other)]


def test_numbers_of_repeats_agree() -> None:
    report = reported("rows.jsonl", [each for n in range(40) for each in similar(n)])
    volume, diversity = (report.factors[name].gates for name in ("volume", "diversity"))
    repeats = 120 - int(report.measures["effective-examples"] or 0)
    assert f"{repeats} repeats" in (volume[0].detail or "")
    [found] = report.findings.of("VOL001")
    assert f"(120 rows read: {repeats} repeats" in found.message
    [redundant] = [gate for gate in diversity if gate.measure == "redundant-share"]
    named = round(float(redundant.value or 0) * 120)
    slight = re.search(r"(\d+) with a similarity under 0.85", found.message)
    assert named + (int(slight[1]) if slight else 0) == repeats
    assert named == repeats or redundant.detail == f"{named} of {repeats} repeats: no warning names the others"
    if any(note.startswith("repeats: ") for note in report.notes):
        assert any(f"{repeats} repeat others: without repeats {120 - repeats} would" in note for note in report.notes)
