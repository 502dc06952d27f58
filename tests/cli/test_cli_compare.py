"""``datalint compare``, and ``check --base-ref``: in a repository as a pull request would have it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cli_runs import FIXTURES, Ran, Run, run_here

Git = Callable[..., str]
GOOD = (FIXTURES / "good" / "train.jsonl").read_text()
HELD = (FIXTURES / "good" / "eval.jsonl").read_text()
POINTER = f"version https://git-lfs.github.com/spec/v1\noid sha256:{'0' * 64}\nsize 12345\n"


def datalint(*arguments: str, cwd: Path) -> Ran:
    """Run the command again, whatever was run before."""
    return run_here(*arguments, cwd=cwd)


def call_git(folder: Path, *arguments: str) -> str:
    """Run git without a configuration of the user or the machine."""
    plain = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    done = subprocess.run(
        ("git", *arguments), cwd=folder, env=os.environ | plain, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with one commit: a good dataset."""
    folder = tmp_path_factory.mktemp("repository")
    (folder / "data").mkdir()
    (folder / "datalint.toml").write_text('data = ["data/train.jsonl"]\n')
    (folder / "data" / "train.jsonl").write_text(GOOD)
    (folder / "data" / "eval.jsonl").write_text(HELD)
    call_git(folder, "init", "-q", "-b", "main")
    call_git(folder, "config", "user.email", "ada@example.org")
    call_git(folder, "config", "user.name", "Ada")
    call_git(folder, "add", "-A")
    call_git(folder, "commit", "-q", "-m", "first")
    return folder


