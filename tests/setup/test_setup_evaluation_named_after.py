"""A file that is named after another one, with a word for evaluation, is its evaluation set in every command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import datalint
from datalint.testing import sentence


def written(file: Path, first: int) -> None:
    rows = ({"prompt": f"Explain: {sentence(n)}", "completion": sentence(5_000 + n)} for n in range(first, first + 20))
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def splits(target: Path) -> dict[str, str]:
    return {Path(each.path).name: each.split for each in datalint.lint(target).files}


@pytest.mark.parametrize(
    ("name", "other", "held"),
    [
        ("gates.jsonl", "val_gates.jsonl", True),
        ("fine_tuning_gates.jsonl", "validation_fine_tuning_gates.jsonl", True),
        ("gates.jsonl", "gates_eval.jsonl", True),
        ("gates.jsonl", "gates-dev.jsonl", True),
        # A word for tuning says which file is for training where the other one has a word for evaluation in its place.
        ("finetune.jsonl", "valid.jsonl", True),
        ("Fine-Tuning.jsonl", "Test.jsonl", True),
        ("gates_sft.jsonl", "gates_dev.jsonl", True),
        ("finetuned_gates.jsonl", "valid_gates.jsonl", False),
        ("gates_sft.jsonl", "docks_dev.jsonl", False),
        ("gates.jsonl", "valid.jsonl", False),
        # Tests may be those of a program, and what follows another name is no evaluation set of this one.
        ("gates.jsonl", "gates_test.jsonl", False),
        ("gates.jsonl", "val_docks.jsonl", False),
        ("gates.jsonl", "evalgates.jsonl", False),
    ],
)
def test_folder(name: str, other: str, tmp_path: Path, *, held: bool) -> None:
    written(tmp_path / name, 0)
    written(tmp_path / other, 100)
    assert splits(tmp_path) == {name: "train", other: "evaluation" if held else "train"}
    if held:
        assert splits(tmp_path / name) == splits(tmp_path)
