"""Five plans for five kinds of data: rules fire as the guide says, and not otherwise."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

import datalint
from datalint.core.results import Verdict
from datalint.support.varied import vary

GOOD: Mapping[str, Any] = {
    "goal": "style", "prompt-solves": False, "base-model": "Qwen/Qwen3-4B", "models": {"Qwen/Qwen3-0.6B": 0.3},
    "prompt-baseline": 0.5, "metric": "rubric", "method": "lora", "rank": 16, "epochs": 3, "batch": 8, "gpu": "24GB",
}  # fmt: skip
KINGS = [
    {
        "prompt": f"Who reigned in year {n}?",
        "completion": f"That was queen {words[0].title()} of {words[3].title()}, born in 1{n:03}.",
    }
    for n, words in enumerate(each.split() for each in vary("{w}", 160))
]
JSON = [
    {"prompt": f"Read the order number {n}", "completion": json.dumps({"item": f"hat {n}", "count": n})}
    for n in range(160)
]
LABELS = [{"prompt": row, "completion": "spam" if n % 2 else "ham"} for n, row in enumerate(vary("{w}", 160))]
STYLE = [
    {"prompt": one, "completion": other} for one, other in zip(vary("{w}", 160), vary("Well: {w}", 160), strict=True)
]
PAIRS = [
    {"prompt": one, "chosen": f"yes, {one}", "rejected": f"no, {one}"} for one in vary("{w}", 160)
]  # fmt: skip

PLANS: Sequence[tuple[str, Sequence[Mapping[str, Any]], Mapping[str, Any], set[str]]] = [
    ("style", STYLE, GOOD, set()),
    (
        "facts, trained in, with the largest model on a small GPU",
        KINGS,
        {"goal": "domain-knowledge", "base-model": "meta-llama/Llama-3.1-70B", "method": "lora",
         "gpu": "24GB", "metric": "F1"},
        {"RDY101", "RDY102", "RDY104", "RDY105"},
    ),
    ("a format", JSON, {"method": "qlora", "prompt-baseline": 0.9}, {"RDY103", "RDY106"}),
    (
        "labels, by heart",
        LABELS,
        {**GOOD, "goal": "speed", "epochs": 40, "rank": 2},
        {"RDY107"},
    ),
    (
        "preferences, in full, with the larger of two",
        PAIRS,
        {
            "goal": "style", "base-model": "Qwen/Qwen3-8B", "models": {"Qwen/Qwen3-4B": False},
            "method": "full", "gpu": "A100 80GB", "epochs": 1, "batch": 2, "metric": "win rate", "prompt-baseline": 0.5,
        },
        {"RDY104", "RDY105"},
    ),
]  # fmt: skip


def plan_rules(report: Any) -> set[str]:
    return {finding.rule for finding in report.findings if finding.rule.startswith("RDY1")}


@pytest.mark.parametrize(("rows", "plan", "expected"), [each[1:] for each in PLANS], ids=[each[0] for each in PLANS])
def test_rules_fire_as_the_guide_says(
    rows: Sequence[Mapping[str, Any]], plan: Mapping[str, Any], expected: set[str]
) -> None:
    report = datalint.lint(rows, config={"plan": plan, "select": ["RDY", "DIV003"]})
    assert plan_rules(report) == expected
    gates = {gate.measure: gate for gate in report.factors["readiness"].gates}
    assert gates["plan-problems"].value == len([f for f in report.findings if f.rule.startswith("RDY1")])
    whole = plan.keys() >= {"base-model", "method", "gpu"}
    assert gates["plan-errors"].value == (int("RDY105" in expected) if whole else None)
    assert (report.factors["readiness"].verdict is Verdict.FAIL) == ("RDY105" in expected)


def test_facts_in_answers_are_found_whatever_the_goal() -> None:
    report = datalint.lint(KINGS, config={"plan": GOOD, "select": ["RDY1"]})
    assert plan_rules(report) == {"RDY101"}


def test_without_a_plan_scores_are_as_before_and_the_report_says_how_to_write_one() -> None:
    report = datalint.lint(STYLE)
    readiness = report.factors["readiness"]
    plan = [gate for gate in readiness.gates if gate.measure.startswith("plan-")]
    assert [gate.verdict for gate in plan] == [Verdict.NOT_ASSESSED] * 2
    assert all("datalint advise --write-plan" in (gate.reason or "") for gate in plan)
    others = [gate.score for gate in readiness.gates if gate.score is not None and gate not in plan]
    assert readiness.score == min(others)
    assert not plan_rules(report)


def test_a_plan_in_a_file_is_checked_and_its_model_is_observed(tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    sizes = {
        "hidden_size": 8192, "num_hidden_layers": 80, "intermediate_size": 28672, "num_attention_heads": 64,
        "vocab_size": 128256,
    }  # fmt: skip
    (tmp_path / "model" / "config.json").write_text(json.dumps(sizes), encoding="utf-8")
    (tmp_path / "train.jsonl").write_text("".join(json.dumps(row) + "\n" for row in STYLE[:20]), encoding="utf-8")
    (tmp_path / "datalint.toml").write_text(
        '[plan]\nbase-model = "model"\nmethod = "lora"\ngpu = "24GB"\n', encoding="utf-8"
    )
    report = datalint.lint(str(tmp_path / "train.jsonl"))
    assert "RDY105" in plan_rules(report)
