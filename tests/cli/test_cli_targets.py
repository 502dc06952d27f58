"""``--target``, ``datalint targets`` and ``datalint target``."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from cli_runs import Run
from every import every

from datalint.targets.load import built_in

ROWS = [
    {"messages": [{"role": "user", "content": f"Question {n}?"}, {"role": "assistant", "content": f"Answer {n}."}]}
    for n in range(12)
]


@pytest.fixture
def train(tmp_path: Path) -> Path:
    rows = [*ROWS, {"messages": [{"role": "human", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}]
    path = tmp_path / "train.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def test_a_line_for_each_target(run: Run, train: Path) -> None:
    text = run("check", "--isolated", str(train), "--target", "trl,openai").text
    assert "\n  trl: 13 of 13 rows train; tokens were not counted; it reads 1,024 of a row: add --model\n" in text
    said = "openai: 0 of 13 rows train; it refuses the data as it is, and accepts 12 of the rows; 1 rejected: a role"
    assert said in " ".join(text.split())


def test_the_lines_are_in_every_format(run: Run, train: Path) -> None:
    for kind in ("markdown", "html"):
        shown = run("check", "--isolated", str(train), "--target", "openai", "-o", f"{kind}:-").text
        assert "0 of 13 rows train" in shown
    report = json.loads(run("check", "--isolated", str(train), "--target", "openai", "-o", "json:-").text)
    [openai] = report["targets"]
    assert (openai["trained"], openai["accepted"], openai["refused"]) == (0, 12, True)
    assert report["measures"]["untrained-share"] == 1
    [gate] = [each for each in report["factors"]["format"]["gates"] if each["measure"] == "untrained-share"]
    assert (gate["verdict"], gate["detail"]) == ("fail", "openai: 0 of 13 rows train")


def test_without_a_target_nothing_is_said_of_one(run: Run, train: Path) -> None:
    report = json.loads(run("check", "--isolated", str(train), "-o", "json:-").text)
    assert report["targets"] == []
    assert report["measures"]["untrained-share"] is None
    assert report["not_assessed"]["FMT702"]["reason"] == "no target; name one with --target NAME"
    assert not [code for code in report["rules"] if code.startswith("FMT70")]


def test_without_a_target_the_package_is_not_imported(train: Path) -> None:
    script = (
        "import sys; from datalint.cli.main import cli; "
        f"cli(['check', '--isolated', '--no-cache', {str(train)!r}], standalone_mode=False); "
        "print([name for name in sys.modules if name.startswith('datalint.targets')], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stderr.strip().endswith("[]")


def test_targets_are_listed_with_date_and_source(run: Run) -> None:
    text = run("targets").text
    listed = json.loads(run("targets", "--output-format", "json").text)
    assert [each["name"] for each in listed] == built_in()
    for each in listed:
        assert f"{each['date']}  {each['title']}" in text
    assert "closed to new users since 2026-05" in " ".join(text.split())


@every("name", built_in())
def test_a_target_is_shown(run: Run, name: str) -> None:
    text = run("target", name).text
    assert all(f"\n{title}" in text for title in ("formats:", "tool arguments: ", "sources:"))
    assert json.loads(run("target", name, "--output-format", "json").text)["name"] == name


def test_a_target_that_there_is_not(run: Run) -> None:
    ran = run("target", "opnai")
    assert (ran.code, ran.error) == (2, 'error: unknown target "opnai"; did you mean "openai"?\n')