@pytest.fixture
def git(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """Return a function that runs git in a copy of the repository."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    shutil.copytree(repository, tmp_path, dirs_exist_ok=True)

    def call(*arguments: str, cwd: Path = tmp_path) -> str:
        return call_git(cwd, *arguments)

    return call


def spoil(folder: Path) -> None:
    """Add what a pull request should not: a copy, a near-copy, an evaluation row, an empty response."""
    rows = GOOD.splitlines()
    near: dict[str, Any] = json.loads(rows[10])
    near["messages"][-1]["content"] += " Thanks a lot."
    empty: dict[str, Any] = json.loads(rows[20])
    empty["messages"][0]["content"] += " Once more."
    empty["messages"][-1]["content"] = ""
    more = [rows[3], json.dumps(near), HELD.splitlines()[0], json.dumps(empty)]
    (folder / "data" / "train.jsonl").write_text("\n".join([*more, *rows]) + "\n")


def test_a_bad_pull_request_is_stopped_and_told_why(git: Git, tmp_path: Path) -> None:
    spoil(tmp_path)
    ran = datalint("compare", "--base-ref", "main", cwd=tmp_path)
    assert (ran.code, ran.error) == (1, "")
    first = "\n".join(ran.text.splitlines()[:45])
    assert first.startswith("PASS (score 100) → FAIL (score 43)\n")
    for words in (
        "old main:data/train.jsonl  600 rows",
        "600 rows became 604: 4 added, 600 unchanged.",
        "evaluation examples in training",
        "New leakage: 1 evaluation row in the training set",
        "Added rows that repeat what was there: ",
        "QUA002 empty-response",
    ):
        assert words in first


def test_check_lists_what_the_pull_request_brings(git: Git, tmp_path: Path) -> None:
    spoil(tmp_path)
    ran = datalint("check", "--base-ref", "main", "--output-format", "json", cwd=tmp_path)
    data = json.loads(ran.output)
    assert ran.code == 1
    rules = {finding["rule"] for finding in data["findings"]}
    assert {"QUA002", "RDY003", "DIV001", "DIV003"} <= rules
    assert "QUA007" not in rules
    assert data["examples"] == 604


def test_no_change_passes(git: Git, tmp_path: Path) -> None:
    ran = datalint("compare", "--base-ref", "HEAD", "--select", "FMT,VOL", cwd=tmp_path)
    assert ran.code == 0
    assert "Byte-identical: the file did not change." in ran.text
    ran = datalint("check", "--base-ref", "HEAD", "--select", "FMT,VOL", cwd=tmp_path)
    assert ran.code == 0
    assert "No findings." in ran.text


def test_a_new_file_is_all_new(git: Git, tmp_path: Path) -> None:
    (tmp_path / "data" / "more.jsonl").write_text(GOOD)
    ran = datalint("compare", "--base-ref", "main", "data/more.jsonl", "--select", "FMT", cwd=tmp_path)
    assert "old nothing  0 rows" in ran.text
    assert "0 rows became 600: 600 added." in ran.text


def test_the_base_of_the_evaluation_set_is_the_old_one(git: Git, tmp_path: Path) -> None:
    (tmp_path / "data" / "eval.jsonl").write_text(HELD + GOOD.splitlines()[0] + "\n")
    ran = datalint("compare", "--base-ref", "main", "--select", "RDY", "--output-format", "json", cwd=tmp_path)
    data = json.loads(ran.output)
    assert [(leak["kind"], leak["training"]["row"]) for leak in data["leaks"]] == [("exact", 1)]
    assert (data["old"]["verdict"], data["new"]["verdict"]) == ("pass", "fail")


def test_what_the_configuration_excludes_is_out_on_both_sides(git: Git, tmp_path: Path) -> None:
    (tmp_path / "data" / "scratch.jsonl").write_text("{broken\n")
    git("add", "-A")
    git("commit", "-q", "-m", "scratch")
    (tmp_path / "datalint.toml").write_text('exclude = ["scratch.jsonl", "eval.jsonl"]\n')
    ran = datalint("compare", "--base-ref", "main", "data", "--select", "FMT", "--output-format", "json", cwd=tmp_path)
    data = json.loads(ran.output)
    assert data["old"]["files"] == ["main:data/train.jsonl"]
    assert data["new"]["files"] == ["data/train.jsonl"]


def test_what_is_ignored_in_a_file_is_ignored_at_the_base(git: Git, tmp_path: Path) -> None:
    (tmp_path / "datalint.toml").write_text('[per-file-ignores]\n"data/train.jsonl" = ["QUA007"]\n')
    asked = ("compare", "--base-ref", "main", "data/train.jsonl", "--select", "QUA007", "--output-format", "json")
    assert json.loads(datalint(*asked, cwd=tmp_path).output)["old"]["findings"] == 0
    assert json.loads(datalint(*asked, "--isolated", cwd=tmp_path).output)["old"]["findings"] > 0


PAIR = ("compare", "--isolated", "--select", "FMT,VOL", "good/train.jsonl", "tiny.jsonl")


def test_two_files(run: Run) -> None:
    ran = run("compare", "--isolated", "--select", "FMT,VOL", "good/train.jsonl", "good/train.jsonl")
    assert ran.code == 0
    ran = run(*PAIR, "--output-format", "json")
    assert ran.code == 1
    assert json.loads(ran.output)["new"]["verdict"] == "fail"


def test_exit_zero_and_fail_on(run: Run) -> None:
    assert run(*PAIR, "--exit-zero").code == 0
    pair = ("compare", "--isolated", "--ignore", "VOL", "tiny.jsonl", "tiny.jsonl")
    assert [run(*pair, "--fail-on", kind).code for kind in ("fail", "warn")] == [0, 1]


def test_files_hold_what_is_printed(run: Run, tmp_path: Path) -> None:
    files = {kind: tmp_path / kind for kind in ("text", "json", "markdown", "html")}
    outputs = [word for kind, path in files.items() for word in ("--output", f"{kind}:{path}")]
    quiet = run(*PAIR, "--full", "--quiet", *outputs)
    assert (quiet.output, quiet.error) == (b"", "")
    for kind, path in files.items():
        assert path.read_bytes() == run(*PAIR, "--full", "--output-format", kind).output, kind


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("compare",), "give OLD and NEW"),
        (("compare", "data/train.jsonl"), "give OLD and NEW"),
        (("compare", "data", "data", "data"), "give OLD and NEW"),
        (("compare", "nowhere.jsonl", "data"), "no such file"),
        (("compare", "--base-ref", "nowhere"), "the revision nowhere is not in this clone"),
        (("compare", "--base-ref=--output=x"), "is not a git revision"),
        (("compare", "--base-ref", "main", "-"), "compares only files"),
        (("check", "--base-ref", "nowhere"), "`git fetch origin nowhere:refs/remotes/origin/nowhere`"),
        (("check", "--base-ref", "main", "data/train.jsonl", "../outside.jsonl"), "is outside of the git repository"),
        (("compare", "--output", "csv:x", "data", "data"), "'csv' is not a format"),
        (
            ("compare", "data/pointer.jsonl", "data/train.jsonl"),
            "run `git lfs pull`, or give actions/checkout `lfs: true`",
        ),
        (("check", "--base-ref", "main", "data/pointer.jsonl"), "run `git lfs pull`"),
    ],
)
def test_could_not_run(git: Git, tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    (tmp_path / "data" / "pointer.jsonl").write_text(POINTER)
    (tmp_path.parent / "outside.jsonl").write_text(GOOD)
    ran = datalint(*arguments, cwd=tmp_path)
    assert ran.code == 2
    assert ran.output == b""
    assert said in ran.error
    assert "Traceback" not in ran.error
    assert "datalint itself failed" not in ran.error


def test_outside_of_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    (tmp_path / "train.jsonl").write_text(GOOD)
    for command in ("check", "compare"):
        ran = datalint(command, "--isolated", "--base-ref", "main", "train.jsonl", cwd=tmp_path)
        assert ran.code == 2
        assert "is not in a git repository" in ran.error


def test_a_shallow_clone_says_what_to_fetch(git: Git, tmp_path: Path) -> None:
    first = git("rev-parse", "HEAD")
    git("commit", "-q", "--allow-empty", "-m", "second")
    git("clone", "-q", "--depth", "1", tmp_path.as_uri(), str(tmp_path / "shallow"))
    asked = ("compare", "--base-ref", first, "--select", "FMT,VOL")
    ran = datalint(*asked, cwd=tmp_path / "shallow")
    assert ran.code == 2
    assert f"`git fetch --depth=1 origin {first}`, or give actions/checkout `fetch-depth: 0`" in ran.error
    git("fetch", "-q", "--depth=1", "origin", first, cwd=tmp_path / "shallow")
    assert datalint(*asked, cwd=tmp_path / "shallow").code == 0


def test_a_baseline_and_a_base_together(git: Git, tmp_path: Path) -> None:
    refusals = ("--select", "QUA002,QUA007")
    datalint("baseline", *refusals, cwd=tmp_path)
    spoil(tmp_path)
    ran = datalint("check", "--base-ref", "main", *refusals, cwd=tmp_path)
    assert "findings in the baseline" in ran.text
    assert "findings on 4 changed of 604 rows since main; 0 on unchanged rows are not listed" in ran.text
