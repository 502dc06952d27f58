"""The example plug-in, installed by pip as its users would, and run by the command."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from rule_pages import PAGE

from datalint.cli import main

HERE = Path(__file__).parent
#: Far beyond what any run here takes, so that a hang fails instead of blocking.
PATIENCE = 120
ROWS = (
    '{"prompt": "Can I return the lamp?", "completion": "HELLO! YES, WITHIN THIRTY DAYS AND WITH THE RECEIPT."}',
    "not JSON",
    '{"prompt": "Does it fold?", "completion": "Hi, it does, twice.", "source": "manual, page 2"}',
)
RULE = (
    PAGE
    + """
from __future__ import annotations
from datalint.api import Hit, Options, Record, Severity, rule

{before}

@rule("{code}", "{name}", severity=Severity.WARNING, since="0.1")
def made_up(record: Record, options: Options):
    {body}
"""
)


@dataclass(frozen=True, slots=True)
class Ran:
    code: int
    output: str
    error: str

    @property
    def json(self) -> Any:
        return json.loads(self.output)

    def findings(self, *rules: str) -> list[dict[str, Any]]:
        return [finding for finding in self.json["findings"] if not rules or finding["rule"] in rules]


def datalint(*arguments: str, cwd: Path, path: list[Path]) -> Ran:
    """Run the command in this process, which can import from ``path`` meanwhile."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("DATALINT_")}
    buffers = io.BytesIO(), io.BytesIO()
    output, error = (io.TextIOWrapper(buffer, encoding="utf-8", write_through=True) for buffer in buffers)
    with (
        mock.patch.object(sys, "path", [*map(str, path), *sys.path]),
        mock.patch.dict(os.environ, kept | {"DATALINT_NO_CACHE": "1"}, clear=True),
        contextlib.chdir(cwd),
        contextlib.redirect_stdout(output),
        contextlib.redirect_stderr(error),
        pytest.raises(SystemExit) as ended,
    ):
        main(arguments)
    for name, module in list(sys.modules.items()):
        if any(Path(getattr(module, "__file__", None) or "/").is_relative_to(folder) for folder in path):
            del sys.modules[name]
    return Ran(int(ended.value.code or 0), buffers[0].getvalue().decode(), buffers[1].getvalue().decode())


def datalint_apart(*arguments: str, cwd: Path, path: list[Path]) -> Ran:
    """Run the command in a process of its own that can import from ``path``."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("DATALINT_")}
    environment = kept | {"PYTHONPATH": os.pathsep.join(map(str, path)), "PYTHONDONTWRITEBYTECODE": "1"}
    command = (sys.executable, "-m", "datalint", *arguments)
    done = subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    return Ran(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that pip installed the plug-in into."""
    source = tmp_path_factory.mktemp("source")
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(HERE / name, source)
    shutil.copytree(HERE / "src", source / "src", ignore=shutil.ignore_patterns("__pycache__"))
    target = tmp_path_factory.mktemp("site")
    options = ("--no-deps", "--no-build-isolation", "--no-index", "--quiet", "--disable-pip-version-check")
    command = (sys.executable, "-m", "pip", "install", *options, "--target", str(target), str(source))
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 0, done.stderr
    return target


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "train.jsonl").write_text("\n".join(ROWS) + "\n")
    return folder


def distribution(folder: Path, name: str, module: str, text: str) -> Path:
    """Lay down a second plug-in, as an installer would leave it."""
    folder.mkdir()
    (folder / f"{module}.py").write_text(text)
    about = folder / f"{name.replace('-', '_')}-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text(f"[datalint.rules]\nmain = {module}\n")
    return folder


def test_the_rules_fire_beside_the_built_in_ones(installed: Path, project: Path) -> None:
    ran = datalint_apart("check", "--output-format", "json", "train.jsonl", cwd=project, path=[installed])
    assert (ran.code, ran.error) == (1, "")
    found = {finding["rule"]: finding for finding in ran.findings()}
    assert {"EXA001", "EXA002", "EXA003", "FMT001", "VOL001"} <= found.keys()
    assert {key: found["EXA001"][key] for key in ("name", "severity", "file", "line", "row", "path")} == {
        "name": "shouting-response",
        "severity": "warning",
        "file": "train.jsonl",
        "line": 1,
        "row": 1,
        "path": "$.completion",
    }
    assert (found["EXA002"]["severity"], found["EXA002"]["line"]) == ("info", 1)
    assert (found["EXA003"]["file"], found["EXA003"]["message"]) == (
        None,
        "2 of 2 responses greet (100%, limit 50%)",
    )
    # A plug-in's row rules count in the quality gates, unless they say that they don't.
    assert ran.json["measures"]["quality-suspect-share"] == 0.5
    assert ran.json["rules"]["EXA001"]["examples"] == 1


