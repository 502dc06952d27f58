"""The page is one valid document that says all there is to say without scripts, styles or a network."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from report_page import FIXTURES, Node, drawn, fixture, page_of, read
from report_samples import finding as row_of
from report_samples import many, outcome

from datalint import Report
from datalint.core.results import Verdict
from datalint.privacy.display import printable
from datalint.report.html import MOST_BYTES, to_html
from datalint.report.html.view import GUIDE

NAMES = ("broken.jsonl", "good/train.jsonl", "repeated.jsonl", "leaky/train.jsonl", "shapes/preference.jsonl")
Build = Callable[..., Report]


@pytest.fixture(params=NAMES)
def tree(request: pytest.FixtureRequest) -> Node:
    return read(page_of(request.param))


def test_document(tree: Node) -> None:
    (html,) = tree.all("html")
    assert html.attrs["lang"] == "en"
    assert len(tree.all("h1")) == len(tree.all("main")) == len(tree.all("head")[0].all("title")) == 1
    levels = [int(node.tag[1]) for node in tree.walk() if re.fullmatch(r"h[1-6]", node.tag)]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_loads_nothing_and_runs_only_its_own(tree: Node) -> None:
    policy = next(node.attrs["content"] for node in tree.all("meta") if "http-equiv" in node.attrs)
    assert policy.startswith("default-src 'none'; ")
    for tag, directive in (("style", "style-src"), ("script", "script-src")):
        (node,) = tree.all(tag)
        digest = base64.b64encode(hashlib.sha256(node.raw().encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}';" in policy
    for node in tree.walk():
        assert not {"src", "srcset", "style", "data", "action"} & node.attrs.keys()
        assert not any(name.startswith("on") for name in node.attrs)
        assert node.attrs.get("href", "#").startswith("#")
    assert not tree.all("link", "img", "iframe", "object", "embed", "base")


@pytest.mark.parametrize(
    ("message", "related", "named"),
    [
        ("also in the evaluation set: data/two.jsonl:556", {"line": 556}, True),
        ("also in the evaluation set: data/two.jsonl:5560", {"line": 556}, False),
        ("also in the evaluation set: line 556 of two.jsonl", {"line": 556}, True),
        ("also in the evaluation set: line 556 of data/two.jsonl, line 9 of data/two.jsonl", {"line": 556}, True),
        ("also in the evaluation set: line 5 of two.jsonl", {"line": 556}, False),
        ("also in the evaluation set: line 556 of two.jsonlines", {"line": 556}, False),
        ("one answer in two.csv row 7", {"line": None, "row": 7, "file": 2}, True),
        ("one answer in another-two.csv row 7", {"line": None, "row": 7, "file": 2}, False),
        ("near-duplicate of line 12 (similarity 0.9)", {"file": 0, "line": 12}, True),
        ("near-duplicate of line 123 (similarity 0.9)", {"file": 0, "line": 12}, False),
        ("near-duplicate of line 12 (similarity 0.9)", {"line": 12}, False),
    ],
)
def test_a_place_that_the_message_names_is_not_named_again(message: str, related: dict[str, Any], named: bool) -> None:
    row = row_of(message=message, related=[{"file": 1, "line": 1, "row": 1, "similarity": None} | related])
    page = read(to_html(outcome([row], files=("data/one.jsonl", "data/two.jsonl", "two.csv"))))
    assert ("see " in page.one("findings").text()) != named


def test_anchors_lead_somewhere(tree: Node) -> None:
    ids = [node.attrs["id"] for node in tree.walk() if "id" in node.attrs]
    assert len(ids) == len(set(ids))
    named = (node.attrs.get(name, "") for node in tree.walk() for name in ("aria-labelledby", "for"))
    wanted = {word for words in named for word in words.split()}
    wanted |= {node.attrs["href"][1:] for node in tree.walk() if "href" in node.attrs}
    assert wanted <= set(ids)


def test_tables_and_pictures_have_names(tree: Node) -> None:
    for table in tree.all("table"):
        (caption,) = table.all("caption")
        assert caption.text()
        assert all(cell.attrs.get("scope") in ("row", "col", "rowgroup") for cell in table.all("th"))
    for svg in tree.all("svg"):
        if svg.attrs.get("role") == "img":
            assert "aria-label" in svg.attrs or (svg.all("title")[0].text() and svg.all("desc")[0].text())
        else:
            assert svg.attrs["aria-hidden"] == "true"
    for figure in tree.all("figure"):
        assert figure.all("table"), "a picture without its numbers"
    for region in tree.walk():
        if "scroll" in region.attrs.get("class", "").split():
            assert region.attrs["tabindex"] == "0"
            assert region.attrs.keys() & {"aria-label", "aria-labelledby"}


@pytest.mark.parametrize("name", NAMES)
def test_every_finding_is_there(name: str) -> None:
    report, tree = fixture(name), read(page_of(name))
    rows = {row.text() for row in tree.one("findings").all("tr")}
    findings = report.findings.grouped
    assert len(findings) <= 1500
    for finding in findings:
        message = " ".join(printable(finding.message).split())
        place = "dataset" if finding.file is None else f":{finding.line}"
        assert any(message in row and place in row for row in rows), finding
    shown = [row for row in tree.one("findings").all("tr") if "data-order" in row.attrs]
    assert len(shown) == len(findings)


@pytest.mark.parametrize("name", NAMES)
def test_verdict_factors_and_gates(name: str) -> None:
    report, tree = fixture(name), read(page_of(name))
    word = {"pass": "Pass", "warn": "Warn", "fail": "Fail"}[report.verdict.value]
    assert tree.all("h1")[0].text() == f"{word} score {report.score} of 100"
    factors = tree.one("factors").text()
    reasons = tree.one("why").text()
    for factor in report.factors.values():
        bad, good = GUIDE[factor.factor]
        assert f"Bad {bad}" in factors
        assert f"Good {good}" in factors
        for gate in factor.gates:
            row = next(row.text() for row in tree.one("gates").all("tr") if f" {gate.title} " in f" {row.text()} ")
            for said in (gate.source, gate.formula.replace(" %", "\xa0%")):
                assert " ".join(said.split()) in row
            limit = gate.fail if gate.verdict is Verdict.FAIL else gate.warn
            if gate.verdict in (Verdict.FAIL, Verdict.WARN):
                assert gate.title in reasons
                assert " ".join((limit or "").split()) in reasons


def test_pictures_of_the_good_set() -> None:
    leaky = read(page_of("leaky/train.jsonl")).one("pictures")
    assert [head.text() for head in leaky.all("h3")] == ["Lengths", "Categories", "Where the findings are"]
    pictures = read(page_of("good/train.jsonl")).one("pictures")
    assert [head.text() for head in pictures.all("h3")] == ["Lengths", "Categories"]
    assert [head.text().split()[0] for head in pictures.all("h4")] == ["prompts", "responses"]
    shares = [row.text() for row in pictures.all("figure")[1].all("tr")]
    assert shares[0] == "Value Share Even Examples"
    assert len(shares) == 9
    assert all(row.endswith("12 % 12.5 % 75") for row in shares[1:])


def test_clusters_of_the_repeated_set() -> None:
    tree = read(page_of("repeated.jsonl"))
    clusters = tree.one("clusters")
    (cluster,) = clusters.all("details")
    assert cluster.text().startswith("600 rows")
    assert len(cluster.all("li")) == 6
    assert cluster.text().endswith("… and 594 more rows.")
    assert "599 of the examples repeat another (99.8 %)" in tree.one("pictures").text()


def test_differences_are_marked() -> None:
    clusters = read(page_of("broken.jsonl")).one("clusters")
    (cluster,) = clusters.all("details")
    assert [node.text() for node in cluster.all("del")] == ["tyre", "anywhere"]
    assert [node.text() for node in cluster.all("ins")] == ["tire", "any further"]


def test_equal_input_gives_equal_bytes() -> None:
    assert drawn(FIXTURES / "broken.jsonl").to_html() == page_of("broken.jsonl")


def test_other_thresholds_stand_in_a_table() -> None:
    said = read(page_of("broken.jsonl")).one("pictures").text()
    assert "What other thresholds would find" in said
    assert "Near-duplicates by the threshold of the search" in said


def test_without_charts_there_are_no_pictures(build: Build, found: Callable[..., dict[str, object]]) -> None:
    tree = read(build(found("the response is empty")).to_html())
    ids = {node.attrs["id"] for node in tree.walk() if "id" in node.attrs}
    assert {"why", "factors", "gates", "findings", "files", "QUA002"} <= ids
    assert not {"pictures", "clusters"} & ids
    assert "the response is empty" in tree.one("QUA002").text()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"verdict": Verdict.WARN, "fail_on": "warn"}, "this run was told to fail on warnings"),
        ({"verdict": Verdict.PASS, "factors": {}}, "Every measure that could be taken is within its limits."),
        ({"verdict": Verdict.NOT_ASSESSED, "score": None, "factors": {}}, "Nothing could be measured."),
        ({"internal_errors": 1}, "the verdict may be incomplete"),
        ({"notes": ["balance counts 'topic'"]}, "balance counts 'topic'"),
        ({}, "Not assessed balance: no category key found; name one"),
    ],
)
def test_why(build: Build, given: dict[str, object], said: str) -> None:
    assert said in read(build(**given).to_html()).one("why").text()


@pytest.mark.parametrize(
    ("note", "option"),
    [
        ("a.jsonl: guessed: --columns prompt=q,response=a-b", "--columns prompt=q,response=a-b"),
        ("to learn all: --columns 'prompt=a <b>,response=c'; look first", "--columns 'prompt=a <b>,response=c'"),
        ("balance counts 'topic'", ""),
    ],
)
def test_an_option_in_a_note_is_one_piece_of_code(note: str, option: str) -> None:
    tree = read(to_html(outcome([], notes=(note,))))
    [said] = [node for node in tree.all("li") if node.text() == note]
    assert [code.text() for code in said.all("code")] == [option] * bool(option)


def test_no_data_at_all() -> None:
    tree = read(to_html(outcome([], files=(), factors={}, score=None, notes=())))
    assert "No findings." in tree.one("findings").text()


@pytest.mark.parametrize("count", [1500, 1501, 20_000])
def test_what_has_no_room_is_counted(count: int) -> None:
    page = to_html(outcome(many(count)))
    assert len(page.encode()) <= MOST_BYTES
    tree = read(page)
    findings = tree.one("findings")
    here = len([row for row in findings.all("tr") if "data-order" in row.attrs])
    assert (f"{here:,} of {count:,} findings are on this page" in findings.text()) is (here < count)
    assert (here == count) is (count == 1500)
    left = [int(number.replace(",", "")) for number in re.findall(r"and ([\d,]+) more, not on", findings.text())]
    assert here + sum(left) == count
    assert len(findings.all("details")) == 30


def test_large_findings_and_many_files_stay_under_the_limit() -> None:
    rows = [row | {"message": "\"&'<>" * 80, "path": "<" * 400, "excerpt": "&" * 100} for row in many(5_000, rules=80)]
    files = [f"{'&' * 200}/{number}.jsonl" for number in range(3_000)]
    page = to_html(outcome(rows, files=files))
    assert len(page.encode()) <= MOST_BYTES
    assert len(read(page).one("findings").all("details")) == 80
