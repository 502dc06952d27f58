"""No output overwrites what a run reads, or another output."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_runs import COMMAND, FIXTURES, PATIENCE, Run, environment
from rule_pages import PAGE

from datalint.cli.overwriting import Input, OutputPath, refuse_overwriting
from datalint.core.errors import DatalintError

ROW = '{"prompt": "Where is it?", "completion": "At the quay."}\n'
CONFIG = """\
schema = "row.schema.json"
plugins = ["own.py"]
[rules.schema-violation]
schema = "other.schema.json"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project with everything that a run may read."""
    for name in ("train.jsonl", "eval.jsonl", "other.jsonl", "data/train.jsonl", "data/test.jsonl", "data/old/a.jsonl"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(ROW)
    (tmp_path / "datalint.toml").write_text(CONFIG)
    for name in ("row.schema.json", "other.schema.json"):
        (tmp_path / name).write_text('{"type": "object"}')
    (tmp_path / "own.py").write_text(PAGE)
    (tmp_path / ".datalint-baseline.jsonl").write_text("")
    (tmp_path / "report.json").write_text('{"schema": "datalint-report/1"}')
    return tmp_path


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


CHECK = ("check", "train.jsonl", "--select", "VOL")
#: The command and its inputs, the output that it may not have, and what that file is to the run.
REFUSED = [
    (CHECK, "train.jsonl", "the input train.jsonl"),
    (CHECK, "./data/../train.jsonl", "the input train.jsonl"),
    (CHECK, "eval.jsonl", "the evaluation set eval.jsonl"),
    ((*CHECK, "--eval", "other.jsonl"), "other.jsonl", "the evaluation set other.jsonl"),
    (CHECK, "datalint.toml", "the configuration file "),
    ((*CHECK, "--config", "datalint.toml"), "datalint.toml", "the configuration file "),
    (CHECK, "row.schema.json", "the schema row.schema.json"),
    (CHECK, "other.schema.json", "the schema other.schema.json"),
    (("check", "--isolated", "--schema", "row.schema.json", "train.jsonl"), "row.schema.json", "the schema row"),
    (CHECK, "own.py", "the plug-in own.py"),
    (CHECK, ".datalint-baseline.jsonl", "the baseline "),
    ((*CHECK, "--baseline", "other.jsonl"), "other.jsonl", "the baseline other.jsonl"),
    (("check", "data"), "data/train.jsonl", "the input data/train.jsonl"),
    (("check", "data"), "data/test.jsonl", "the input data/test.jsonl"),
    (("check", "data"), "data/old/a.jsonl", "the input data/old/a.jsonl"),
    (("check", "data/*.jsonl"), "data/train.jsonl", "the input data/train.jsonl"),
    (("check", "data/**/*.jsonl"), "data/old/a.jsonl", "the input data/old/a.jsonl"),
    (("compare", "train.jsonl", "other.jsonl"), "train.jsonl", "the input train.jsonl"),
    (("compare", "train.jsonl", "other.jsonl"), "other.jsonl", "the input other.jsonl"),
    (("compare", "other.jsonl", "train.jsonl"), "eval.jsonl", "the evaluation set eval.jsonl"),
    (("compare", "train.jsonl", "other.jsonl"), ".datalint-baseline.jsonl", "the baseline "),
    (("clusters", "train.jsonl"), "train.jsonl", "the input train.jsonl"),
    (("clusters", "train.jsonl"), "datalint.toml", "the configuration file "),
]


@pytest.mark.parametrize(("command", "output", "what"), REFUSED)
def test_an_output_that_the_run_reads_is_refused(
    run: Run, folder: Path, command: tuple[str, ...], output: str, what: str
) -> None:
    before = contents(folder)
    ran = run(*command, "--output", f"json:{output}", cwd=folder)
    assert (ran.code, ran.output) == (2, b"")
    assert ran.error.startswith(f"error: --output json:{output} would overwrite {what}")
    assert ran.error.endswith("; choose another path\n")
    assert contents(folder) == before


def test_what_data_and_eval_of_the_configuration_name_is_an_input(run: Run, folder: Path) -> None:
    (folder / "datalint.toml").write_text('data = ["data/*.jsonl"]\neval = "other.jsonl"\n')
    for output, what in (("data/test.jsonl", "input data/test"), ("other.jsonl", "evaluation set other")):
        ran = run("check", "--output", f"json:{output}", cwd=folder)
        assert ran.code == 2
        assert f"would overwrite the {what}.jsonl" in ran.error


def test_nothing_is_read_before_it_is_refused(run: Run, folder: Path) -> None:
    (folder / "broken.json.gz").write_bytes(b"\x1f\x8b not gzip")
    shutil.copy(folder / "broken.json.gz", folder / "copy.json.gz")
    ran = run("check", "broken.json.gz", "copy.json.gz", "--output", "json:copy.json.gz", cwd=folder)
    assert "would overwrite the input copy.json.gz" in ran.error


def link_to(folder: Path) -> None:
    (folder / "link").symlink_to("train.jsonl")


def chain_to(folder: Path) -> None:
    (folder / "second").symlink_to(folder / "train.jsonl")
    (folder / "link").symlink_to("second")


def hard_link_to(folder: Path) -> None:
    (folder / "link").hardlink_to(folder / "train.jsonl")


def linked_folder(folder: Path) -> None:
    (folder / "here").symlink_to(".")
    (folder / "link").symlink_to("here/here/train.jsonl")


@pytest.mark.parametrize("make", [link_to, chain_to, hard_link_to, linked_folder])
@pytest.mark.parametrize("turned", [False, True])
def test_links_to_an_input_are_refused(run: Run, folder: Path, make: Callable[[Path], None], turned: bool) -> None:
    make(folder)
    given, output = ("link", "train.jsonl") if turned else ("train.jsonl", "link")
    ran = run("check", "--isolated", given, "--output", f"csv:{output}", cwd=folder)
    assert ran.code == 2
    assert f"--output csv:{output} would overwrite the input {given}" in ran.error
    assert (folder / "train.jsonl").read_text() == ROW


def test_other_spellings_of_a_file_system_without_case(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.stat
    monkeypatch.setattr(os, "stat", lambda path: real(Path(path).with_name(Path(path).name.lower())))
    target = OutputPath("--output json:TRAIN.jsonl", str(folder / "TRAIN.jsonl"))
    with pytest.raises(DatalintError, match=r"^--output json:TRAIN\.jsonl would overwrite the input .*train\.jsonl"):
        refuse_overwriting([target], [Input("input", str(folder / "train.jsonl"))])


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell")
def test_the_file_on_standard_input_is_an_input(folder: Path) -> None:
    with (folder / "train.jsonl").open("rb") as given:
        ran = subprocess.run(
            (*COMMAND, "check", "--isolated", "-", "--output", "csv:train.jsonl"),
            stdin=given, capture_output=True, text=True, cwd=folder, env=environment(), timeout=PATIENCE, check=False,
        )  # fmt: skip
    assert ran.returncode == 2
    assert "--output csv:train.jsonl would overwrite the input on standard input" in ran.stderr
    assert (folder / "train.jsonl").read_text() == ROW


def test_a_baseline_is_not_written_over_an_input(run: Run, folder: Path) -> None:
    (folder / "empty.jsonl").write_bytes(b"")
    for command in (("--add",), ("--update",), ("--prune",), ("--accept", "QUA001", "--reason", "so")):
        ran = run("baseline", "empty.jsonl", "--baseline", "empty.jsonl", *command, cwd=folder)
        assert ran.code == 2
        assert "the baseline empty.jsonl would overwrite the input empty.jsonl" in ran.error
    assert (folder / "empty.jsonl").read_bytes() == b""


@pytest.mark.parametrize("second", ["report.json", "./report.json", "data/../report.json", "link.json"])
@pytest.mark.parametrize("there", [True, False])
def test_two_outputs_with_one_path_are_refused(run: Run, folder: Path, second: str, there: bool) -> None:
    (folder / "link.json").symlink_to("report.json")
    if not there:
        (folder / "report.json").unlink()
    ran = run("check", "train.jsonl", "--output", "json:report.json", "--output", f"csv:{second}", cwd=folder)
    assert ran.code == 2
    assert f"--output json:report.json and --output csv:{second} are one file" in ran.error


def test_an_earlier_report_and_any_other_file_may_be_replaced(run: Run, folder: Path) -> None:
    for output in ("report.json", "other.jsonl", "data/new.json", "data/train.jsonl"):
        ran = run(
            "check", "--isolated", "train.jsonl", "--select", "VOL", "-q", "--output", f"json:{output}", cwd=folder
        )
        assert (ran.code, ran.error) == (1, "")
        assert json.loads((folder / output).read_bytes())["verdict"] == "fail"


def test_what_the_configuration_excludes_is_no_input(run: Run, folder: Path) -> None:
    (folder / "datalint.toml").write_text('exclude = ["data/old"]\n')
    ran = run("check", "data", "--select", "VOL", "--output", "json:data/old/a.jsonl", "-q", cwd=folder)
    assert (ran.code, ran.error) == (1, "")


def test_a_run_from_the_cache_overwrites_nothing_either(run: Run, folder: Path) -> None:
    arguments = ("check", "--isolated", "train.jsonl", "--select", "VOL", "--output", "json:new.json", "-q")
    for path in (folder / "train.jsonl", folder / "eval.jsonl"):
        os.utime(path, (1_700_000_000.5, 1_700_000_000.5))
    env = {"DATALINT_NO_CACHE": "", "HOME": str(folder), "XDG_CACHE_HOME": str(folder / "keys")}
    assert run(*arguments, cwd=folder, env=env, apart=True).code == 1
    assert list(folder.glob(".datalint_cache/*/reports/*"))
    (folder / "new.json").unlink()
    (folder / "new.json").hardlink_to(folder / "train.jsonl")
    ran = run(*arguments, cwd=folder, env=env | {"AGAIN": "1"}, apart=True)
    assert ran.code == 2
    assert "would overwrite the input train.jsonl" in ran.error


# What goes to standard output


@pytest.mark.parametrize("path", ["-", "/dev/stdout"])
@pytest.mark.parametrize("quiet", [(), ("--quiet",)])
def test_an_output_to_standard_output_takes_the_place_of_the_report(
    run: Run, folder: Path, path: str, quiet: tuple[str, ...]
) -> None:
    fewer = ("--select", "VOL")
    compare = ("compare", "tiny.jsonl", "tiny.jsonl", *fewer)
    for command in (("check", "tiny.jsonl", *fewer), compare, ("clusters", "tiny.jsonl")):
        given = (*command, "--isolated", *quiet)
        assert (
            run(*given, "--output", f"json:{path}").output
            == run(*command, "--isolated", "--output-format", "json").output
        )
    assert not (FIXTURES / "-").exists()


def test_files_are_written_next_to_it(run: Run, folder: Path) -> None:
    ran = run(*CHECK, "--isolated", "--output", "concise:-", "--output", "csv:x.csv", cwd=folder)
    assert ran.text.splitlines()[-1].startswith("fail: ")
    assert (folder / "x.csv").read_text().startswith("rule,")


@pytest.mark.parametrize(
    "options",
    [
        ("--output", "json:-", "--output", "csv:-"),
        ("--output", "json:-", "--output-format", "concise"),
        ("--output", "json:-", "--output-format", "json"),
    ],
)
def test_two_reports_on_standard_output_are_refused(run: Run, folder: Path, options: tuple[str, ...]) -> None:
    ran = run(*CHECK, "--isolated", *options, cwd=folder)
    assert (ran.code, ran.output) == (2, b"")
    assert "both go to standard output" in ran.error


@pytest.mark.skipif(sys.platform == "win32", reason="needs named pipes")
def test_a_pipe_is_written_to_and_not_replaced(run: Run, folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append((folder / "pipe").read_text()))
    reader.start()
    ran = run(*CHECK, "--isolated", "-q", "--output", "json:pipe", cwd=folder)
    reader.join(60)
    assert (ran.code, ran.error) == (1, "")
    assert json.loads(read[0])["verdict"] == "fail"
    assert (folder / "pipe").is_fifo()


@pytest.mark.skipif(sys.platform == "win32", reason="needs devices")
def test_a_device_stays_one_and_a_link_leads_to_none(run: Run, folder: Path) -> None:
    assert run(*CHECK, "--isolated", "-q", "--output", "json:/dev/null", cwd=folder).code == 1
    assert Path("/dev/null").is_char_device()
    (folder / "planted").symlink_to("/dev/null")
    assert run(*CHECK, "--isolated", "-q", "--output", "json:planted", cwd=folder).code == 1
    assert not (folder / "planted").is_symlink()
    assert Path("/dev/null").is_char_device()


def test_clusters_are_written_to_files(run: Run, folder: Path) -> None:
    (folder / "twice.jsonl").write_text(2 * ROW)
    given = ("clusters", "twice.jsonl", "--isolated")
    ran = run(*given, "--output", "jsonl:found.jsonl", "--output", "text:found.txt", cwd=folder)
    assert (folder / "found.jsonl").read_bytes() == run(*given, "--output-format", "jsonl", cwd=folder).output
    assert (folder / "found.txt").read_text().splitlines()[0] == ran.text.splitlines()[0]
    quiet = run(*given, "--quiet", "--pairs", "--output", "text:pairs.tsv", cwd=folder)
    assert (quiet.output, quiet.error) == (b"", "")
    assert (folder / "pairs.tsv").read_bytes() == run(*given, "--pairs", cwd=folder).output


@pytest.mark.parametrize("insensitive", [True, False])
def test_two_outputs_that_differ_in_case_are_one_where_the_file_system_ignores_it(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, insensitive: bool
) -> None:
    monkeypatch.setattr("datalint.cli.overwriting.ignores_case", lambda _: insensitive)
    ran = run("check", "train.jsonl", "--output", "json:new/É.json", "--output", "csv:new/e\u0301.JSON", cwd=folder)
    assert ("are one file" in ran.error) is insensitive


@pytest.mark.parametrize(
    "arguments",
    [
        ("fix", "train.src", "--unsafe", "--output", "train.tgt"),
        ("fix", "train.tgt", "--unsafe", "--in-place"),
        ("split", ".", "--eval", "2", "--output", ".", "--force"),
        ("dedupe", "train.src", "--in-place"),
        ("fix", "train.src", "--unsafe", "--output", "val.tgt"),
    ],
)
def test_no_side_of_parallel_text_is_written(run: Run, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    for split, size in (("train", 20), ("val", 4)):
        for side in ("src", "tgt"):
            (tmp_path / f"{split}.{side}").write_text(
                "".join(f"Line {n % 9} of {split}.{side}.\n" for n in range(size))
            )
    before = contents(tmp_path)
    run(*arguments, cwd=tmp_path)
    after = contents(tmp_path)
    assert {name: after[name] for name in before} == before