def test_settings_reach_the_rules(installed: Path, project: Path) -> None:
    settings = """
        select = ["EXA"]
        ignore = ["greeting-habit"]
        severity = { EXA001 = "error" }
        [rules.shouting-response]
        min-letters = 5
        share = 0.1
        [rules.EXA002]
        keys = ["origin"]
    """
    (project / "datalint.toml").write_text(settings)
    ran = datalint("check", "--output-format", "json", "train.jsonl", cwd=project, path=[installed])
    keys = ("rule", "line", "count", "severity", "message")
    assert [tuple(finding[key] for key in keys) for finding in ran.findings()] == [
        ("EXA001", 1, 1, "error", "41 of 41 letters are capitals, limit 10%"),
        ("EXA002", 1, 2, "info", "no text under origin"),
    ]
    assert ran.json["measures"]["quality-error-share"] == 0.5


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ("[rules.shouting-response]\nmin-leters = 5\n", ("datalint.toml:2", "min-leters", "min-letters")),
        ('[rules.EXA001]\nshare = "most"\n', ("datalint.toml:2", "share", "a number")),
        ('select = ["EXA9"]\n', ("datalint.toml:1", "EXA9")),
    ],
)
def test_settings_that_cannot_be(installed: Path, project: Path, settings: str, words: tuple[str, ...]) -> None:
    (project / "datalint.toml").write_text(settings)
    ran = datalint("check", "train.jsonl", cwd=project, path=[installed])
    assert (ran.code, ran.output) == (2, "")
    for word in words:
        assert word in ran.error


def test_the_catalogue_and_the_page(installed: Path, project: Path) -> None:
    rows = datalint("rules", "--select", "EXA", "--output-format", "json", cwd=project, path=[installed]).json
    assert [(row["code"], row["name"], row["scope"]) for row in rows] == [
        ("EXA001", "shouting-response", "turn"),
        ("EXA002", "unattributed-example", "record"),
        ("EXA003", "greeting-habit", "dataset"),
    ]
    assert all("datalint-example-plugin" in row["origin"] for row in rows)
    page = datalint("rule", "EXA001", cwd=project, path=[installed]).output
    assert page.startswith("# EXA001 shouting-response\n\nwarning · quality · turn rule · since 0.1\n")
    options = page.partition("## Options\n")[2].partition("\n## ")[0]
    assert "`[rules.shouting-response]`" in options
    assert "- `min-letters` (default `20`): letters that a response must have to be judged" in options
    assert "- `share` (default `0.8`): share of capitals" in options


def test_a_clash_of_codes_names_both(installed: Path, project: Path, tmp_path: Path) -> None:
    text = RULE.format(code="EXA001", name="another-name", before="", body="yield from ()")
    other = distribution(tmp_path / "other", "datalint-rival", "rival_rules", text)
    ran = datalint("check", "train.jsonl", cwd=project, path=[installed, other])
    assert (ran.code, ran.output) == (2, "")
    for word in ("EXA001", "datalint-example-plugin", "datalint-rival", "shouting-response", "another-name"):
        assert word in ran.error


def test_a_rule_that_raises_does_not_stop_the_others(installed: Path, project: Path, tmp_path: Path) -> None:
    text = RULE.format(code="BAD001", name="broken-rule", before="", body='raise ValueError("of \\x1b[31mno use")')
    other = distribution(tmp_path / "other", "datalint-broken", "broken_rules", text)
    arguments = ("check", "--select", "EXA,BAD,FMT", "--exit-zero", "--output-format", "json", "train.jsonl")
    ran = datalint(*arguments, cwd=project, path=[installed, other])
    assert ran.code == 2
    assert "INT001" in ran.error
    [told] = ran.findings("INT001")
    assert (told["name"], told["severity"]) == ("internal-error", "error")
    line = text.splitlines().index('    raise ValueError("of \\x1b[31mno use")') + 1
    place = f"(broken_rules.py, line {line})"
    assert told["message"] == f"rule BAD001 (broken-rule) failed: ValueError: of \\x1b[31mno use {place}"
    assert {"EXA001", "EXA002", "EXA003", "FMT001"} <= {finding["rule"] for finding in ran.findings()}


def test_a_local_file_runs_only_when_the_user_allows_it(project: Path) -> None:
    before = 'import pathlib\npathlib.Path("it-ran").touch()'
    text = RULE.format(code="LOC001", name="local-rule", before=before, body='yield Hit("here")')
    (project / "local_rules.py").write_text(text)
    (project / "datalint.toml").write_text('plugins = ["local_rules.py"]\nselect = ["FMT101"]\n')
    arguments = ("check", "--output-format", "json", "train.jsonl")
    ran = datalint(*arguments, cwd=project, path=[])
    assert (ran.code, ran.findings()) == (0, [])
    assert not (project / "it-ran").exists()
    ran = datalint(*arguments, "--extend-select", "LOC", cwd=project, path=[])
    assert (ran.code, ran.output) == (2, "")
    assert "--allow-local-plugins" in ran.error
    assert not (project / "it-ran").exists()
    ran = datalint_apart(*arguments, "--extend-select", "LOC", "--allow-local-plugins", cwd=project, path=[])
    [finding] = ran.findings("LOC001")
    assert (finding["line"], finding["count"], finding["message"]) == (1, 2, "here")
    assert (project / "it-ran").exists()
