"""What the action says of a pull request, from any checkout of it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from action_runs import ROOT, act


def git(folder: Path, *arguments: str) -> str:
    environment = os.environ | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    done = subprocess.run(
        ["git", *who, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    return done.stdout.strip()


EMPTY = '{"messages": [{"role": "user", "content": "When is it due?"}, {"role": "assistant", "content": ""}]}\n'


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Good rows and an empty answer, and a pull request that copies rows and leaks one; the base has moved since."""
    folder = tmp_path_factory.mktemp("pull") / "origin"
    folder.mkdir()
    for name, count in (("train.jsonl", 100), ("eval.jsonl", 20)):
        rows = (ROOT / "fixtures" / "good" / name).read_text(encoding="utf-8").splitlines(keepends=True)
        (folder / name).write_text("".join(rows[:count]), encoding="utf-8", newline="\n")
    with (folder / "train.jsonl").open("a", encoding="utf-8", newline="\n") as file:
        file.write(EMPTY)
    (folder / "datalint.toml").write_text('select = ["QUA002", "RDY003"]\n', encoding="utf-8")
    git(folder, "init", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-m", "base")
    git(folder, "checkout", "-b", "change")
    train = (folder / "train.jsonl").read_text(encoding="utf-8")
    leak = (folder / "eval.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)[0]
    (folder / "train.jsonl").write_text(
        train + "".join(train.splitlines(keepends=True)[:20]) + leak, "utf-8", newline="\n"
    )
    git(folder, "commit", "-am", "change")
    git(folder, "checkout", "main")
    (folder / "README.md").write_text("moved\n", encoding="utf-8")
    git(folder, "add", "-A")
    git(folder, "commit", "-m", "moved")
    git(folder, "merge", "--no-ff", "-m", "merge", "change")
    git(folder, "update-ref", "refs/pull/7/merge", "HEAD")
    git(folder, "reset", "--hard", "HEAD^1")
    return folder


def checkout(origin: Path, folder: Path, depth: int) -> Path:
    """Check the pull request's merge out into a new folder as actions/checkout does."""
    folder.mkdir()
    git(folder, "init")
    git(folder, "remote", "add", "origin", origin.as_uri())
    git(folder, "fetch", "--no-tags", f"--depth={depth}", "origin", "+refs/pull/7/merge:refs/remotes/pull/7/merge")
    git(folder, "checkout", "refs/remotes/pull/7/merge")
    return folder


def pull_request(origin: Path, *, head: str = "owner/data") -> dict[str, Any]:
    base = {"sha": git(origin, "rev-parse", "main^"), "repo": {"full_name": "owner/data"}}
    return {"pull_request": {"base": base, "head": {"repo": {"full_name": head}}}}


@pytest.mark.parametrize("depth", [1, 2])
def test_a_pull_request_is_told_what_it_changes(origin: Path, tmp_path: Path, depth: int) -> None:
    folder = checkout(origin, tmp_path / "checkout", depth)
    step = act(
        folder,
        event=pull_request(origin),
        ref="refs/pull/7/merge",
        paths="train.jsonl",
        eval="eval.jsonl",
        comment_file="comment.md",
    )
    assert step.code == 1
    assert git(origin, "rev-parse", "main") in step.log
    assert "RDY003" in step.commands[1]
    assert not any("QUA002" in command for command in step.commands), "findings on rows that were there before"
    for told in (step.summary, (folder / "comment.md").read_text(encoding="utf-8")):
        assert "fail, score" in told
        assert "New leakage" in told
        assert "21 added" in told


def test_a_base_that_is_missing_hides_nothing(origin: Path, tmp_path: Path) -> None:
    folder = checkout(origin, tmp_path / "checkout", 1)
    git(folder, "remote", "remove", "origin")
    step = act(folder, event=pull_request(origin), ref="refs/pull/7/merge", paths="train.jsonl", eval="eval.jsonl")
    assert step.code == 1
    assert any("fetch-depth: 0" in command for command in step.commands)
    assert any("RDY003" in command for command in step.commands)


@pytest.mark.parametrize("wanted", ["--upload-pack=touch x", "a b", "nowhere", "HEAD:train.jsonl"])
def test_a_base_that_is_no_revision_hides_nothing(origin: Path, tmp_path: Path, wanted: str) -> None:
    step = act(checkout(origin, tmp_path / "checkout", 2), base_ref=wanted, paths="train.jsonl", eval="eval.jsonl")
    assert step.code == 1
    assert "not limited to changed rows" in step.commands[0]


def test_without_git_all_rows_are_reported(workspace: Path) -> None:
    step = act(workspace, base_ref="main", paths="fixtures/leaky/train.jsonl")
    assert step.code == 1
    assert "no git repository" in step.commands[0]


def test_forks_are_told_what_their_token_cannot_do(origin: Path, tmp_path: Path) -> None:
    folder = checkout(origin, tmp_path / "checkout", 2)
    event = pull_request(origin, head="someone/data")
    inputs = {"paths": "train.jsonl", "eval": "eval.jsonl", "base_ref": "none"}
    assert "fork" in act(folder, event=event, sarif="a.sarif", **inputs).commands[0]
    everything = act(folder, event=event, **inputs)
    assert not any("fork" in command for command in everything.commands)
    assert any("QUA002" in command for command in everything.commands)
