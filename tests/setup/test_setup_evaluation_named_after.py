"""A file that is named after another one, with a word for evaluation, is its evaluation set in every command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import datalint
from datalint.testing import sentence


def written(file: Path, first: int, count: int = 20) -> None:
    rows = (
        {"prompt": f"Explain: {sentence(n)}", "completion": sentence(5_000 + n)} for n in range(first, first + count)
    )
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def splits(target: Path) -> dict[str, str]:
    # Which rules are run has no part in it.
    report = datalint.lint(target, config={"select": ("VOL001",)})
    return {Path(each.path).name: each.split for each in report.files}


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


@pytest.mark.parametrize(
    ("names", "held"),
    [
        (("gates.jsonl", "valid.jsonl"), "valid.jsonl"),
        (("gates.jsonl", "Test.jsonl"), "Test.jsonl"),
        # A third file may be what the rows were taken from, and other words say that the file is no training set.
        (("gates.jsonl", "docks.jsonl", "test.jsonl"), None),
        (("gates.jsonl", "docks/test.jsonl"), None),
        (("gates.json", "test.jsonl"), None),
        (("gates.jsonl", "test-2.jsonl"), None),
        (("invalid.jsonl", "valid.jsonl"), None),
        (("development.jsonl", "test.jsonl"), None),
        (("all_gates.jsonl", "test.jsonl"), None),
        (("predictions.jsonl", "test.jsonl"), None),
        (("gold.jsonl", "test.jsonl"), None),
    ],
)
def test_the_only_other_file_of_a_folder(names: tuple[str, ...], held: str | None, tmp_path: Path) -> None:
    for place, name in enumerate(names):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        written(tmp_path / name, 100 * place)
    expected = {Path(name).name: "evaluation" if name == held else "train" for name in names}
    assert splits(tmp_path) == expected


@pytest.mark.parametrize(
    ("others", "rows", "named"),
    [
        (("test.jsonl",), 24, True),
        # A part of the data may be there to try a program, and what has its rows and more another version of it.
        (("test.jsonl",), 16, False),
        (("gates_v2.jsonl", "test.jsonl"), 24, False),
        (("test_v2.jsonl",), 24, False),
    ],
)
def test_the_only_other_file_is_named_with_the_rows_of_the_data(
    others: tuple[str, ...], rows: int, tmp_path: Path, *, named: bool
) -> None:
    written(tmp_path / "gates.jsonl", 0)
    for name in others:
        written(tmp_path / name, 0, rows)
    report = datalint.lint(tmp_path / "gates.jsonl", config={"select": ("RDY001",)})
    [message] = [each.message for each in report.findings]
    assert ("shares columns and 20 rows: if it is one, --eval test.jsonl" in message) == named
