"""The samples of other scanners are read as they lie in their repositories."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "benchmarks"))

import secret_formats  # noqa: E402

KEY = "q7Xr2LmV9sTbKd4WnYc8ZpHf3JgEuA51Re0oMi6QkBx8"
GO = f"""package rules

func Acme() *config.Rule {{
	r := config.Rule{{Regex: regexp.MustCompile(`acme_[a-z]{{36}}`)}}
	tps := []string{{
		"acme_{KEY}",  // a comment
		`line one "acme" = '{KEY[::-1]}'`,
		"acme_" + secrets.NewSecret(utils.Hex("36")),
		"acme_[a-z]{{36}}",
		"short",
	}}
	fps := []string{{
		"acme_xxxxxxxxxxxxxxxxxxxx \\"quoted\\"",
		// "acme_{KEY[3:]}",
	}}
	return utils.Validate(r, tps, fps)
}}
"""
PYTHON = f"""
@pytest.mark.parametrize("line, should_flag", [
    ("key: {KEY}", True),
    ("key: {{}}".format("none"), False),
    (unknown("key"), True),
])
def test(line, should_flag): ...
"""


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def test_gitleaks_samples_are_whole_literals(tmp_path: Path) -> None:
    write(tmp_path / "cmd/generate/config/rules/acme.go", GO)
    assert [(each.text, each.secret) for each in secret_formats.gitleaks(tmp_path)] == [
        (f"acme_{KEY}", True),
        (f"line one \"acme\" = '{KEY[::-1]}'", True),
        ('acme_xxxxxxxxxxxxxxxxxxxx "quoted"', False),
    ]


def test_detect_secrets_samples_are_parameters(tmp_path: Path) -> None:
    write(tmp_path / "tests/plugins/acme_test.py", PYTHON)
    write(tmp_path / "tests/plugins/keyword_test.py", PYTHON)
    assert [(each.text, each.secret) for each in secret_formats.detect_secrets(tmp_path)] == [
        (f"key: {KEY}", True),
        ("key: none", False),
    ]


def test_the_table_counts_what_is_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    token, line = "ghp" + f"_{KEY[:36]}", "token ghp" + f"_{KEY[:36]}, or acme_{KEY}"
    entries = [
        {
            "rule": rule,
            "line_data_list": [{"line": line, "path": "./tests/samples/a", "value": value, "value_start": 1}],
        }
        for rule, value in (("Github Token", token), ("Acme Key", f"acme_{KEY}"), ("Password", KEY))
    ]
    for name in ("output", "no_ml", "no_filters_no_ml"):
        write(tmp_path / f"tests/data/{name}.json", json.dumps(entries))
    write(tmp_path / "tests/samples/a", line)
    secret_formats.main(["--credsweeper", str(tmp_path), "--list"])
    shown = capsys.readouterr().out
    assert "| CredSweeper: tokens | 2 | 1 | 50% | 0 | 0 |" in shown
    assert "missed\tCredSweeper: tokens\ta: Acme Key" in shown
    assert "reported" not in shown.replace("| reported |", "")
