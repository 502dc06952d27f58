"""What a pull request controls when the action checks it, and what not."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from action_runs import Step, act
from test_integrations_pull_request import checkout, git

ROWS = "".join(
    json.dumps({"prompt": f"What opens dock {number}?", "completion": f"The card for the {number} docks."}) + "\n"
    for number in range(5)
)
BAD = '{"prompt": "What opens a dock?", "completion": ""}\n'
CONFIG = 'select = ["QUA", "FMT"]\ndata = ["data/*.jsonl"]\nschema = "rows.json"\n'


def committed(folder: Path, **files: str) -> str:
    for name, text in files.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    git(folder, "add", "-A")
    git(folder, "commit", "-m", "state", "--allow-empty")
    return git(folder, "rev-parse", "HEAD")


class Pull:
    """A pull request: a base with configuration, the template, and a branch that a test changes in a copy of it."""

    def __init__(self, folder: Path, template: Path) -> None:
        self.origin = folder
        shutil.copytree(template, folder)
        self.base = git(folder, "rev-parse", "HEAD")

    def checked(self, *, depth: int = 2, head: str = "owner/data", merge: bool = True, **inputs: str) -> Step:
        """Commit the change, and run the action on the merge as GitHub makes it, or on the head itself."""
        committed(self.origin)
        change = git(self.origin, "rev-parse", "HEAD")
        git(self.origin, "checkout", "main")
        git(self.origin, "merge", "--no-ff", "-m", "merge", "change")
        git(self.origin, "update-ref", "refs/pull/7/merge", "HEAD")
        git(self.origin, "reset", "--hard", self.base)
        folder = checkout(self.origin, self.origin.parent / f"depth-{depth}", depth)
        if not merge:
            git(folder, "fetch", "origin", f"{change}:refs/heads/change")
            git(folder, "checkout", "change")
        base = {"sha": self.base, "repo": {"full_name": "owner/data"}}
        event = {"pull_request": {"number": 7, "base": base, "head": {"repo": {"full_name": head}}}}
        return act(folder, event=event, ref="refs/pull/7/merge", **inputs)


FORK = {"head": "someone/data"}


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("template") / "origin"
    folder.mkdir()
    git(folder, "init", "-b", "main")
    committed(folder, **{"datalint.toml": CONFIG, "rows.json": "{}", "data__train.jsonl": ROWS})
    git(folder, "checkout", "-b", "change")
    return folder


@pytest.fixture
def pull(tmp_path: Path, template: Path) -> Pull:
    return Pull(tmp_path / "origin", template)


def rules(step: Step) -> set[str]:
    return set(json.loads(Path(step.outputs["json-file"]).read_bytes())["rules"])


def told(step: Step) -> list[str]:
    return [command for command in step.commands if "the pull request changes how it is judged" in command]


SOFTER = {"datalint.toml": 'ignore = ["ALL"]\ndata = ["data/*.jsonl"]\n', "data__train.jsonl": ROWS + BAD}


@pytest.mark.parametrize(
    ("how", "by_base"),
    [
        ({**FORK, "depth": 1}, True),
        ({**FORK, "config_from": "head"}, False),
        ({"config_from": "auto"}, False),
        ({"config_from": "base", "base_ref": "none"}, True),
    ],
)
def test_whose_configuration_counts(pull: Pull, how: dict[str, Any], by_base: bool) -> None:
    committed(pull.origin, **SOFTER)
    step = pull.checked(comment_file="c.md", **how)
    assert ("QUA002" in rules(step), step.code) == (by_base, 1 if by_base else 0)
    if by_base or how.get("base_ref") != "none":
        used = f"this run uses those of {pull.base[:12]}" if by_base else "this run uses the changed ones"
        assert "datalint.toml (configuration)" in told(step)[0]
        comment = (pull.origin.parent / f"depth-{how.get('depth', 2)}" / "c.md").read_text(encoding="utf-8")
        for text in (told(step)[0], step.log, step.summary, comment):
            assert used in text


def test_schema_and_baseline_of_the_base_count(pull: Pull) -> None:
    softer = {"rows.json": '{"title": "changed"}', "data__train.jsonl": ROWS + BAD}
    committed(pull.origin, **softer)
    row = next(f for f in json.loads(Path(pull.checked(base_ref="none").outputs["json-file"]).read_bytes())["findings"]
               if f["rule"] == "QUA002")  # fmt: skip
    entry = {"file": "data/train.jsonl", "rule": "QUA002", "fingerprint": row["fingerprint"], "kind": "legacy",
             "reason": "there before the baseline"}  # fmt: skip
    git(pull.origin, "checkout", "change")
    committed(pull.origin, **{".datalint-baseline.jsonl": json.dumps(entry) + "\n"})
    assert "QUA002" not in rules(other(pull).checked())
    step = other(pull).checked(**FORK, base_ref="none")
    assert "QUA002" in rules(step)
    assert "rows.json (schema), .datalint-baseline.jsonl (baseline)" in told(step)[0]


def other(pull: Pull) -> Pull:
    """Return the same pull request, for another checkout of it."""
    depth = pull.origin.parent / "depth-2"
    if depth.exists():
        depth.rename(depth.with_name(f"old-{len(list(depth.parent.iterdir()))}"))
    git(pull.origin, "checkout", "change")
    return pull


def test_without_a_change_of_these_files_nothing_is_told(pull: Pull) -> None:
    committed(pull.origin, **{"data__train.jsonl": ROWS + BAD})
    assert told(pull.checked(**FORK, base_ref="none")) == []


def test_a_base_that_is_missing_stops_the_run(pull: Pull) -> None:
    committed(pull.origin, **SOFTER)
    pull.checked(**FORK, base_ref="none")
    git(pull.origin.parent / "depth-2", "remote", "remove", "origin")
    pull.base = "1" * 40
    event = {"pull_request": {"number": 7, "base": {"sha": "1" * 40}, "head": {"repo": {"full_name": "x/y"}}}}
    step = act(pull.origin.parent / "depth-2", event=event, ref="refs/heads/main")
    assert (step.code, step.outputs["verdict"]) == (2, "error")
    assert "the configuration of the base can't be read" in step.commands[-1]


def test_a_merge_that_the_author_made_is_not_the_base(pull: Pull) -> None:
    """The head of a pull request may be a merge whose first parent has the author's configuration."""
    committed(pull.origin, **SOFTER)
    git(pull.origin, "checkout", "-b", "side", pull.base)
    committed(pull.origin, x="1")
    git(pull.origin, "checkout", "change")
    git(pull.origin, "merge", "--no-ff", "-m", "mine", "side")
    step = pull.checked(**FORK, depth=50, merge=False, base_ref="none")
    assert "QUA002" in rules(step)


