"""What users of other linters type: a bare file, -o with an extension, rule codes in lower case, --no-color."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from cli_runs import FIXTURES, Run

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@pytest.mark.parametrize(
    "arguments",
    [
        ("tiny.jsonl",),
        ("./tiny.jsonl",),
        ("--isolated", "tiny.jsonl"),
        ("-q", "--isolated", "tiny.jsonl"),
        ("--output-format", "concise", "tiny.jsonl", "broken.jsonl"),
        ("t*y.jsonl", "--select", "VOL"),
    ],
)
def test_arguments_without_a_command_are_those_of_check(run: Run, arguments: tuple[str, ...]) -> None:
    assert run(*arguments) == run("check", *arguments)


def test_a_command_goes_before_a_file_of_its_name(run: Run, tmp_path: Path) -> None:
    (tmp_path / "rules").write_text('{"prompt": "a", "completion": "b"}\n')
    assert "too-few-examples" in run("rules", cwd=tmp_path).text
    assert run("./rules", cwd=tmp_path) == run("check", "rules", cwd=tmp_path)


def test_the_extension_of_an_output_is_its_format(run: Run, tmp_path: Path) -> None:
    data = FIXTURES / "tiny.jsonl"
    starts = {
        "report.json": b"{",
        "report.HTML": b"<!doctype html>",
        "report.sarif": b"{",
        "report.csv": b"rule,",
        "report.md": b"#",
        "report.xml": b"<?xml",
        "json:other.txt": b"{",
        "report.txt": str(data).encode(),
    }
    outputs = [word for name in starts for word in ("-o", name)]
    ran = run("check", "--isolated", str(data), "-q", *outputs, cwd=tmp_path)
    assert (ran.code, ran.output, ran.error) == (1, b"", "")
    for name, start in starts.items():
        written = (tmp_path / name.rpartition(":")[2]).read_bytes()
        assert written.lower().startswith(start.lower()), name


def test_a_dash_is_standard_output(run: Run) -> None:
    asked = ("check", "--isolated", "--select", "VOL", "tiny.jsonl")
    assert run(*asked, "-o", "-") == run(*asked) == run(*asked, "-q", "--output", "-")
    as_json = run(*asked, "--output-format", "json")
    assert run(*asked, "-o", "-", "--output-format", "json") == run(*asked, "-o", "json:-") == as_json


def test_codes_of_rules_in_lower_case(run: Run) -> None:
    for given in ("Qua002", "qua002,vol", "fmt1", "all"):
        asked = ("check", "--isolated", "broken.jsonl", "--output-format", "json")
        assert run(*asked, "--select", given) == run(*asked, "--select", given.upper())
    assert run("rule", "qua002") == run("rule", "QUA002")


def test_codes_in_lower_case_in_a_configuration(run: Run, tmp_path: Path) -> None:
    (tmp_path / "datalint.toml").write_text('ignore = ["rdy001"]\n[severity]\nvol001 = "info"\n')
    (tmp_path / "a.jsonl").write_text('{"prompt": "a", "completion": "b"}\n')
    found = json.loads(run("check", "a.jsonl", "--output-format", "json", cwd=tmp_path).output)["findings"]
    severities = {finding["rule"]: finding["severity"] for finding in found}
    assert severities["VOL001"] == "info"
    assert "RDY001" not in severities


def test_colours_by_option(run: Run) -> None:
    asked = ("check", "--isolated", "--select", "VOL", "tiny.jsonl")
    assert _COLOUR.search(run(*asked, "--color").text)
    assert not _COLOUR.search(run(*asked).text)
    assert not _COLOUR.search(run(*asked, "--no-color").text)
    assert _COLOUR.sub("", run(*asked, "--color").text) == run(*asked).text


@pytest.mark.parametrize(("variables", "coloured"), [({"FORCE_COLOR": "1"}, True), ({"NO_COLOR": "1"}, False)])
def test_colours_by_environment(run: Run, variables: dict[str, str], coloured: bool) -> None:
    shown = run("check", "--isolated", "--select", "VOL", "tiny.jsonl", env=variables).text
    assert bool(_COLOUR.search(shown)) == coloured


@pytest.mark.parametrize("command", ["check", "compare", "baseline", "clusters"])
def test_commands_that_read_rows_share_options(run: Run, command: str) -> None:
    shown = run(command, "--help").text
    shared = "eval category schema columns split stdin-filename config isolated profile confine config-ref jobs"
    assert [name for name in shared.split() if not re.search(rf"^  --{name}\b", shown, re.M)] == []
