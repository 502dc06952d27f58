"""The action's scripts, run as its steps run them: with the runner's variables, from any checkout."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

ROOT: Final = Path(__file__).parent.parent.parent
ACTION: Final = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
LIMIT: Final = 1024 * 1024
HOSTILE: Final = [
    "::set-output name=verdict::pass",
    "  ::error title=forged::all is well",
    "x ##[error]forged",
    "::stop-commands::forged",
    "\x1b[2J\x9b31m::add-mask::a",
    "\u2028::warning::forged",
    "</details><script>alert(1)</script> ``` | ![x](https://example.org/x)",
]


def module(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"action_{name}", ROOT / "action" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = found
    spec.loader.exec_module(found)
    return found


workflow = module("workflow")


@dataclass(frozen=True, slots=True)
class Step:
    """What a step did: ``commands`` are the lines that the runner obeys."""

    code: int
    log: str
    outputs: dict[str, str]
    summary: str

    @property
    def commands(self) -> list[str]:
        return obeyed(self.log)


def obeyed(log: str) -> list[str]:
    """Return the lines of a log that the runner takes for commands (actions/runner, ActionCommand.cs)."""
    token, found = None, []
    for line in re.split("\r\n|\n|\r", log):
        if token is not None:
            token = None if line.strip() == f"::{token}::" else token
        elif line.strip().startswith("::stop-commands::"):
            token = line.strip().removeprefix("::stop-commands::")
        elif line.strip().startswith("::") or "##[" in line:
            found.append(line)
    assert token is None, "commands stay off after the step"
    return found


def values(text: str) -> dict[str, str]:
    """Read a file of outputs as the runner does."""
    found, lines = {}, iter(text.split("\n"))
    for line in lines:
        if line:
            name, _, delimiter = line.partition("<<")
            value: list[str] = []
            for each in lines:
                if each == delimiter:
                    break
                value.append(each)
            found[name] = "\n".join(value)
    return found


def act(
    folder: Path, /, *, event: dict[str, Any] | None = None, ref: str = "", summary: str = "", **inputs: str
) -> Step:
    """Run the step that checks, in a workspace."""
    runner = folder.parent / f"{folder.name}-runner"
    runner.mkdir(exist_ok=True)
    (runner / "event.json").write_text(json.dumps(event or {}), encoding="utf-8")
    (runner / "summary").write_text(summary, encoding="utf-8")
    (runner / "output").write_text("", encoding="utf-8")
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "INPUT_", "GIT_"))
    }
    environment |= {
        "CI": "true",
        "GITHUB_ACTIONS": "true",
        "GITHUB_ACTION_PATH": str(ROOT),
        "GITHUB_EVENT_PATH": str(runner / "event.json"),
        "GITHUB_OUTPUT": str(runner / "output"),
        "GITHUB_REF": ref,
        "GITHUB_STEP_SUMMARY": str(runner / "summary"),
        "GITHUB_WORKSPACE": str(folder),
        "RUNNER_TEMP": str(runner),
        "DATALINT_COMMAND": shutil.which("datalint", path=str(Path(sys.executable).parent)) or "datalint",
    }
    environment |= {f"INPUT_{name.upper()}": value for name, value in inputs.items()}
    done = subprocess.run(
        [sys.executable, "-I", str(ROOT / "action" / "run.py")],
        cwd=folder, env=environment, capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.stderr == b""
    return Step(
        done.returncode,
        done.stdout.decode("utf-8"),
        values((runner / "output").read_text(encoding="utf-8")),
        (runner / "summary").read_text(encoding="utf-8"),
    )


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "workspace"
    shutil.copytree(ROOT / "fixtures", folder / "fixtures", ignore=shutil.ignore_patterns("*.py", "material"))
    return folder


def test_a_good_dataset_passes_and_leaves_its_reports(workspace: Path) -> None:
    step = act(
        workspace,
        paths="fixtures/good/train.jsonl\n",
        sarif="reports/a.sarif",
        comment_file="reports/a.md",
        html="reports/a.html",
    )
    assert step.code == 0
    assert {name: step.outputs[name] for name in ("verdict", "score")} == {"verdict": "pass", "score": "100"}
    assert json.loads((workspace / step.outputs["sarif-file"]).read_bytes())["version"] == "2.1.0"
    assert (workspace / step.outputs["comment-file"]).read_text(encoding="utf-8").startswith("<!-- datalint -->")
    assert (workspace / step.outputs["html-file"]).read_bytes().startswith(b"<!")
    assert json.loads(Path(step.outputs["json-file"]).read_bytes())["verdict"] == "pass"
    assert "pass, score 100 of 100" in step.summary
    assert set(step.outputs) == set(ACTION["outputs"])


@pytest.mark.parametrize(
    ("inputs", "code", "verdict"),
    [
        ({}, 1, "fail"),
        ({"fail_on": "never"}, 0, "fail"),
        ({"fail_on": "warn"}, 1, "fail"),
        ({"fail_on": "maybe"}, 2, "error"),
        ({"config": "minimal.toml"}, 0, "warn"),
        ({"config": "nowhere.toml"}, 2, "error"),
    ],
)
def test_the_gate(workspace: Path, inputs: dict[str, str], code: int, verdict: str) -> None:
    (workspace / "minimal.toml").write_text('profile = "minimal"\n', encoding="utf-8")
    step = act(workspace, paths="fixtures/leaky/train.jsonl", **inputs)
    assert (step.code, step.outputs.get("verdict")) == (code, verdict)
    if code == 1:
        assert "RDY003" in step.commands[1]
        assert step.outputs["sarif-file"] == ""


def test_several_paths_stand_on_lines_of_their_own(workspace: Path) -> None:
    (workspace / "a b.jsonl").write_bytes((workspace / "fixtures" / "tiny.jsonl").read_bytes())
    step = act(workspace, paths=" a b.jsonl \n\nfixtures/good/*.jsonl", fail_on="never")
    files = json.loads(Path(step.outputs["json-file"]).read_bytes())["files"]
    assert [file["path"] for file in files if file["split"] == "train"][:1] == ["a b.jsonl"]
    assert len(files) == 3


def test_the_configuration_names_the_data(workspace: Path) -> None:
    (workspace / "datalint.toml").write_text('data = ["fixtures/good/train.jsonl"]\n', encoding="utf-8")
    assert act(workspace).outputs["verdict"] == "pass"


@pytest.mark.parametrize(
    ("paths", "message"),
    [("nowhere.jsonl", "no such file"), ("no*.jsonl", "no file matches"), ("", "nothing to check"), ("--help", "")],
)
def test_nothing_to_check_says_where_it_looked(workspace: Path, paths: str, message: str) -> None:
    step = act(workspace, paths=paths)
    assert (step.code, step.outputs["verdict"]) == (2, "error")
    assert message in step.commands[0]
    assert "give the input paths" in step.commands[0]


def test_an_empty_workspace_lacks_a_checkout(tmp_path: Path) -> None:
    folder = tmp_path / "workspace"
    folder.mkdir()
    step = act(folder, paths="train.jsonl")
    assert step.code == 2
    assert "actions/checkout" in step.commands[0]


def test_git_lfs_pointers_are_named(workspace: Path) -> None:
    pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{'4d' * 32}\nsize 12345\n"
    (workspace / "train.jsonl").write_text(pointer, encoding="utf-8", newline="\n")
    step = act(workspace, paths="train.jsonl")
    assert step.code == 1
    assert "lfs: true" in step.commands[-1]


def test_rows_give_the_runner_no_commands(workspace: Path) -> None:
    lines = [*HOSTILE, *(json.dumps({"prompt": text, "completion": text, text: text}) for text in HOSTILE)]
    (workspace / "##[error]x.jsonl").write_text("\n".join(lines * 2), encoding="utf-8", newline="\n")
    step = act(workspace, paths="##[error]x.jsonl")
    assert step.code == 1
    assert "##[" not in step.log
    assert "\x1b" not in step.log
    assert all(
        re.match(r"::(error|warning|notice) (file=[^:]*,)?(line=\d+,)?title=(datalint%3A|[A-Z]{3}\d{3}) ", c)
        for c in step.commands
    )
    assert step.outputs["verdict"] == "fail"
    assert "<script>" not in step.summary
    nowhere = act(workspace, paths="  ::error title=forged::x ##[error]y.jsonl")
    assert nowhere.code == 2
    assert len(nowhere.commands) == 1
    assert "##[" not in nowhere.log


def test_the_summary_keeps_inside_its_limit(workspace: Path) -> None:
    step = act(workspace, paths="fixtures/tiny.jsonl", summary="x" * (LIMIT - 100))
    assert step.code == 1
    assert len(step.summary) == LIMIT - 100
    assert any("no summary" in command for command in step.commands)
    before = act(workspace, paths="fixtures/tiny.jsonl", summary="before\n").summary
    assert before.startswith("before\n## ")


def test_the_repository_brings_no_code(workspace: Path) -> None:
    for name in ("json", "datalint", "base", "workflow", "sitecustomize"):
        (workspace / f"{name}.py").write_text("raise SystemExit('taken over')", encoding="utf-8")
    assert act(workspace, paths="fixtures/tiny.jsonl").code == 1


@given(st.text(st.characters(codec="utf-8"), max_size=80) | st.lists(st.sampled_from(HOSTILE)).map("\n".join))
def test_plain_text_is_no_command(text: str) -> None:
    assert obeyed(workflow.plain(text)) == []


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=60))
def test_outputs_hold_any_value(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "output"
        patch.setenv("GITHUB_OUTPUT", str(target))
        workflow.set_output("a", text)
        workflow.set_output("b", "end")
        with target.open(encoding="utf-8", newline="") as file:
            assert values(file.read()) == {"a": text, "b": "end"}


# What a pull request changes.


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


@pytest.fixture
def origin(tmp_path: Path) -> Path:
    """A dataset that passes, and a pull request that copies rows and leaks one; the base has moved meanwhile."""
    folder = tmp_path / "origin"
    shutil.copytree(ROOT / "fixtures" / "good", folder)
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


def checkout(origin: Path, depth: int) -> Path:
    """Check the pull request's merge out as actions/checkout does."""
    folder = origin.parent / f"depth-{depth}"
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
def test_a_pull_request_is_told_what_it_changes(origin: Path, depth: int) -> None:
    folder = checkout(origin, depth)
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
    assert not any("QUA007" in command for command in step.commands), "findings on rows that were there before"
    for told in (step.summary, (folder / "comment.md").read_text(encoding="utf-8")):
        assert "fail, score" in told
        assert "New leakage" in told
        assert "21 added" in told


