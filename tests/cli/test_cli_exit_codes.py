"""Exit codes: 0 passed (or warned), 1 failed, 2 could not run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from cli_runs import Run
from every import every
from rule_pages import PAGE

CHECK = ("check", "--isolated")
#: Port 1 of this machine refuses every connection, whether or not there is a network.
HUB = {"HF_ENDPOINT": "http://127.0.0.1:1", "HF_HUB_OFFLINE": "0", "HF_DATASETS_OFFLINE": "0", "NO_PROXY": "127.0.0.1"}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("good/train.jsonl", 0),
        ("tiny.jsonl", 1),
        ("one-sided.jsonl", 1),
        ("repeated.jsonl", 1),
        ("mixed-shapes.jsonl", 1),
        ("leaky/train.jsonl", 1),
        ("broken.jsonl", 1),
    ],
)
def test_the_verdict_is_the_exit_code(run: Run, data: str, code: int) -> None:
    ran = run(*CHECK, data)
    assert (ran.code, ran.error) == (code, "")
    assert verdict_of(ran.text) == ("PASS" if code == 0 else "FAIL")


def verdict_of(report: str) -> str:
    """Return the word that a text report's line of the verdict begins with."""
    return next(line.split()[0] for line in report.splitlines() if re.match("(PASS|WARN|FAIL)  score ", line))


@pytest.mark.parametrize(("data", "code"), [("good/train.jsonl", 0), ("tiny.jsonl", 1), ("nowhere.jsonl", 2)])
def test_a_shell_sees_the_same(run: Run, data: str, code: int) -> None:
    asked = (*CHECK, "--select", "VOL", data)
    assert run(*asked, apart=True) == run(*asked)
    assert run(*asked).code == code


def test_exit_zero_reports_only(run: Run) -> None:
    ran = run(*CHECK, "--exit-zero", "tiny.jsonl")
    assert ran.code == 0
    assert verdict_of(ran.text) == "FAIL"


@pytest.mark.parametrize(("fail_on", "code"), [("warn", 1), ("fail", 0)])
def test_fail_on(run: Run, fail_on: str, code: int) -> None:
    # Without the volume gate's rules only the missing evaluation set is left, which warns.
    ran = run(*CHECK, "--ignore", "VOL", "--fail-on", fail_on, "tiny.jsonl")
    assert verdict_of(ran.text) == "WARN"
    assert ran.code == code


def test_a_finding_in_no_gate_is_no_failure(run: Run) -> None:
    ran = run(*CHECK, "--select", "QUA007", "good/train.jsonl")
    assert "QUA007" in ran.text
    assert ran.code == 0


@every(
    ("arguments", "said"),
    [
        pytest.param(("check", "nowhere.jsonl"), ("no such file", "nowhere.jsonl"), id="no-such-file"),
        pytest.param(("check", "--shout", "tiny.jsonl"), ("--shout",), id="unknown-option"),
        pytest.param(("chek", "tiny.jsonl"), ("chek", "check"), id="unknown-command"),
        pytest.param(("check",), ("nothing to check",), id="no-path"),
        pytest.param(
            ("check", "--select", "emty-response", "tiny.jsonl"),
            ("unknown rule", "emty-response", 'did you mean "empty-response"?'),
            id="unknown-rule",
        ),
        pytest.param(("rule", "QUA999"), ("QUA999",), id="unknown-rule-page"),
        pytest.param(("rule", "near-dup"), ('did you mean "near-duplicate"?',), id="shortened-rule"),
        pytest.param(("rule", "leaked"), ("`datalint rules` lists them",), id="beginning-of-several-rules"),
        pytest.param(("rule", "quality"), ("`datalint rules --select QUA` lists the rules",), id="factor-as-rule"),
        pytest.param(("rule", "qua0"), ("`datalint rules --select QUA0`",), id="prefix-as-rule"),
        pytest.param(("check", "--profile", "lax", "tiny.jsonl"), ("lax", "guide"), id="unknown-profile"),
        pytest.param(("check", "--columns", "prompt", "tiny.jsonl"), ("MEANING=KEY",), id="bad-columns"),
        pytest.param(("check", "--output", "json", "tiny.jsonl"), ("json:PATH",), id="bad-output"),
        pytest.param(("check", "-o", "report.docx", "tiny.jsonl"), ("FORMAT:report.docx", "html"), id="bad-extension"),
        pytest.param(("chekc",), ("neither a command nor a file", '"check"'), id="misspelled-command"),
        pytest.param(("no-such.jsonl",), ("no-such.jsonl",), id="missing-file"),
        pytest.param(
            ("check", "--output", "json:no/such/folder/report.json", "tiny.jsonl"),
            ("cannot write", "report.json"),
            id="unwritable-output",
        ),
        pytest.param(("check", "--output", "json:.", "tiny.jsonl"), ("Is a directory",), id="folder-as-output"),
        pytest.param(("check", "--config", "nowhere.toml", "tiny.jsonl"), ("nowhere.toml",), id="no-config"),
        pytest.param(("check", "--eval", "nowhere.jsonl", "tiny.jsonl"), ("nowhere.jsonl",), id="no-evaluation"),
    ],
)
def test_could_not_run(run: Run, arguments: tuple[str, ...], said: tuple[str, ...]) -> None:
    ran = run(*arguments)
    assert ran.code == 2
    assert ran.output == b""
    assert "Traceback" not in ran.error
    assert "datalint itself failed" not in ran.error
    assert [words for words in said if words not in ran.error] == []


