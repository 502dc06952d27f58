"""With the cache or without it, the command says the same; only sooner."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path
from unittest import mock

import pytest
from cache_runs import CHECK, append, assert_remembered, entries, run, settle
from cli_runs import COMMAND, FIXTURES, PATIENCE, environment
from rule_pages import PAGE

from datalint.cli.writing import FORMATS


def test_every_format_is_the_same_to_the_byte(project: Path) -> None:
    (project / "out").mkdir()
    files = {kind: project / "out" / kind for kind in FORMATS}
    outputs = [word for kind, path in files.items() for word in ("--output", f"{kind}:{path}")]

    def reports(*arguments: str, **options: bool) -> dict[str, bytes]:
        for path in files.values():
            path.write_bytes(b"")
        ran = run("check", "--select", "FMT,QUA", "broken.jsonl", *outputs, *arguments, **options)
        assert ran.code == 1
        return {kind: path.read_bytes() for kind, path in files.items()} | {"": ran.output}

    plain, first, again = reports("--no-cache"), reports(), reports(again=True)
    for kind, report in plain.items():
        assert report, kind
        assert first[kind] == report, kind
        assert again[kind] == report, kind


@pytest.mark.parametrize(
    "arguments",
    [
        ("train.jsonl",),
        ("train.jsonl", "tiny.jsonl"),
        ("tiny.jsonl", "--full", "--color", "--select", "FMT,VOL"),
        ("tiny.jsonl", "--eval", "broken.jsonl", "--exit-zero", "--select", "RDY"),
        ("tiny.jsonl", "--quiet", "--select", "FMT,VOL"),
        ("*.jsonl", "--output-format", "json", "--select", "FMT,VOL"),
        (".", "--output-format", "json", "--select", "FMT,VOL"),
        ("tiny.jsonl", "--select", "QUA", "--profile", "minimal", "--category", "category"),
    ],
)
def test_every_way_to_ask_is_the_same_to_the_byte(arguments: tuple[str, ...], project: Path) -> None:
    shutil.copy(FIXTURES / "leaky" / "eval.jsonl", project / "eval.jsonl")
    assert_remembered("check", *arguments)


def test_reports_in_files_are_written_again(project: Path) -> None:
    outputs = ("--output", "json:out/report.json", "--output", "html:out/report.html")
    arguments = ("check", "tiny.jsonl", "--select", "FMT,VOL", *outputs)
    (project / "out").mkdir()
    plain = run(*arguments, "--no-cache")
    written = {path.name: path.read_bytes() for path in (project / "out").iterdir()}
    assert run(*arguments) == plain
    shutil.rmtree(project / "out")
    (project / "out").mkdir()
    assert run(*arguments, again=True) == plain
    assert {path.name: path.read_bytes() for path in (project / "out").iterdir()} == written


def test_warnings_come_again(project: Path) -> None:
    run("baseline", "tiny.jsonl", "broken.jsonl", "--select", "FMT")
    shutil.copy("tiny.jsonl", "broken.jsonl")
    ran = assert_remembered("check", "broken.jsonl", "--select", "FMT")
    assert "match nothing" in ran.error or "matches nothing" in ran.error


def test_what_the_text_looks_like_is_part_of_the_question(project: Path) -> None:
    wide, narrow = (run(*CHECK, env={"COLUMNS": width}) for width in ("150", "60"))
    assert wide != narrow
    assert run(*CHECK, env={"COLUMNS": "150"}, again=True) == wide
    assert run(*CHECK, env={"COLUMNS": "60"}, again=True) == narrow


def test_a_configuration_that_breaks_is_an_error_again(project: Path) -> None:
    run(*CHECK)
    (project / "datalint.toml").write_text("profile = 3")
    assert run(*CHECK).code == 2


def test_no_cache_leaves_nothing(project: Path) -> None:
    run(*CHECK, "--no-cache")
    run(*CHECK, env={"DATALINT_NO_CACHE": "1"})
    assert not (project / ".datalint_cache").exists()


MINE = (
    PAGE
    + """
from datalint.api import Options, Record, Severity, rule

@rule("MY001", "mine", severity=Severity.INFO, since="0.1")
def mine(record: Record, options: Options):
    return iter(())
