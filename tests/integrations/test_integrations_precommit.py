"""The hooks as pre-commit runs them: installed from a commit of the repository, in a git repository of their own."""

from __future__ import annotations

import os
import re
import shutil
import site
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from identify import identify
from pre_commit.clientlib import load_manifest

from datalint.core.registry import Registry

ROOT: Final = Path(__file__).parent.parent.parent
HOOKS: Final = {hook["id"]: hook for hook in load_manifest(str(ROOT / ".pre-commit-hooks.yaml"))}
#: Seconds: the first run installs datalint.
PATIENCE: Final = 900

DATA: Final = ["train.jsonl", "data/a b.ndjson", "deep/er/x.jsonl.gz", "x.jsonl.zst"]
OTHER_DATA: Final = ["x.parquet", "x.csv", "x.tsv", "x.csv.gz", "x.arrow", "x.json", "x.json.gz"]
CONFIGURATION: Final = [".datalint.toml", "datalint.toml", "sub/datalint.toml", "pyproject.toml"]
UNRELATED: Final = ["README.md", "jsonl", "x.jsonl.py", "x.jsonl.bak", "mydatalint.toml", "x.toml", "x.jsonlines.txt"]


def takes(hook: dict[str, Any], name: str) -> bool:
    """Tell whether pre-commit gives the hook a file of this name."""
    tags = {"file", "non-executable"} | identify.tags_from_filename(name)
    return bool(re.search(hook["files"], name)) and set(hook["types"]) <= tags and not re.search(hook["exclude"], name)


@pytest.mark.parametrize(
    ("hook", "names", "taken"),
    [
        ("datalint", DATA, True),
        ("datalint", [*OTHER_DATA, *CONFIGURATION, *UNRELATED], False),
        ("datalint-dataset", [*DATA, *OTHER_DATA, *CONFIGURATION], True),
        ("datalint-dataset", UNRELATED, False),
    ],
)
def test_hooks_take_these_files(hook: str, names: list[str], taken: bool) -> None:
    assert {name: takes(HOOKS[hook], name) for name in names} == dict.fromkeys(names, taken)


def test_a_commit_is_judged_by_rules_of_single_rows() -> None:
    words = HOOKS["datalint"]["entry"].split()
    ignored = words[words.index("--ignore") + 1].split(",")
    assert set(ignored) <= {rule.name for rule in Registry.default()}
    assert HOOKS["datalint"]["pass_filenames"]
    assert HOOKS["datalint"]["require_serial"]


def test_a_push_is_judged_by_the_configuration() -> None:
    assert HOOKS["datalint-dataset"]["pass_filenames"] is False
    assert HOOKS["datalint-dataset"]["stages"] == ["pre-push", "manual"]


@pytest.fixture
def git(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run git in a folder, with a configuration and hook environments of the test's own."""
    (tmp_path / "gitconfig").write_text(
        "[user]\nname = Ada\nemail = ada@example.org\n[init]\ndefaultBranch = main\n", encoding="utf-8"
    )
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PRE_COMMIT"))}
    environment |= {
        "GIT_CONFIG_GLOBAL": str(tmp_path / "gitconfig"),
        "GIT_CONFIG_NOSYSTEM": "1",
        "PRE_COMMIT_HOME": str(tmp_path / "environments"),
        # "no-compile" is set by a value that means no. Most modules of the dependencies are never imported.
        "PIP_NO_COMPILE": "0",
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), environment["PATH"]]),
    }

    def run(folder: Path, *arguments: str, command: str = "git") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [command, *arguments], cwd=folder, env=environment, encoding="utf-8", timeout=PATIENCE,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
        )  # fmt: skip

    return run


def commit_everything(git: Callable[..., subprocess.CompletedProcess[str]], folder: Path) -> tuple[int, str]:
    git(folder, "add", "--all")
    done = git(folder, "commit", "--message", "data")
    return done.returncode, done.stdout


def lend_dependencies(environments: Path) -> None:
    """Let datalint as pre-commit has installed it find the packages of the tests behind its own.

    Installing all of them again takes longer than everything else here, and the README's commands do that.
    """
    for packages in environments.glob("repo*/py_env-*/**/site-packages"):
        (packages / "lent.pth").write_text("".join(f"{path}\n" for path in {*site.getsitepackages()}), "utf-8")


def test_bad_data_stops_commits_and_pushes(
    tmp_path: Path, git: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    hooks, data, remote = tmp_path / "hooks", tmp_path / "data", tmp_path / "remote"
    shutil.copytree(ROOT / "datalint", hooks / "datalint", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("README.md", "LICENSE", "CHANGELOG.md", ".pre-commit-hooks.yaml"):
        shutil.copy(ROOT / name, hooks / name)
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    without = re.sub(r"^dependencies = \[.*?^\]", "dependencies = []", project, flags=re.MULTILINE | re.DOTALL)
    (hooks / "pyproject.toml").write_text(without, encoding="utf-8")
    git(hooks, "init")
    assert commit_everything(git, hooks)[0] == 0

    data.mkdir()
    git(data, "init")
    git(tmp_path, "init", "--bare", str(remote))
    git(data, "remote", "add", "origin", str(remote))
    revision = git(hooks, "rev-parse", "HEAD").stdout.strip()
    wanted = [{"repo": str(hooks), "rev": revision, "hooks": [{"id": "datalint"}, {"id": "datalint-dataset"}]}]
    (data / ".pre-commit-config.yaml").write_text(yaml.safe_dump({"repos": wanted}), encoding="utf-8")
    (data / "datalint.toml").write_text('data = ["train.jsonl"]\nselect = ["VOL", "FMT", "QUA002"]\n', encoding="utf-8")
    installed = git(data, "install", "--install-hooks", "-t", "pre-commit", "-t", "pre-push", command="pre-commit")
    assert installed.returncode == 0, installed.stdout
    lend_dependencies(tmp_path / "environments")

    # Ten good rows are no dataset yet, but nothing is wrong with them; only the push is stopped.
    rows = (ROOT / "fixtures" / "good" / "train.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    (data / "train.jsonl").write_text("".join(rows[:10]), encoding="utf-8", newline="\n")
    code, said = commit_everything(git, data)
    assert code == 0, said
    pushed = git(data, "push", "origin", "main")
    assert pushed.returncode != 0
    assert "VOL001" in pushed.stdout

    # An answer that says nothing, a line that is not JSON, and rows of another shape.
    shutil.copy(ROOT / "fixtures" / "broken.jsonl", data / "more.jsonl")
    code, said = commit_everything(git, data)
    assert code != 0
    assert "more.jsonl" in said
    assert "[FMT001] invalid-json" in said
    assert "QUA002" in said
    assert "VOL001" not in said

    # Two datasets of different shapes may share a commit.
    (data / "more.jsonl").write_text('{"prompt": "What is two and two?", "completion": "It is four."}\n', "utf-8")
    shutil.copytree(ROOT / "fixtures" / "good", data, dirs_exist_ok=True)
    code, said = commit_everything(git, data)
    assert code == 0, said
    pushed = git(data, "push", "origin", "main")
    assert pushed.returncode == 0, pushed.stdout