def test_a_base_that_is_missing_hides_nothing(origin: Path) -> None:
    folder = checkout(origin, 1)
    git(folder, "remote", "remove", "origin")
    step = act(folder, event=pull_request(origin), ref="refs/pull/7/merge", paths="train.jsonl", eval="eval.jsonl")
    assert step.code == 1
    assert any("fetch-depth: 0" in command for command in step.commands)
    assert any("QUA007" in command for command in step.commands)


@pytest.mark.parametrize("wanted", ["--upload-pack=touch x", "a b", "nowhere", "HEAD:train.jsonl"])
def test_a_base_that_is_no_revision_hides_nothing(origin: Path, wanted: str) -> None:
    step = act(checkout(origin, 2), base_ref=wanted, paths="train.jsonl", eval="eval.jsonl")
    assert step.code == 1
    assert "not limited to changed rows" in step.commands[0]


def test_without_git_all_rows_are_reported(workspace: Path) -> None:
    step = act(workspace, base_ref="main", paths="fixtures/leaky/train.jsonl")
    assert step.code == 1
    assert "no git repository" in step.commands[0]


def test_forks_are_told_what_their_token_cannot_do(origin: Path) -> None:
    folder = checkout(origin, 2)
    event = pull_request(origin, head="someone/data")
    inputs = {"paths": "train.jsonl", "eval": "eval.jsonl", "base_ref": "none"}
    assert "fork" in act(folder, event=event, sarif="a.sarif", **inputs).commands[0]
    assert not any("fork" in command for command in act(folder, event=event, **inputs).commands)