@pytest.mark.parametrize("wanted", ["main", "pull_request", "--x"])
def test_config_from_is_one_of_three(workspace: Path, wanted: str) -> None:
    step = act(workspace, paths="fixtures/tiny.jsonl", config_from=wanted)
    assert (step.code, step.outputs["verdict"]) == (2, "error")
    assert "give auto, base or head" in step.commands[-1]


def test_the_base_of_no_pull_request(workspace: Path) -> None:
    step = act(workspace, paths="fixtures/tiny.jsonl", config_from="base")
    assert step.code == 2
    assert "this is no pull request, and base-ref names no revision" in step.commands[-1]
    git(workspace, "init", "-b", "main")
    committed(workspace)
    step = act(workspace, paths="fixtures/tiny.jsonl", config_from="base", base_ref="main", config="nowhere.toml")
    assert "has no file nowhere.toml" in step.commands[-1]


# What lies outside of the checkout.

posix = pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
SECRET = "only-outside-of-the-checkout"


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    folder = tmp_path / "outside"
    folder.mkdir()
    (folder / "secret.jsonl").write_text(f'{{"prompt": "{SECRET}", "completion": ""}}\n', encoding="utf-8")
    (folder / "schema.json").write_text('{"not": {}}', encoding="utf-8")
    return folder


