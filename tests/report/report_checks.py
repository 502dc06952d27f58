"""Checks of reports: each format against its schema or its readers' demands, and inert whatever the rows hold.

Every check takes the bytes of a report and raises AssertionError. They serve the tests of the renderers, the fuzzer
and the public test suites.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree

import jsonschema_rs
from markdown_it import MarkdownIt
from markdown_it.token import Token
from report_page import Node, read

from datalint.report.records import FIELDS

#: Line ends belong to the formats; everything else that moves a cursor, hides or reorders text is an attack.
RAW: Final = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
#: First characters that a spreadsheet takes for a formula.
FORMULA: Final = tuple("=+-@\t\r＝＋－＠")
#: Elements that the HTML report consists of.
TAGS: Final = frozenset(
    "html head meta title style body a svg symbol path use rect line text desc main header nav section footer h1 h2 h3 "
    "h4 p ul li span small strong code table caption thead tbody tr th td details summary figure figcaption div form "
    "label input fieldset legend select option button output q br dl dt dd del ins script wbr pre".split()
)
_SCHEMAS: Final = Path(__file__).parent / "schemas"
_DOCS: Final = Path(__file__).parents[2] / "docs"
_MARKDOWN: Final = MarkdownIt("commonmark").enable(["table", "strikethrough"])
#: The markup of Markdown reports: the mark by which an action finds its comment, and what folds or formats a part.
_MARKUP: Final = re.compile(r"<!-- datalint[ \w]* -->|</?(?:details|summary|code|br)(?: open)?>")


def check_inert(text: str, *, commands: bool = False) -> None:
    """Check that a text holds no control or invisible character, and no workflow command unless ``commands``."""
    raw = sorted({match.group() for match in RAW.finditer(text)})
    assert not raw, f"characters that move a cursor, hide or reorder text\n{raw!a}"
    assert "##[" not in text, "a workflow command"
    found = [line for line in text.split("\n") if line.lstrip().startswith("::")]
    if commands:
        assert all(re.match(r"::(error|warning|notice) [a-z]+=", line) for line in found)
    else:
        assert not found, f"a workflow command\n{found[0]!a}"


@cache
def report_validator() -> jsonschema_rs.Draft202012Validator:
    """Return the validator of the published JSON Schema of reports."""
    schema = json.loads((_DOCS / "datalint-report-2.schema.json").read_text(encoding="utf-8"))
    return jsonschema_rs.Draft202012Validator(schema)


@cache
def sarif_validator() -> jsonschema_rs.Draft4Validator:
    """Return the validator of SARIF's published JSON Schema."""
    schema = json.loads((_SCHEMAS / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
    return jsonschema_rs.Draft4Validator(schema)


def check_json(data: bytes) -> dict[str, Any]:
    """Check the JSON report against its published schema; return it."""
    report: dict[str, Any] = json.loads(data)
    assert [f"{error.instance_path}: {error.message[:200]}" for error in report_validator().iter_errors(report)] == []
    return report


def check_jsonl(data: bytes) -> list[dict[str, Any]]:
    """Check that each line is a finding with every field; return them."""
    lines = data.decode().split("\n")
    assert lines.pop() == ""
    found: list[dict[str, Any]] = [json.loads(line) for line in lines]
    assert all(list(each) == [*FIELDS, "edits"] for each in found)
    return found


def check_csv(data: bytes) -> list[dict[str, str]]:
    """Check that a strict CSV reader finds a whole row for each finding and no formula; return the rows."""
    reader = csv.DictReader(io.StringIO(data.decode(), newline=""), strict=True)
    assert reader.fieldnames == list(FIELDS)
    rows = list(reader)
    assert all(None not in row and None not in row.values() for row in rows)
    assert not [value for row in rows for value in row.values() if value.lstrip(" ")[:1] in FORMULA]
    return rows


def check_sarif(data: bytes) -> dict[str, Any]:
    """Check a log by SARIF's schema and by GitHub's own demands (github/docs, sarif-support); return its only run."""
    log = json.loads(data)
    assert [f"{error.instance_path}: {error.message[:200]}" for error in sarif_validator().iter_errors(log)] == []
    assert sorted(log) == ["$schema", "runs", "version"]
    assert "" not in set(_strings(log))
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    for rule in rules:
        assert rule["help"]["text"]
        assert len(rule["name"]) <= 255
        assert max(len(rule["shortDescription"]["text"]), len(rule["fullDescription"]["text"])) <= 1024
        assert len(rule["properties"]["tags"]) <= 10
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        assert "primaryLocationLineHash" not in result.get("partialFingerprints", {})
        assert not re.search(r"\]\(", result["message"]["text"])
    return dict(run)


def _strings(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict | list):
        for each in part.values() if isinstance(part, dict) else part:
            yield from _strings(each)


@dataclass(frozen=True, slots=True)
class Command:
    """A workflow command, its escapes undone."""

    level: str
    properties: dict[str, str]
    message: str


def parse_command(line: str) -> Command:
    """Return a workflow command as GitHub's runner reads it (actions/runner, ActionCommand.cs)."""
    assert line.startswith("::")
    head, found, message = line[2:].partition("::")
    assert found
    level, _, listed = head.partition(" ")
    properties = dict(each.split("=", 1) for each in listed.split(","))
    known = {"%3A": ":", "%2C": ",", "%0D": "\r", "%0A": "\n", "%25": "%"}

    def plain(text: str) -> str:
        return re.sub("%3A|%2C|%0D|%0A|%25", lambda match: known[match.group()], text)

    return Command(level, {name: plain(value) for name, value in properties.items()}, plain(message))


def check_github(data: bytes) -> list[Command]:
    """Check that every line is a command of a known level; return them."""
    text = data.decode()
    assert text.endswith("\n")
    found = [parse_command(line) for line in text[:-1].split("\n")]
    for each in found:
        assert each.level in ("error", "warning", "notice")
        assert each.properties.keys() <= {"file", "line", "title"}
    return found


def check_gitlab(data: bytes) -> list[dict[str, Any]]:
    """Check that entries have all that GitLab documents, and a fingerprint of their own each; return them."""
    entries: list[dict[str, Any]] = json.loads(data)
    for entry in entries:
        assert sorted(entry) == ["check_name", "description", "fingerprint", "location", "severity"]
        assert sorted(entry["location"]) == ["lines", "path"]
        assert entry["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert entry["location"]["lines"]["begin"] >= 1
        assert not entry["location"]["path"].startswith("./")
        assert all(entry[name] for name in ("check_name", "description", "fingerprint"))
    assert len({entry["fingerprint"] for entry in entries}) == len(entries)
    return entries


#: What both schemas in use allow and require, in our words: Jenkins' junit-10.xsd (xUnit plugin, MIT licence) and the
#: JUnit.xsd of Ant's reports (github.com/windyroad/JUnit-Schema, Apache-2.0). The children of an element in their
#: order, with how many of each there may be, and its attributes with the form of their values; all are required.
_COUNT = r"\d+"
_JUNIT = {
    "testsuites": (r"(testsuite )*", {}),
    "testsuite": (
        r"properties (testcase )*system-out system-err ",
        {
            "name": r"\S.*",
            "package": r"\S+",
            "id": _COUNT,
            "hostname": r"\S+",
            "timestamp": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d",
            "tests": _COUNT,
            "failures": _COUNT,
            "errors": _COUNT,
            "skipped": _COUNT,
            "time": r"\d{1,3}(\.\d{1,3})?",
        },
    ),
    "properties": ("", {}),
    "testcase": (r"(skipped |error |failure )?", {"name": r"\S.*", "classname": r"\S+", "time": r"\d+(\.\d+)?"}),
    "skipped": ("", {"message": r".*"}),
    "error": ("", {"message": r".*", "type": r"\S+"}),
    "failure": ("", {"message": r".*", "type": r"\S+"}),
    "system-out": ("", {}),
    "system-err": ("", {}),
}


def check_junit(data: bytes) -> ElementTree.Element:
    """Return the XML document, which both schemas in use allow, and whose counts are those of its elements."""
    root = ElementTree.fromstring(data)
    assert root.tag == "testsuites"
    for element in root.iter():
        children, attributes = _JUNIT[element.tag]
        assert re.fullmatch(children, "".join(f"{child.tag} " for child in element))
        assert sorted(element.keys()) == sorted(attributes)
        assert all(re.fullmatch(attributes[name], value) for name, value in element.items())
    for number, suite in enumerate(root):
        assert suite.get("id") == str(number)
        assert suite.get("tests") == str(len(list(suite.iter("testcase"))))
        for kind, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert suite.get(kind) == str(len(list(suite.iter(tag))))
    return root


def markdown_tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a Markdown text, inline ones after their block, as CommonMark with tables has them."""
    for token in _MARKDOWN.parse(text):
        yield token
        yield from token.children or ()


def check_markdown(text: str) -> None:
    """Check that a Markdown report has no markup except its own."""
    for token in markdown_tokens(text):
        assert token.type not in ("image", "link_open", "code_inline", "fence", "code_block", "em_open", "s_open")
        if token.type in ("html_inline", "html_block"):
            assert "<" not in _MARKUP.sub("", token.content)
    columns = 0
    for line in text.split("\n"):
        assert not line.startswith("|") or columns in (0, line.count("|")), line
        columns = line.count("|") if line.startswith("|") else 0


def check_html(data: bytes) -> Node:
    """Check that a page is well-formed and has no active content except its own script; return its tree."""
    tree = read(data.decode())
    assert {node.tag for node in tree.walk()} - {""} <= TAGS
    assert len(tree.all("script")) <= 1
    assert len(tree.all("style")) == 1
    for node in tree.walk():
        assert not {"src", "srcset", "style", "data", "action"} & node.attrs.keys()
        assert not any(name.startswith("on") for name in node.attrs)
        assert node.attrs.get("href", "#").startswith("#")
    return tree


def check_text(data: bytes) -> None:
    """Check that a report for a terminal or log is UTF-8 and ends with a line end."""
    assert data.decode().endswith("\n")


#: The check of each format of ``datalint check``.
CHECKS: Final[dict[str, Callable[[bytes], object]]] = {
    "text": check_text,
    "concise": check_text,
    "json": check_json,
    "jsonl": check_jsonl,
    "csv": check_csv,
    "sarif": check_sarif,
    "github": check_github,
    "gitlab": check_gitlab,
    "junit": check_junit,
    "markdown": lambda data: check_markdown(data.decode()),
    "comment": lambda data: check_markdown(data.decode()),
    "html": check_html,
}


def check_report(kind: str, data: bytes) -> None:
    """Check a report in a format of ``datalint check``: its structure, and that it is inert."""
    CHECKS[kind](data)
    check_inert(data.decode(), commands=kind == "github")