# The metadata.


def test_inputs_reach_the_scripts_through_the_environment_alone() -> None:
    steps = [step for step in ACTION["runs"]["steps"] if "run" in step]
    assert all(step["shell"] == "bash" and "${{" not in step["run"] for step in steps)
    handed = {name: value for step in steps for name, value in step["env"].items() if name.startswith("INPUT_")}
    assert handed == {f"INPUT_{n.upper().replace('-', '_')}": f"${{{{ inputs.{n} }}}}" for n in ACTION["inputs"]}
    scripts = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "action").glob("*.py"))
    assert all(f'"{name.removeprefix("INPUT_")}"' in scripts for name in handed)


def install(**environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "INPUT_"))}
    return subprocess.run(
        [sys.executable, "-I", str(ROOT / "action" / "install.py")],
        env=kept | environment, capture_output=True, encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("version", ["latest", "1.0; rm", "1.0 --index-url=x", "-r x", "@x", "1.0\n2.0", "9" * 500])
def test_versions_are_versions(version: str) -> None:
    done = install(INPUT_VERSION=version)
    assert done.returncode == 2
    assert obeyed(done.stdout) == done.stdout.splitlines()
    assert "is not one such as 1.2.3" in done.stdout


def test_a_version_or_the_action_itself_is_installed() -> None:
    requirement = module("install").requirement
    assert requirement("1.2.3rc1", str(ROOT)) == "datalint-sft==1.2.3rc1"
    assert requirement("", str(ROOT)) == str(ROOT.resolve())
    with pytest.raises(ValueError, match="GITHUB_ACTION_PATH"):
        requirement("", "")
