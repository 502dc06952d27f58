"""Leaks of parallel text are those of both sides."""

from __future__ import annotations

from pathlib import Path

import pytest

from datalint.operations.check import lint
from datalint.support.varied import sentence


def write(folder: Path, split: str, sides: list[tuple[str, str]]) -> None:
    """Write sides of which none is the prompt of the other, so that they are not read as pairs."""
    for name, lines in zip(("s1", "s2"), zip(*sides, strict=True), strict=True):
        (folder / f"{split}.{name}.txt").write_text("".join(f"{line}\n" for line in lines))


def leaked(folder: Path, side: str) -> dict[str, list[int | None]]:
    report = lint(folder / f"train.{side}.txt", config={"select": ["RDY003", "RDY004", "RDY005"]})
    rules = sorted({finding.rule for finding in report.findings})
    return {rule: [each.line for each in report.findings if each.rule == rule] for rule in rules}


def pairs(numbers: range, other: int = 1000) -> list[tuple[str, str]]:
    return [(f"{sentence(n)} {sentence(200 + n)}", f"{sentence(other + n)} {sentence(2000 + n)}") for n in numbers]


@pytest.mark.parametrize("side", ["s1", "s2"])
def test_lines_leak_if_both_sides_do(tmp_path: Path, side: str) -> None:
    train = pairs(range(60))
    held = [*pairs(range(100, 140)), *train[:2], (f"{train[2][0]} again", f"{train[2][1]} again")]
    other = [(f"{train[3][0]} again", sentence(5000)), (train[4][0], sentence(5001))]
    write(tmp_path, "train", train)
    write(tmp_path, "test", held + other)
    found = leaked(tmp_path, side)
    assert found["RDY003"] == [1, 2]
    assert found["RDY004"] == [3]


def test_of_rows_with_the_same_line_the_one_with_the_same_other_line_leaks(tmp_path: Path) -> None:
    train = pairs(range(60))
    train[7] = (train[5][0], sentence(6000))
    write(tmp_path, "train", train)
    write(tmp_path, "test", [*pairs(range(100, 140)), (train[5][0], sentence(6001)), train[7]])
    assert leaked(tmp_path, "s1")["RDY003"] == [8]


def test_places_are_those_of_filled_lines_where_one_side_has_more_empty_ones(tmp_path: Path) -> None:
    train = pairs(range(60))
    write(tmp_path, "train", train)
    write(tmp_path, "test", [*pairs(range(100, 140)), train[9], (train[10][0], sentence(6000))])
    text = (tmp_path / "train.s2.txt").read_text()
    (tmp_path / "train.s2.txt").write_text("\n" + text)
    assert leaked(tmp_path, "s1")["RDY003"] == [10]


def test_without_another_side_lines_leak_alone(tmp_path: Path) -> None:
    train = pairs(range(60))
    write(tmp_path, "train", train)
    write(tmp_path, "test", [*pairs(range(100, 140)), (train[4][0], sentence(6000))])
    (tmp_path / "test.s2.txt").unlink()
    assert leaked(tmp_path, "s1")["RDY003"] == [5]