def test_a_selection_of_content_rules_fails_where_no_row_can_be_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "notes.jsonl").write_text("to whom it may concern\n" * 3)
    ran = run("check", "notes.jsonl", "--select", "QUA", cwd=tmp_path)
    assert ran.code == 1
    assert ran.text.splitlines()[-2:] == [
        "FAIL  score 0 of 100: no row could be read as an example",
        "next: datalint check notes.jsonl",
    ]
    ran = run("check", "notes.jsonl", "--select", "QUA", "--output-format", "junit", cwd=tmp_path)
    assert '<failure message="no row could be read as an example" type="not-assessed">' in ran.text


def test_a_bad_setting_is_named_with_file_and_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "datalint.toml").write_text('profile = "guide"\n\n[near-duplicates]\nthreshold = 7\n')
    (tmp_path / "train.jsonl").write_text('{"prompt": "Hello", "completion": "Hello to you."}\n')
    ran = run("check", "train.jsonl", cwd=tmp_path)
    assert ran.code == 2
    assert "datalint.toml:4" in ran.error
    assert "threshold" in ran.error


def test_a_misspelled_setting_has_a_suggestion(run: Run, tmp_path: Path) -> None:
    (tmp_path / "datalint.toml").write_text('profle = "strict"\n')
    ran = run("config", cwd=tmp_path)
    assert ran.code == 2
    assert "datalint.toml:1" in ran.error
    assert "profile" in ran.error


def test_the_hub_without_a_network(run: Run) -> None:
    ran = run("check", "hf://datasets/owner/name", env=HUB, apart=True)
    assert ran.code == 2
    assert "cannot be reached" in ran.error
    assert "Traceback" not in ran.error


def test_a_rule_that_breaks_is_code_2_and_the_rest_goes_on(run: Run, tmp_path: Path) -> None:
    (tmp_path / "breaking.py").write_text(
        f"{PAGE}"
        "from datalint.api import Hit, Options, Record, Severity, rule\n\n"
        '@rule("ZZ001", "breaking", severity=Severity.INFO, since="0.1")\n'
        "def breaking(record: Record, options: Options):\n"
        "    raise KeyError(record.shape)\n"
        "    yield Hit('never')\n"
    )
    (tmp_path / "datalint.toml").write_text('plugins = ["breaking.py"]\n')
    (tmp_path / "train.jsonl").write_text('{"prompt": "Hello", "completion": ""}\n')
    ran = run(
        "check",
        "--allow-local-plugins",
        "--select",
        "QUA002,ZZ001",
        "--output-format",
        "concise",
        "train.jsonl",
        cwd=tmp_path,
    )
    assert ran.code == 2
    assert "QUA002" in ran.text
    assert "INT001" in ran.text
    assert "breaking" in ran.text
    ran = run("check", "--allow-local-plugins", "--select", "ZZ001", "train.jsonl", cwd=tmp_path)
    assert "(breaking.py, line" in ran.text
    assert "INT001" not in ran.text.partition("next: ")[2]


def test_local_rules_stay_unread_without_permission(run: Run, tmp_path: Path) -> None:
    (tmp_path / "own.py").write_text("raise SystemExit('was run')\n")
    (tmp_path / "datalint.toml").write_text('plugins = ["own.py"]\n')
    (tmp_path / "train.jsonl").write_text('{"prompt": "Hello", "completion": "Hello to you."}\n')
    ran = run("check", "train.jsonl", "--select", "VOL", cwd=tmp_path)
    assert "was run" not in ran.error + ran.text
    assert "Traceback" not in ran.error
