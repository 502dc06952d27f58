"""Which data has the limits of an evaluation set, and that rules and gates agree on it."""

import json
from pathlib import Path
from typing import Any

import pytest

import datalint
from datalint.core.results import Verdict

AREAS = ("billing",) * 46 + ("delivery", "returns", "sales", "legal") * 5
LABELS = [{"text": f"Where is parcel number {n} of {n * 7}?", "label": area} for n, area in enumerate(AREAS)]
TOPICS = [{"prompt": f"Why {n}?", "completion": f"Since {n * 7}.", "category": area} for n, area in enumerate(AREAS)]
#: The rules of balance, and the gates that they explain.
GATES = {"largest-category-share": "BAL001", "evenness": "BAL002"}


@pytest.mark.parametrize("profile", ["guide", "strict", "minimal"])
@pytest.mark.parametrize(
    ("name", "rows", "uneven"),
    [
        ("rows.jsonl", LABELS, True),
        ("rows.jsonl", TOPICS, True),
        ("calibration_rows.jsonl", LABELS, False),
        ("train_calibration.jsonl", LABELS, True),
    ],
)
def test_rules_and_gates_of_balance_agree(
    name: str, rows: list[dict[str, Any]], profile: str, tmp_path: Path, *, uneven: bool
) -> None:
    (tmp_path / name).write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    report = datalint.lint(tmp_path / name, config={"profile": profile, "select": ("BAL001", "BAL002")})
    warned = {gate.measure for gate in report.factors["balance"].gates if gate.verdict in (Verdict.WARN, Verdict.FAIL)}
    assert bool(report.findings) is uneven
    assert bool(warned) is (uneven and profile != "minimal")


@pytest.mark.parametrize("profile", ["guide", "strict"])
def test_one_topic_of_nearly_all_rows_fails(profile: str, tmp_path: Path) -> None:
    rows = [{**row, "category": "billing"} for row in TOPICS[:-3]] + TOPICS[-3:]
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    report = datalint.lint(tmp_path / "rows.jsonl", config={"profile": profile, "select": ("BAL001", "BAL002")})
    assert [each.rule for each in report.findings] == ["BAL001"]
    assert report.factors["balance"].verdict is Verdict.FAIL


def test_what_nobody_answers_may_be_an_evaluation_set(tmp_path: Path) -> None:
    names = (("rows.jsonl", False), ("prompts.jsonl", False), ("grpo.jsonl", True), ("train_prompts.jsonl", True))
    for name, kind_is_clear in names:
        (tmp_path / name).write_text("".join(f'{{"prompt": "Who has gate {n} of {n * 7}?"}}\n' for n in range(120)))
        report = datalint.lint(tmp_path / name, config={"select": ("RDY001", "VOL001")})
        assert ({each.rule for each in report.findings} == {"RDY001", "VOL001"}) is kind_is_clear
        assert (
            any(note.startswith("prompts alone may be an evaluation set") for note in report.notes) is not kind_is_clear
        )


@pytest.mark.parametrize(
    ("name", "size", "is_clear"),
    [("ports.jsonl", 120, False), ("ports.jsonl", 600, True), ("train_ports.jsonl", 120, True)],
)
def test_a_few_questions_with_options_may_be_an_evaluation_set(
    name: str, size: int, tmp_path: Path, *, is_clear: bool
) -> None:
    rows = [
        {
            "question": f"Who has gate {n} of {n * 7}?",
            "options": [f"Ada {n}", f"Bo {n}", f"Cy {n}"],
            "answer": "ABC"[n % 3],
        }
        for n in range(size)
    ]
    (tmp_path / name).write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    report = datalint.lint(tmp_path / name, config={"select": ("RDY001",)})
    assert bool(report.findings) is is_clear
    words = "a few questions with options may be an evaluation set"
    assert any(note.startswith(words) for note in report.notes) is not is_clear


@pytest.mark.parametrize("profile", ["guide", "strict", "minimal"])
@pytest.mark.parametrize(("size", "verdict"), [(60, Verdict.WARN), (1_200, Verdict.PASS)])
def test_too_few_rows_to_train_on_never_pass_where_the_use_is_unclear(
    profile: str, size: int, verdict: Verdict, tmp_path: Path
) -> None:
    rows = [{"prompt": f"Where is dock {n}?", "completion": f"Next to gate {n * 7}."} for n in range(size)]
    (tmp_path / "calibration_rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    report = datalint.lint(tmp_path / "calibration_rows.jsonl", config={"profile": profile, "select": ("VOL001",)})
    assert report.factors["volume"].verdict is verdict
