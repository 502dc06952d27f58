"""Whatever a row, a name or a rule says, it stays text: nothing runs, nothing hides, nothing is a command."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import pytest
from hostile_text import RAW
from report_checks import TAGS
from report_page import Node, drawn, read
from report_samples import LONG, SECRET, TEXTS, finding, hostile_lines, many, outcome

from datalint.privacy.display import printable
from datalint.report.html import MOST_BYTES, to_html


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "train.jsonl").write_bytes(hostile_lines())
    with contextlib.chdir(folder):
        return drawn("train.jsonl").to_html()


@pytest.fixture(scope="module")
def tree(page: str) -> Node:
    return read(page)


def test_no_markup_of_a_row(tree: Node) -> None:
    assert {node.tag for node in tree.walk()} - {""} <= TAGS
    assert len(tree.all("script")) == len(tree.all("style")) == 1
    assert not any(name.startswith("on") for node in tree.walk() for name in node.attrs)


def test_rows_are_shown_as_text(tree: Node) -> None:
    text = tree.text()
    for shown in ("</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\\x1b[31mred", "\\u202eevil"):
        assert shown in text


def test_nothing_hidden_and_no_commands(page: str) -> None:
    assert {match.group() for match in RAW.finditer(page)} == set()
    assert "##[" not in page
    assert [line for line in page.split("\n") if line.lstrip().startswith("::")] == []


def test_no_secret_and_no_long_row(page: str) -> None:
    assert SECRET[:16] not in page
    assert "x" * 401 not in page
    assert len(page.encode()) < len(LONG) < MOST_BYTES


def test_categories_and_clusters(tmp_path: Path) -> None:
    labels = ["<img src=x onerror=alert(1)>", "</svg><script>alert(1)</script>", "\u202eevil\U000e0041"]
    rows = [
        {"prompt": f"How many {labels[n % 3]}?", "completion": f"It is {n % 2}", "category": labels[n % 3]}
        for n in range(60)
    ]
    (tmp_path / "train.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    page = drawn(tmp_path / "train.jsonl").to_html()
    assert {match.group() for match in RAW.finditer(page)} == set()
    tree = read(page)
    categories = next(each for each in tree.all("figure") if "Categories" in each.text())
    assert {row.all("th")[0].text() for row in categories.all("tr")[1:]} == {*labels[:2], "\\u202eevil\\U000e0041"}
    assert "</svg><script>alert(1)</script>" in tree.one("clusters").text()
    assert len(tree.all("script")) == 1


@pytest.mark.parametrize("text", TEXTS[:-1])
def test_every_field_of_a_careless_plugin(text: str) -> None:
    shown = printable(text)
    row = finding(rule=shown, name=text, message=text, path=text, excerpt=text)
    page = to_html(outcome([row], files=(text,), profile=shown, notes=(shown,)))
    assert {match.group() for match in RAW.finditer(page)} == set()
    assert "##[" not in page
    assert [line for line in page.split("\n") if line.lstrip().startswith("::")] == []
    tree = read(page)
    assert {node.tag for node in tree.walk()} - {""} <= TAGS
    assert len(tree.all("script")) == 1


def test_findings_without_a_place() -> None:
    rows = [
        finding(file=None, line=None, row=None, path=None, message=""),
        finding(line=None, path=None, related=[{"file": 1, "line": None, "row": None, "similarity": None}]),
        finding(file=1, line=None, row=7),
    ]
    rows = [row | {"rule": f"QUA{index:03}"} for index, row in enumerate(rows)]
    tree = read(to_html(outcome(rows, files=("a.jsonl", "hf://datasets/a/b"))))
    places = [row.all("th")[0].text() for row in tree.one("findings").all("tr") if "data-order" in row.attrs]
    assert places == ["dataset", "a.jsonl row 1", "hf://datasets/a/b row 7"]


def test_many_hostile_findings() -> None:
    read(to_html(outcome(many(2_000))))
