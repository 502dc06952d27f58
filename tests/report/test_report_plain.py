"""The concise, JSON and notebook forms."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import orjson
import pytest
from hostile_text import INVISIBLE, RAW

from datalint import Report
from datalint.core.results import Verdict
from datalint.privacy.display import printable
from datalint.report.concise import concise_lines, to_concise
from datalint.report.json_report import to_json
from datalint.report.notebook import to_html

Build = Callable[..., Report]
Found = Callable[..., dict[str, Any]]

HOSTILE = (
    INVISIBLE,
    "\x1b[31mred\x1b[0m",
    "::error::x",
    "a\r\n::error file=a.py::b",
    "##[error]z",
    "</script><script>alert(1)</script>",
    "\"><img src=x onerror='alert(1)'>&amp;",
    "\u202ereversed\u202c\u200b",
    "[red]markup[/red]",
    "{{ 7 * 7 }}{% raw %}",
    "nul\x00\u2028",
)


def test_concise_snapshot(build: Build, found: Found) -> None:
    report = build(
        found("says nothing"),
        found("no line here", line=None),
        found("about the whole", file=None, line=None, rule="RDY001"),
    )
    assert to_concise(report) == (
        "data/train.jsonl:3: QUA002 completion: says nothing\n"
        "data/train.jsonl: QUA002 row 2 completion: no line here\n"
        "dataset: RDY001 about the whole\n"
        "fail: score 42 of 100, 3 findings\n"
    )


def test_concise_counts_one_finding(build: Build, found: Found) -> None:
    assert list(concise_lines(build(found("says nothing"))))[-1].endswith(", 1 finding")


def test_concise_without_findings(build: Build) -> None:
    assert to_concise(build(verdict=Verdict.PASS, score=None)) == "pass: no score, 0 findings\n"


@pytest.mark.parametrize("text", HOSTILE)
def test_concise_is_inert(build: Build, found: Found, text: str) -> None:
    report = build(found(text), found("x", file=1), files=(text, f"  {text}"))
    for line in concise_lines(report):
        assert line.isprintable()
        assert not line.lstrip().startswith("::")
        assert "##[" not in line
    assert len(to_concise(report).split("\n")) == 4


def related(**more: Any) -> dict[str, Any]:
    return {"file": 1, "line": 9, "row": 8, "similarity": 0.75} | more


def test_json_has_everything_and_reads_back(build: Build, found: Found) -> None:
    report = build(found("says nothing", excerpt="text of the row", related=[related()]), notes=("a note",))
    data = report.to_dict()
    assert orjson.loads(to_json(report)) == data == json.loads(json.dumps(data))
    assert to_json(report).endswith(b"}\n")
    assert data["schema"] == "datalint-report/2"
    assert [data[key] for key in ("verdict", "score", "profile", "examples", "tokens", "notes")] == [
        "fail", 42, "guide", 600, 1_234_567, ["a note"],
    ]  # fmt: skip
    assert data["files"][0] == {
        "path": "data/train.jsonl",
        "split": "train",
        "container": "jsonl",
        "shape": "prompt-completion",
        "rows_read": 600,
        "rows_refused": 1,
        "blank_lines": 2,
        "bytes": 98_765,
        "sha256": "ab" * 32,
    }
    assert data["findings"] == [
        {
            "rule": "QUA002",
            "name": "empty-response",
            "severity": "error",
            "confidence": None,
            "file": "data/train.jsonl",
            "line": 3,
            "row": 2,
            "path": "$.completion",
            "message": "says nothing",
            "count": 1,
            "rows": [[2, 2]],
            "lines": [[3, 3]],
            "related": [{"file": "data/eval.jsonl", "line": 9, "row": 8, "similarity": 0.75}],
            "fingerprint": "0123456789abcdef",
            "fix": None,
            "edits": [],
        }
    ]
    assert data["factors"]["balance"]["score"] is None
    assert data["factors"]["diversity"]["gates"][0]["formula"] == "100 at 0 %, 0 at 100 %; linear between"
    assert data["rules"]["QUA002"]["share"] == pytest.approx(1 / 600)
    assert data["measures"]["evenness"] is None


def test_json_does_not_repeat_the_text_of_rows(build: Build, found: Found) -> None:
    assert b"text of the row" not in to_json(build(found("x", excerpt="text of the row")))


@pytest.mark.parametrize("text", HOSTILE)
def test_json_is_inert_in_a_log_and_says_the_same(build: Build, found: Found, text: str) -> None:
    report = build(found(text, path=text), files=(text,), notes=(printable(text),))
    data = to_json(report)
    assert not RAW.search(data.decode())
    assert b"##[" not in data
    assert not any(line.lstrip().startswith(b"::") for line in data.split(b"\n"))
    finding = orjson.loads(data)["findings"][0]
    assert finding["message"] == printable(text)
    # A name must open the file, whatever is in it.
    assert finding["file"] == text


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


def test_notebook_snapshot(build: Build, found: Found) -> None:
    report = build(found("says nothing"), found("x", rule="RDY001", name="no-evaluation-set", severity="info", at=None))
    page = to_html(report)
    assert page == report._repr_html_()
    words = " | ".join(html.unescape(word) for word in re.split(r"(?:<[^>]*>)+", page) if word.strip())
    assert words == (
        "fail |  600 examples, score 42 of 100 | Factors | factor | score | verdict | decided by | "
        "volume | 99 | pass | "
        "effective examples 588; warns over 1 %, fails over 5 % | diversity | 42 | fail | "
        "redundant share 12 %; warns over 1 %, fails over 5 % | balance | – | not assessed | "
        "no category key found; name one | Rules that fired | code | name | severity | places | share | what | "
        "QUA002 | empty-response | error | 1 | 0.2 % | A response says nothing. | "
        "RDY001 | no-evaluation-set | info | 1 | A response says nothing."
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_notebook_is_inert(build: Build, found: Found, text: str) -> None:
    shown = printable(text)
    report = build(found(text, name=text, excerpt=text), files=(text,), notes=(shown,))
    rule = report.rules["QUA002"]
    rules = {"QUA002": type(rule)(rule.code, shown, rule.severity, rule.factor, shown, shown, 1, 1, 0.5, 1)}
    report = replace(report, rules=rules)
    tags = _Tags()
    tags.feed(to_html(report))
    assert set(tags.tags) <= {"div", "p", "b", "span", "table", "caption", "thead", "tbody", "tr", "th", "td"}
    assert {name for name, _ in tags.attributes} <= {"class", "style"}
    assert tags.text.isprintable()


def test_notebook_of_nothing(build: Build) -> None:
    assert "not assessed" in to_html(build(verdict=Verdict.NOT_ASSESSED, score=None))
