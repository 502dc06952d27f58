"""The report for people: what it looks like, that it fits, and that nothing in it is alive."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hostile_text import INVISIBLE
from rich.cells import cell_len
from rich.console import Console

from datalint import Report
from datalint.core.results import FileResult, Verdict
from datalint.report.inert import inert, inert_json
from datalint.report.layout import plain, runs, wrapped
from datalint.report.text import place, render, shown_path, to_text

Build = Callable[..., Report]
Found = Callable[..., dict[str, Any]]

HOSTILE = (
    INVISIBLE,
    "\x1b[31mred\x1b[0m",
    "\x1b]0;title\x07",
    "a\r\n::error file=a.py::b",
    "::error::x",
    "  ::stop-commands::y",
    "##[error]z",
    "</script><script>alert(1)</script>",
    "\u202ereversed\u202c\u200b\ufeff",
    "[red]markup[/red] :smile: [link=https://example.org]x[/link]",
    "nul\x00bell\x07del\x7fcsi\x9b31m\u2028\u2029",
    "=1+1",
    "漢字" * 60,
)
_ALIVE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


def drawn(report: Report, width: int, *, color: bool = False, **options: Any) -> str:
    file = io.StringIO()
    console = Console(
        file=file, width=width, markup=False, highlight=False, emoji=False, force_terminal=color, no_color=not color,
        color_system="standard" if color else None,
    )  # fmt: skip
    render(report, console, **options)
    return file.getvalue()


SNAPSHOT = """\
FAIL  score 42 of 100  profile guide
data/train.jsonl  600 examples (prompt-completion), about 1.2M tokens
data/eval.jsonl  600 examples to evaluate on

  factor     score  verdict       decided by
  volume        99  pass          effective examples 588 (600 read); warns over 1 %, fails over 5 %
  diversity     42  fail          redundant share 12 %; warns over 1 %, fails over 5 %
                                  largest cluster share 2.0 % (warns over 1 %, fails over 5 %)
  balance        –  not assessed  no category key found; name one
  note: balance counts 'topic'

error[QUA002] empty-response: 4 examples (0.7 %), 5 places, about 12k tokens
  A response says nothing.
    data/train.jsonl:3  says nothing  Does it fold?
    data/train.jsonl:4  says nothing  Does it fly?
    data/train.jsonl row 2  no line here
    … and 2 more
  → Write the answer, or delete the row

info[RDY001] no-evaluation-set: the dataset
  A response says nothing.
    about the whole
  → Write the answer, or delete the row

