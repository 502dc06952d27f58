"""Five plans for five public datasets: the rules about plans fire as the guide says, and not otherwise.

DATALINT_CORPUS names the folder that holds the datasets.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from datalint import lint

CORPUS = os.environ.get("DATALINT_CORPUS", "")
#: A plan that the guide has nothing against.
GOOD = {
    "goal": "style", "prompt-solves": False, "base-model": "Qwen/Qwen3-4B", "prompt-baseline": 0.52, "metric": "F1",
    "models": {"Qwen/Qwen3-0.6B": 0.31, "Qwen/Qwen3-4B": 0.52}, "method": "lora", "rank": 16, "epochs": 2,
    "gpu": "24GB",
}  # fmt: skip
#: Dataset, what its plan has instead, and the rules that fire.
PLANS: list[tuple[str, dict[str, Any], set[str]]] = [
    ("azure-chat/chat_train.jsonl", {}, set()),
    # Labels of symptoms: a prompt does it, and nobody measured one.
    (
        "mi_sym/Symptom2Disease.csv",
        {"goal": "output-format", "prompt-solves": None, "prompt-baseline": None},
        {"RDY102", "RDY106"},
    ),
    # Facts about a product, to be learned by heart from few rows, without a metric.
    (
        "unsloth/alpaca_unsloth.json",
        {"goal": "domain-knowledge", "metric": None, "epochs": 20},
        {"RDY101", "RDY103", "RDY107"},
    ),
    # The largest model first, on a GPU that is too small.
    (
        "lf-glaive-en/glaive_toolcall_en_demo.json",
        {"base-model": "meta-llama/Llama-3.1-70B", "models": {"meta-llama/Llama-3.1-8B": False}, "epochs": 3},
        {"RDY104", "RDY105"},
    ),
    # 86 rows and a few steps.
    ("foundry-stock/stock_toolcall_training.jsonl", {"rank": 1}, {"RDY107"}),
]


@pytest.mark.skipif("DATALINT_CORPUS" not in os.environ, reason="DATALINT_CORPUS names no folder of real datasets")
@pytest.mark.parametrize(("name", "instead", "expected"), PLANS, ids=[name for name, _, _ in PLANS])
def test_rules_fire_as_the_guide_says(name: str, instead: dict[str, Any], expected: set[str]) -> None:
    plan = {key: value for key, value in (GOOD | instead).items() if value is not None}
    report = lint(Path(CORPUS) / name, eval=False, config={"select": ["RDY1"], "plan": plan})
    assert {finding.rule for finding in report.findings} == expected
