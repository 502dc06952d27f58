"""Every format of a report about hostile rows is inert, hides secrets, and is the same bytes each time."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hostile_text import NAME, RAW
from report_checks import check_inert, check_report
from report_samples import KINDS, LONG, SECRET, finding, hostile_lines, many, outcome

import datalint
from datalint.cli.writing import report_bytes
from datalint.report.model import Report


@pytest.fixture(scope="module")
def linted(tmp_path_factory: pytest.TempPathFactory) -> Report:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "train.jsonl").write_bytes(hostile_lines())
    with contextlib.chdir(folder):
        return datalint.lint("train.jsonl", config={"eval": False})


@pytest.fixture(scope="module")
def reports(linted: Report) -> dict[str, Report]:
    """Return the linted rows, and what a careless caller may hand to a renderer."""
    nowhere = [
        finding(file=None, line=None, row=None, path=None, fingerprint="", message=""),
        finding(line=None, path=None, related=[{"file": 1, "line": None, "row": None, "similarity": None}]),
        finding(file=1, line=None, row=None),
    ]
    return {
        "linted": linted,
        "many": Report.of(outcome(many(500))),
        "nowhere": Report.of(outcome(nowhere, files=("<rows>", "hf://datasets/a/b"))),
        "empty": Report.of(outcome([], files=(), factors={}, score=None, notes=())),
        "names": Report.of(
            outcome([finding(file=n) for n in range(3)], files=("::error::\x1b[0m|`<b>.jsonl", "##[x]=1,2.csv", NAME))
        ),
    }


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["linted", "many", "nowhere", "empty", "names"])
def test_inert(reports: dict[str, Report], kind: str, name: str) -> None:
    text = report_bytes(reports[name], kind, full=True).decode()
    if name != "linted" and kind in ("json", "jsonl"):
        # JSON gives findings as they are, which the engine has made fit to print.
        text = RAW.sub("", text)
    check_inert(text, commands=kind == "github")


@pytest.mark.parametrize("kind", KINDS)
def test_each_format_by_its_own_readers(reports: dict[str, Report], kind: str) -> None:
    check_report(kind, report_bytes(reports["linted"], kind, full=True))


@pytest.mark.parametrize("kind", KINDS)
def test_a_report_ends_with_its_last_line(reports: dict[str, Report], kind: str) -> None:
    data = report_bytes(reports["linted"], kind)
    assert data.endswith(b"\n")
    assert not data.endswith(b"\n\n")


@pytest.mark.parametrize("kind", KINDS)
def test_no_part_of_a_secret_is_shown(reports: dict[str, Report], kind: str) -> None:
    assert SECRET[:12] not in report_bytes(reports["linted"], kind, full=True).decode()


@pytest.mark.parametrize("kind", KINDS)
def test_a_long_row_stays_short(reports: dict[str, Report], kind: str) -> None:
    text = report_bytes(reports["linted"], kind, full=True).decode()
    assert LONG[:500] not in text


@pytest.mark.parametrize("kind", KINDS)
def test_equal_input_gives_equal_bytes(reports: dict[str, Report], kind: str) -> None:
    for report in reports.values():
        assert report_bytes(report, kind) == report_bytes(report, kind)
    assert report_bytes(Report.of(outcome(many(500))), kind) == report_bytes(reports["many"], kind)


@pytest.mark.parametrize("kind", KINDS)
def test_no_absolute_path_that_nobody_gave(reports: dict[str, Report], kind: str) -> None:
    assert str(Path.cwd()) not in report_bytes(reports["many"], kind).decode()