6 findings: 5 errors, 1 note.  --full lists them all; datalint rule CODE explains one
"""


def several(build: Build, found: Found) -> Report:
    return build(
        found("says nothing", excerpt="Does it fold?"),
        found("says nothing", excerpt="Does it fly?", line=4, at=2),
        found("no line here", line=None, at=3),
        found("says nothing", line=5, at=4),
        found("twice", line=5, at=4),
        found("about the whole", rule="RDY001", name="no-evaluation-set", severity="info", file=None, line=None,
              row=None, at=None, path=None),
        notes=["balance counts 'topic'"],
    )  # fmt: skip


def test_snapshot(build: Build, found: Found) -> None:
    assert to_text(several(build, found)) == SNAPSHOT


def test_full_lists_every_finding(build: Build, found: Found) -> None:
    report = several(build, found)
    lines = to_text(report, full=True).splitlines()
    assert [line for line in lines if line.startswith("    ") and not line.startswith("     ")] == [
        "    data/train.jsonl:3  says nothing  Does it fold?",
        "    data/train.jsonl:4  says nothing  Does it fly?",
        "    data/train.jsonl row 2  no line here",
        "    data/train.jsonl:5  says nothing",
        "    data/train.jsonl:5  twice",
        "    about the whole",
    ]
    assert lines[-1] == "6 findings: 5 errors, 1 note."


def test_one_example_is_one(build: Build) -> None:
    assert "data/train.jsonl  1 example (prompt-completion), about" in to_text(build(examples=1))


@pytest.mark.parametrize(
    ("shapes", "said"),
    [
        ((None,), "600 examples, about"),
        (("unknown",), "600 examples (unknown shape), about"),
        (("alpaca", "alpaca"), "600 examples (alpaca), about"),
        (("text", "alpaca"), "600 examples (text, alpaca), about"),
        (("text", "alpaca", "kto"), "600 examples, about"),
    ],
)
def test_what_rows_were_read_as(build: Build, shapes: tuple[str | None, ...], said: str) -> None:
    report = build()
    report.files = [FileResult("a.jsonl", "jsonl", shape, 1, 0, 0, 9, "ab", "train") for shape in shapes]
    assert said in to_text(report)


def test_one_finding_is_one(build: Build, found: Found) -> None:
    assert to_text(build(found("says nothing"))).splitlines()[-1].startswith("1 finding: 1 error.  ")


LOST = {"at": None, "row": None, "path": None}


@pytest.mark.parametrize(
    ("places", "said"),
    [
        ([{"line": 3}], "1 line"),
        ([{"line": 3}, {"line": 9}], "2 lines"),
        ([{"line": 3}, {"line": 3, "file": 1}], "2 lines"),
        ([{"line": 3}, {"line": 3}], "1 line, 2 findings"),
        ([{"line": None}], "1 file"),
        ([{"line": None}, {"line": None}, {"line": 3, "file": 1}], "2 files, 3 findings"),
        ([{"file": None, "line": None}], "the dataset"),
        ([{"file": None, "line": None}] * 2, "2 findings"),
        ([{"file": None, "line": None}, {"line": 3}], "2 findings"),
    ],
)
def test_findings_without_a_record_are_counted_by_line_or_file(
    build: Build, found: Found, places: list[dict[str, Any]], said: str
) -> None:
    text = to_text(build(*(found("broken", **LOST, **place) for place in places)))
    assert f"error[QUA002] empty-response: {said}\n" in text


def test_no_findings(build: Build) -> None:
    report = build(verdict=Verdict.PASS, score=None)
    lines = to_text(report).splitlines()
    assert lines[0] == "PASS  not assessed  profile guide"
    assert lines[-1] == "No findings."


def test_more_rules_than_fit_are_named(build: Build, found: Found) -> None:
    rows = [found("x", rule=f"QUA{n:03}", name=f"rule-{n}", at=n) for n in range(14)]
    text = " ".join(to_text(build(*rows)).split())
    assert "… and 2 more rules: QUA012 rule-12 (1), QUA013 rule-13 (1)" in text
    assert "error[QUA013]" in to_text(build(*rows), full=True)


@pytest.mark.parametrize(("limit", "shown"), [(1, 1), (2, 2), (4, 4), (5, 5), (100, 6), (0, 6), (None, 6)])
def test_max_findings_bounds_the_places_of_all_rules(build: Build, found: Found, limit: int | None, shown: int) -> None:
    rows = [found(f"number {n}", rule=f"QUA00{n % 2}", line=n, at=n) for n in range(1, 9)]
    text = drawn(build(*rows), 100, max_findings=limit)
    assert text.count("number ") == shown, "three of each rule, and no more than the limit"
    assert drawn(build(*rows), 100, full=True, max_findings=limit).count("number ") == 8


@pytest.mark.parametrize("width", [20, 40, 79, 80, 110, 200])
@pytest.mark.parametrize("color", [True, False])
def test_never_wider_than_the_console(build: Build, found: Found, width: int, color: bool) -> None:
    long = "/".join(["a-folder-with-a-long-name"] * 8) + "/train.jsonl"
    rows = [found(text, excerpt=text, line=n, at=n) for n, text in enumerate(HOSTILE, 1)]
    rows += [found("word " * 80, excerpt="x" * 300, at=90), found("x" * 400, excerpt="漢" * 101, at=91)]
    report = build(*rows, files=(long, "eval.jsonl"), notes=["note " * 60])
    for text in (drawn(report, width, color=color), drawn(report, width, color=color, full=True)):
        lines = re.sub("\x1b\\[[0-9;]*m", "", text).split("\n")
        assert max(map(cell_len, lines)) <= width
        assert [line for line in lines if line != line.rstrip()] == []


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("width", [30, 110])
def test_hostile_text_is_inert(build: Build, found: Found, text: str, width: int) -> None:
    rows = [
        found(text, excerpt=text),
        found(f"{'word ' * 5}{text}", excerpt=f"{'x' * 20} {text}", at=5),
        found("x" * (width - 25) + text, excerpt=text * 20, at=6),
        found("plain", rule="EXA001", name="x", file=1, at=7),
    ]
    report = build(*rows, files=(f"{text}.jsonl", f"data/{text}/{text}.jsonl"), notes=[text])
    for output in (to_text(report), to_text(report, full=True), drawn(report, width), drawn(report, width, full=True)):
        assert _ALIVE.findall(output.replace("\n", "")) == []
        for line in output.split("\n"):
            assert not line.lstrip().startswith("::")
            assert "##[" not in line
    if "[red]" in text:
        assert "[red]" in to_text(report), "what looks like markup is text"


@pytest.mark.parametrize("text", HOSTILE)
def test_colours_are_the_only_escapes(build: Build, found: Found, text: str) -> None:
    output = drawn(build(found(text, excerpt=text), files=(f"{text}.jsonl",)), 110, color=True)
    assert "\x1b[" in output
    assert _ALIVE.findall(re.sub("\x1b\\[[0-9;]*m", "", output).replace("\n", "")) == []


@pytest.mark.parametrize(
    ("line", "safe"),
    [
        ("plain :: text", "plain :: text"),
        ("::error::x", "%3A%3Aerror::x"),
        ("  ::error::x", "  %3A%3Aerror::x"),
        ("  \t::error::x", "  \\t::error::x"),
        ("a ##[error]b ##[x]", "a ##%5Berror]b ##%5Bx]"),
        ("###[x]", "###%5Bx]"),
        ("", ""),
        (":", ":"),
        (":::", "%3A%3A:"),
    ],
)
def test_workflow_commands_are_escaped(line: str, safe: str) -> None:
    assert inert(line) == safe


def test_json_without_a_workflow_command_says_the_same() -> None:
    assert inert_json(b'{"a": "##[x] \\\\##[y]"}') == b'{"a": "##\\u005bx] \\\\##\\u005by]"}'


def test_paths_are_shown_from_the_working_folder(
    build: Build, found: Found, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert shown_path(str(tmp_path / "data" / "a.jsonl")) == "data/a.jsonl"
    assert shown_path("/elsewhere/a.jsonl") == "/elsewhere/a.jsonl"
    assert shown_path("data/a.jsonl") == "data/a.jsonl"
    assert shown_path("hf://datasets/a/b") == "hf://datasets/a/b"
    assert shown_path("a\x1b[31m\udcff") == "a\\x1b[31m\\udcff"
    report = build(found("x"), files=(str(tmp_path / "a.jsonl"), "b"))
    assert place(report.findings[0]) == "a.jsonl:3"


@pytest.mark.parametrize(
    ("more", "shown"),
    [
        ({}, "a.jsonl:3"),
        ({"file": None}, ""),
        ({"line": None}, "a.jsonl row 2"),
        ({"line": None, "row": None}, "a.jsonl"),
        ({"row": None}, "a.jsonl:3"),
        ({"line": 1, "row": 7}, "a.jsonl:1 row 7"),
        ({"path": "$.messages[1].content"}, "a.jsonl:3 messages[1]"),
        ({"path": "$.messages[1].content[0].text"}, "a.jsonl:3 messages[1].content[0]"),
        ({"path": "$.messages[1].role", "rule": "FMT203"}, "a.jsonl:3 $.messages[1].role"),
        ({"path": "$.id", "rule": "FMT108"}, "a.jsonl:3 $.id"),
        ({"path": "$.x\x1b[1]"}, "a.jsonl:3 x\\x1b[1]"),
    ],
)
def test_a_place_names_the_row_and_the_turn_where_the_line_does_not(
    build: Build, found: Found, more: dict[str, Any], shown: str
) -> None:
    assert place(build(found("x", **more), files=("a.jsonl",)).findings[0]) == shown


@pytest.mark.parametrize("width", range(10, 60))
def test_a_number_stays_with_its_percent_sign(width: int) -> None:
    text = "largest category 13 % (category = 'passes'); warns over 25 % (2 × the even share), fails at 90 %"
    lines = [plain(line) for line in wrapped(runs(text), width)]
    assert " ".join(lines) == text
    assert max(map(len, lines)) <= width
    assert not [line for line in lines if line.startswith("%")]
