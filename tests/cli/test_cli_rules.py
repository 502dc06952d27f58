"""``datalint rules`` and ``datalint rule``: the list at any width, and pages of built-in and local rules."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_runs import Run
from rule_pages import PAGE

from datalint.core.registry import Registry
from datalint.core.rule import SECTIONS

OWN = """
from datalint.api import FileFacts, Options, Severity, rule

@rule("LIC001", "no-license", severity=Severity.INFO, since="1")
def no_license(facts: FileFacts, options: Options):
    yield from ()
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "conf").mkdir()
    (tmp_path / "conf" / "own.py").write_text(PAGE + OWN)
    for path, plugin in (("datalint.toml", "conf/own.py"), ("conf/other.toml", "own.py")):
        (tmp_path / path).write_text(f'plugins = ["{plugin}"]\n')
    return tmp_path


@pytest.mark.parametrize("name", ["LIC001", "no-license"])
@pytest.mark.parametrize("config", [(), ("--config", "conf/other.toml")])
def test_a_local_rule_is_explained(run: Run, project: Path, name: str, config: tuple[str, ...]) -> None:
    ran = run("rule", name, "--allow-local-plugins", *config, cwd=project)
    assert (ran.code, ran.error) == (0, "")
    assert ran.text.startswith("# LIC001 no-license\n")
    listed = run("rules", "--select", "LIC001", "--allow-local-plugins", *config, cwd=project).text
    assert listed.startswith("LIC001")
    told = json.loads(run("rule", name, "--allow-local-plugins", "--output-format", "json", cwd=project).output)
    assert told["code"] == "LIC001"


def test_a_local_rule_stays_unread_without_permission(run: Run, project: Path) -> None:
    (project / "conf" / "own.py").write_text("raise SystemExit('was run')\n")
    ran = run("rule", "LIC001", cwd=project)
    assert (ran.code, ran.output) == (2, b"")
    assert 'unknown rule "LIC001"' in ran.error
    assert "--allow-local-plugins" in ran.error
    assert "was run" not in ran.error
    assert "--allow-local-plugins" not in run("rule", "LIC001", "--isolated", cwd=project).error


@pytest.mark.parametrize("title", SECTIONS)
def test_a_plug_in_has_every_section(run: Run, project: Path, title: str) -> None:
    (project / "conf" / "own.py").write_text(PAGE.replace(f"## {title}\n", f"## Not {title}\n") + OWN)
    for arguments in (("rules",), ("rule", "LIC001"), ("config",)):
        ran = run(*arguments, "--allow-local-plugins", cwd=project)
        assert (ran.code, ran.output) == (2, b"")
        assert f'lacks "## {title}"; docs/writing-a-rule.md' in ran.error
        assert "LIC001 no-license (local plug-in conf/own.py, module " in ran.error


def test_all_missing_sections_are_named_at_once(run: Run, project: Path) -> None:
    (project / "conf" / "own.py").write_text('"""Only this."""\n' + OWN)
    ran = run("rules", "--allow-local-plugins", cwd=project)
    assert ", ".join(f'"## {title}"' for title in SECTIONS) in ran.error


@pytest.mark.parametrize("width", [20, 40, 80])
def test_the_list_is_wrapped_between_words(run: Run, width: int) -> None:
    plain = run("rules").text
    wrapped = run("rules", env={"COLUMNS": str(width)}).text
    assert wrapped.split() == plain.split()
    words = max(map(len, plain.split()))
    assert max(map(len, wrapped.splitlines())) <= max(width, words + 46)
    assert [line for line in wrapped.splitlines() if len(line) > max(width, words + len("FMT101    warning"))] == []
    for line in wrapped.splitlines():
        assert line[:8] == " " * 8 or line[:8].strip() in Registry.default().codes


def test_without_a_terminal_a_rule_is_a_line(run: Run) -> None:
    assert len(run("rules").text.splitlines()) == len(Registry.default())


def test_a_page_shows_the_first_of_many_defaults(run: Run) -> None:
    page = run("rule", "null-word-prompt").text
    listed = json.loads(run("rule", "null-word-prompt", "--output-format", "json").text)["options"][0]["default"]
    assert f'"{listed[7]}", …]`, {len(listed) - 8} more): ' in page
    assert "`datalint rule QUA029 --output-format json` lists the defaults in full." in page
    assert "lists the defaults" not in run("rule", "near-duplicate").text


def test_pages_show_rows_and_no_templates(run: Run) -> None:
    for rule in Registry.default():
        for kind in ("text", "json"):
            page = run("rule", rule.code, "--output-format", kind).text
            assert "{w}" not in page
            assert "{n}" not in page
            assert "vary=" not in page
    page = run("rule", "VOL001").text
    bad = page.partition("## Bad")[2].partition("## Good")[0]
    rows = [line for line in bad.splitlines() if line.startswith("{")]
    assert len({json.loads(row)["prompt"] for row in rows}) == len(rows) == 2
    assert "… 38 more rows like these" in bad


def test_rules_of_low_confidence_are_listed_as_off(run: Run) -> None:
    registry = Registry.default()
    off = set(registry.codes) - set(registry.default_codes)
    listed = {row["code"]: row for row in json.loads(run("rules", "--output-format", "json").text)}
    assert set(listed) == set(registry.codes)
    assert {code for code, row in listed.items() if not row["on"]} == off
    for code in off:
        assert "off unless selected" in run("rules").text
        assert code not in run("rules", "--select", "ALL").text
        assert run("rules", "--select", code).text.startswith(code)


def test_pages_say_which_rules_are_off_by_default(run: Run) -> None:
    registry = Registry.default()
    for code in ("QUA024", "QUA032", "QUA002"):
        off = "off by default: `--extend-select" in run("rule", code).text.split("\n\n")[1]
        assert off is (code not in registry.default_codes)