"""
)


@pytest.mark.parametrize(
    "arguments",
    [("--allow-local-plugins", "tiny.jsonl"), (".hidden/*.jsonl",), ("missing.jsonl",)],
)
def test_what_can_not_be_told_apart_is_run_each_time(arguments: tuple[str, ...], project: Path) -> None:
    (project / ".hidden").mkdir()
    append(".hidden/a.jsonl")(project)
    (project / "datalint.toml").write_text('plugins = ["mine.py"]')
    (project / "mine.py").write_text(MINE)
    assert run("check", "--select", "VOL", *arguments) == run("check", "--select", "VOL", *arguments)
    assert not [path for path in entries(project) if path.parent.name == "reports"]


def test_a_file_that_was_written_as_the_run_began_is_read_again(project: Path) -> None:
    run(*CHECK)
    with mock.patch.object(time, "sleep"):
        append("tiny.jsonl")(project)
        run(*CHECK)
        append("tiny.jsonl", b"\n" * 10)(project)
        assert run(*CHECK) == run(*CHECK, "--no-cache")


def test_an_entry_of_another_user_is_not_believed(project: Path, tmp_path: Path) -> None:
    first = run(*CHECK)
    reports = [path for path in entries(project) if path.parent.name == "reports"]
    assert len(reports) == 1
    forged = reports[0].read_bytes().replace(b"FAIL", b"PASS").replace(b'"code": 1', b'"code": 0')
    assert forged != reports[0].read_bytes()
    reports[0].write_bytes(forged)
    assert run(*CHECK) == first
    assert run(*CHECK, again=True) == first
    other = run(*CHECK, env={"XDG_CACHE_HOME": str(tmp_path / "other")})
    assert other == first


HEAVY = ("polars", "numpy", "rich", "datalint.engine", "datalint.sources")


@pytest.mark.parametrize(
    ("arguments", "heavy"),
    [
        (CHECK, (*HEAVY, "orjson", "datalint.core.registry", "pathlib")),
        (("advise", "tiny.jsonl", "--select", "VOL"), HEAVY),
    ],
    ids=["check", "advise"],
)
def test_nothing_heavy_is_imported_for_what_is_remembered(
    arguments: tuple[str, ...], heavy: tuple[str, ...], project: Path
) -> None:
    code = (
        "import sys\nbefore = set(sys.modules)\nfrom datalint.cli import main\ntry:\n    main(sys.argv[1:])\nfinally:\n"
        f"    print(*[name for name in {heavy} if name in sys.modules.keys() - before], file=sys.stderr)"
    )
    for _ in range(2):
        settle()
        done = subprocess.run(
            (sys.executable, "-c", code, *arguments),
            cwd=project,
            env=environment({"DATALINT_NO_CACHE": ""}),
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == (1 if arguments[0] == "check" else 0)
    assert done.stderr.splitlines()[-1].split() == []


def test_info_and_clear(project: Path) -> None:
    assert "0 entries" in run("cache", "info").output.decode()
    run(*CHECK)
    told = json.loads(run("cache", "info", "--output-format", "json").output)
    assert told["path"] == str(project / ".datalint_cache")
    assert told["reports"]["entries"] == 1
    assert told["reports"]["bytes"] == entries(project)[-1].stat().st_size
    assert run("cache", "clear").output.decode().startswith("deleted 1 entry of ")
    assert not (project / ".datalint_cache").exists()
    assert run("cache", "clear").output.decode().startswith("deleted 0 entries of ")


@pytest.mark.parametrize("count", [0, 1])
def test_what_was_cleared_as_json(project: Path, count: int) -> None:
    if count:
        run(*CHECK)
    ran = run("cache", "clear", "--output-format", "json")
    assert json.loads(ran.output) == {"path": str(project / ".datalint_cache"), "deleted": count}
    assert not (project / ".datalint_cache").exists()


def test_the_folder_can_be_named(project: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "deep" / "cache"
    run(*CHECK, "--cache-dir", str(elsewhere))
    run("check", "broken.jsonl", "--select", "VOL", env={"DATALINT_CACHE_DIR": str(elsewhere)})
    assert not (project / ".datalint_cache").exists()
    told = json.loads(run("cache", "info", "--cache-dir", str(elsewhere), "--output-format", "json").output)
    assert told["reports"]["entries"] == 2


def test_it_lies_beside_the_configuration(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "datalint.toml").write_text("")
    (project / "deep").mkdir()
    monkeypatch.chdir(project / "deep")
    run("check", "../tiny.jsonl", "--select", "VOL")
    assert (project / ".datalint_cache").is_dir()
    assert not (project / "deep" / ".datalint_cache").exists()
    assert str(project / ".datalint_cache") in run("cache", "info").output.decode()


def test_trouble_is_told_once_and_changes_nothing(project: Path) -> None:
    plain = run(*CHECK, "--no-cache")
    (project / ".datalint_cache").write_bytes(b"a file in its place")
    ran = run(*CHECK)
    assert (ran.code, ran.output) == (plain.code, plain.output)
    assert ran.error.count("\n") == 1
    assert ran.error.startswith("warning: ")
    assert "--no-cache" in ran.error
    assert run(*CHECK, "--quiet").error == ""


def test_what_a_reader_did_not_take_is_not_remembered(project: Path) -> None:
    done = subprocess.Popen(
        (*COMMAND, *CHECK),
        cwd=project,
        env=environment({"DATALINT_NO_CACHE": ""}),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert done.stdout is not None
    done.stdout.close()
    _, error = done.communicate(timeout=PATIENCE)
    assert error == b""
    assert not [path for path in entries(project) if path.parent.name == "reports"]
