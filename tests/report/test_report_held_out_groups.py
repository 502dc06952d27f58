"""A split is proposed only where the rows that it keeps together leave enough for evaluation."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from datalint import lint
from datalint.cli.main import cli
from datalint.report.next_step import next_steps
from datalint.report.remedies import command_in, concrete
from datalint.testing import sentence

SAME = " ".join(sentence(n) for n in range(9_000, 9_012))
CONFIG = {"select": ("DIV", "RDY")}


def write(path: Path, rows: int, alike: int, start: int = 0, *, one_prompt: bool = False) -> str:
    """Write rows, of which the first ``alike`` are near-duplicates with one prompt."""
    with path.open("w", encoding="utf-8") as file:
        for n in range(start, start + rows):
            same = n - start < alike
            answer = f"{SAME} {sentence(n)}" if same else sentence(20_000 + n)
            prompt = "Write the report." if same or one_prompt else sentence(n)
            file.write(json.dumps({"prompt": prompt, "completion": answer}) + "\n")
    return str(path)


@pytest.mark.parametrize(
    ("rows", "alike", "asked"),
    [
        (1_200, 1_200, None),
        (1_200, 1_190, None),
        (1_200, 1_150, "50"),
        (1_200, 600, "10%"),
        (1_200, 0, "10%"),
    ],
)
def test_a_split_is_proposed_where_it_leaves_rows_for_evaluation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: int, alike: int, asked: str | None
) -> None:
    monkeypatch.chdir(tmp_path)
    path = write(tmp_path / "data.jsonl", rows, alike)
    config = {**CONFIG, "gates": {"effective-examples": {"fail": 1, "warn": 1}}}
    report = lint(path, eval=False, config=config)
    remedy = concrete(report.rules["RDY001"].remedy, report, [path])
    command = command_in(remedy)
    if asked is None:
        assert command is None
        assert remedy.startswith(f"Write examples with other texts for evaluation: {alike:,} of {rows:,} rows are")
        assert not any(" split " in step for step in next_steps(report, [path], []))
        return
    assert command is not None
    assert f" --eval {asked} " in command
    result = CliRunner().invoke(cli, shlex.split(command)[1:])
    assert result.exit_code == 0, result.output
    found = re.search(r"eval ([\d,]+)", result.output)
    assert found is not None
    assert int(found[1].replace(",", "")) > 0


def test_rows_that_leak_are_not_divided_again_if_all_are_connected(tmp_path: Path) -> None:
    path, held = write(tmp_path / "train.jsonl", 600, 600), write(tmp_path / "held.jsonl", 120, 120, 5_000)
    report = lint(path, eval=held, config=CONFIG)
    remedy = concrete(report.rules["RDY004"].remedy, report, [path, "--eval", held])
    assert remedy.startswith("Write examples with other texts for evaluation: 720 of 720 rows are connected")
    assert not any(" split " in step for step in next_steps(report, [path, "--eval", held], []))


def test_one_prompt_alone_keeps_no_rows_together(tmp_path: Path) -> None:
    path = write(tmp_path / "data.jsonl", 600, 0, one_prompt=True)
    report = lint(path, eval=False, config={"select": ("RDY001", "DIV003")})
    assert report.connected == (0, 0)