@posix
@pytest.mark.parametrize(
    "config",
    [
        'data = ["../outside/secret.jsonl"]',
        'data = ["train.txt"]\nschema = "schema.json"',
        'data = ["fixtures/tiny.jsonl"]\neval = "link/secret.jsonl"',
    ],
)
def test_a_configuration_reads_nothing_outside(workspace: Path, outside: Path, config: str) -> None:
    git(workspace, "init", "-b", "main")
    git(workspace, "config", "http.extraheader", SECRET)
    (workspace / "link").symlink_to(outside)
    (workspace / "train.txt").symlink_to(".git/config")
    (workspace / "schema.json").write_text('{"not": {}}', encoding="utf-8")
    (workspace / "datalint.toml").write_text(config, encoding="utf-8")
    step = act(workspace)
    assert (step.code, step.outputs["verdict"]) == (2, "error")
    assert "--confine" in step.log
    assert SECRET not in step.log + step.summary


@posix
@pytest.mark.parametrize(
    ("name", "path"),
    [("sarif", "link/a"), ("html", "link/new/a"), ("comment_file", ".git/a"), ("comment_file", "to-git")],
)
def test_reports_follow_no_link_outside(workspace: Path, outside: Path, name: str, path: str) -> None:
    git(workspace, "init", "-b", "main")
    (workspace / "link").symlink_to(outside)
    (workspace / "to-git").symlink_to(".git/config")
    before = (workspace / ".git" / "config").read_bytes()
    step = act(workspace, paths="fixtures/tiny.jsonl", base_ref="none", **{name: path})
    assert (step.code, step.outputs["verdict"]) == (2, "error")
    assert sorted(each.name for each in outside.iterdir()) == ["schema.json", "secret.jsonl"]
    assert (workspace / ".git" / "config").read_bytes() == before


@posix
def test_reports_replace_what_is_there(workspace: Path, outside: Path) -> None:
    (workspace / "kept.html").write_text("kept", encoding="utf-8")
    (workspace / "a.html").symlink_to("kept.html")
    step = act(workspace, paths="fixtures/tiny.jsonl", html="a.html", sarif=str(outside / "x" / "a.sarif"))
    assert step.code == 1
    assert (workspace / "kept.html").read_text(encoding="utf-8") == "kept"
    assert (workspace / "a.html").read_bytes().startswith(b"<!")
    assert json.loads((outside / "x" / "a.sarif").read_bytes())["version"] == "2.1.0"
    assert step.outputs["sarif-file"] == str(outside / "x" / "a.sarif")


def test_a_configuration_of_the_workflow_may_lie_outside(workspace: Path, outside: Path) -> None:
    (outside / "mine.toml").write_text('profile = "minimal"\nschema = "schema.json"\nselect = ["FMT"]\n', "utf-8")
    step = act(workspace, paths="fixtures/tiny.jsonl", config=os.path.relpath(outside / "mine.toml", workspace))
    assert "FMT109" in rules(step)


@posix
def test_a_repository_among_the_data_runs_nothing(workspace: Path, tmp_path: Path) -> None:
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n", encoding="utf-8")
    program.chmod(0o755)
    git(workspace, "init", "-b", "main")
    base = committed(workspace)
    hostile = {
        "HEAD": "ref: refs/heads/main\n", "objects__x": "", "refs__x": "",
        "config": "[core]\nrepositoryformatversion = 1\nbare = false\nworktree = .\n"
        f"sshCommand = {program}\nfsmonitor = {program}\n[extensions]\npartialClone = evil\n"
        '[remote "evil"]\npromisor = true\nurl = ssh://localhost/x\n',
    }  # fmt: skip
    committed(workspace, **{f"fixtures__{name}": text for name, text in hostile.items()})
    (workspace / "datalint.toml").write_text('ignore = ["QUA"]\n', encoding="utf-8")
    step = act(workspace, paths="fixtures/tiny.jsonl", base_ref=base)
    assert step.code == 1
    assert "is a bare git repository inside" in step.commands[0]
    assert "is a bare git repository inside" in step.summary
    assert "datalint.toml (configuration)" in told(step)[0]
    assert not (tmp_path / "ran").exists()
