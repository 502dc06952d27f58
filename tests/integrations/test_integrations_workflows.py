"""The project's workflows, and those that its pages show: valid by their schemas, and clean by zizmor."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import check_jsonschema
import pytest
import yaml
from click.testing import CliRunner

ROOT: Final = Path(__file__).parent.parent.parent
WORKFLOWS: Final = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PAGE: Final = (ROOT / "docs" / "github-action.md").read_text(encoding="utf-8")
_BLOCK: Final = re.compile(r'^```yaml title="([^"]+)"\n(.*?)^```$', re.MULTILINE | re.DOTALL)
_PINNED: Final = re.compile(r"uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$|uses: \./ # ")


def check_schema(schema: str, *paths: str) -> None:
    """Check files against a schema that check-jsonschema brings."""
    done = CliRunner().invoke(check_jsonschema.main, ["--builtin-schema", f"vendor.{schema}", *paths])
    assert done.exit_code == 0, done.output


def zizmor(*arguments: str, folder: Path = ROOT) -> None:
    """Look for weak points of workflows; there must be none."""
    options = ("--offline", "--no-config", "--quiet", "--persona", "pedantic")
    done = subprocess.run(
        [str(Path(sys.executable).parent / "zizmor"), *options, *arguments],
        cwd=folder, capture_output=True, encoding="utf-8", timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def load(path: Path) -> dict[str, Any]:
    found = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
    assert isinstance(found, dict)
    return found


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with the workflows that the page shows, at a made-up commit of the action."""
    folder = tmp_path_factory.mktemp("shown")
    for title, body in _BLOCK.findall(PAGE):
        path = folder / title
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(body.replace("OWNER/datalint@REVISION", f"owner/datalint@{'0' * 40} # v1.0.0"), "utf-8")
    return folder


@pytest.mark.parametrize(
    ("schema", "paths"),
    [
        ("github-workflows", WORKFLOWS),
        ("github-actions", [ROOT / "action.yml"]),
        ("dependabot", [ROOT / ".github" / "dependabot.yml"]),
    ],
)
def test_files_fit_their_schemas(schema: str, paths: list[Path]) -> None:
    check_schema(schema, *map(str, paths))


def test_zizmor_finds_nothing() -> None:
    own = [*WORKFLOWS, ROOT / "action.yml", ROOT / ".github" / "dependabot.yml"]
    zizmor(*map(str, own))


def test_shown_workflows_are_valid_and_clean(shown: Path) -> None:
    paths = sorted(map(str, shown.rglob("*.yml")))
    assert len(paths) == 3
    check_schema("github-workflows", *paths)
    zizmor(".", folder=shown)


@pytest.mark.parametrize("path", [*WORKFLOWS, ROOT / "action.yml"], ids=lambda path: path.name)
def test_actions_are_pinned_with_their_version(path: Path) -> None:
    uses = re.findall(r"uses: .*$", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert uses
    assert all(_PINNED.match(each) for each in uses), uses


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_hold_no_permission_that_a_job_does_not_ask_for(path: Path) -> None:
    workflow = load(path)
    assert workflow["permissions"] == {}
    assert "concurrency" in workflow
    wanted = {name: job["permissions"] for name, job in workflow["jobs"].items()}
    publish = wanted.pop("publish", None)
    assert all(permissions == {"contents": "read"} for permissions in wanted.values())
    if publish is not None:
        assert publish == {"id-token": "write"}
        assert workflow["jobs"]["publish"]["environment"]["name"] == "pypi"


def test_every_supported_python_is_tested_on_every_system() -> None:
    matrix = load(ROOT / ".github" / "workflows" / "tests.yml")["jobs"]["tests"]["strategy"]["matrix"]
    classifiers = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert matrix["python"] == re.findall(r"Python :: (3\.\d+)", classifiers)
    assert matrix["system"] == ["ubuntu-latest", "macos-latest", "windows-latest"]


def test_the_page_lists_what_the_action_takes_and_gives() -> None:
    action = load(ROOT / "action.yml")
    listed = [
        name for row in re.findall(r"^\| (`[^|]+) \|", PAGE, re.MULTILINE) for name in re.findall(r"`([\w-]+)`", row)
    ]
    assert listed == [*action["inputs"], *action["outputs"]]
