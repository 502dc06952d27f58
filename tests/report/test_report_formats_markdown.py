"""Markdown as a CommonMark parser with tables sees it: no markup but our own, within what GitHub takes."""

from __future__ import annotations

import html
import re

import pytest
from every import every
from report_checks import check_markdown, markdown_tokens
from report_samples import TEXTS, finding, many, outcome

from datalint.core.results import Outcome
from datalint.privacy.display import printable
from datalint.report.markdown import COMMENT, MARK, SUMMARY, escape, prose, to_comment, to_markdown

#: What GitHub makes a mention, a reference or an address of, in a text that was rendered.
REFERENCE = re.compile(r"(?<!\w)([@#!~$%&^]\w|GH-\d)|www\.|\w@\w|https?://")


@every("text", TEXTS)
def test_a_text_shows_as_it_is(text: str) -> None:
    for frame in ("{}", "- {}", "x\n{}", "<code>{}</code>"):
        check_markdown(frame.format(escape(printable(text))))
    (block,) = (token for token in markdown_tokens("x" + escape(printable(text))) if token.type == "inline")
    shown = "".join(child.content for child in block.children or ())
    assert shown.replace("\u2060", "").removeprefix("x") == printable(text).rstrip()
    assert not REFERENCE.search(html.unescape(escape(printable(text)).replace("&#58;", "")))


@every("text", TEXTS)
def test_a_cell_stays_one_cell(text: str) -> None:
    table = f"| a | b |\n|:--|:--|\n| {escape(printable(text))} | end |\n"
    cells = [token for token in markdown_tokens(table) if token.type == "td_open"]
    assert len(cells) == 2


def test_backticks_of_a_rules_own_words_are_code() -> None:
    assert prose(printable("Run `a | b`.")) == "Run <code>a &#124; b</code>."
    assert prose(printable("An odd ` one")) == "An odd &#96; one"


def test_long_texts_are_cut() -> None:
    assert len(html.unescape(escape(printable("|" * 5_000)))) == 300


@pytest.mark.parametrize("render", [to_markdown, to_comment])
def test_a_hostile_report_is_inert(render: object) -> None:
    assert callable(render)
    given = [finding(rule=f"QUA{n:03}", message=text, name=text) for n, text in enumerate(TEXTS)]
    text = render(outcome(given, files=(TEXTS[10], TEXTS[13], "c")))
    check_markdown(text)
    assert text.count("<details>") == text.count("</details>") == 1


def test_it_begins_with_the_verdict_and_why() -> None:
    lines = to_markdown(outcome([finding()])).split("\n")
    assert lines[0] == "## ❌ datalint: fail, score 12 of 100"
    titles = [line for line in lines if line.startswith("### ")]
    assert titles == ["### Gates that failed", "### Gates that warn", "### 1 finding of 1 rule"]
    assert "| balance | – | ➖ not assessed | give each row a category |" in lines
    rules = [line for line in lines if line.startswith("| error ")]
    assert len(rules) == 1
    assert rules[0].endswith("| <code>data/one.jsonl&#58;1</code> |")


def test_a_good_dataset_is_short() -> None:
    text = to_markdown(outcome([], rules={}, factors={}, notes=(), files=()))
    assert text.count("\n") == 3


def told(text: str) -> int:
    """Return how many findings the report says it does not list."""
    match = re.search(r"([\d,]+) findings? of [\d,]+ not listed here", text)
    return int(match[1].replace(",", "")) if match else 0


@pytest.mark.parametrize("budget", [SUMMARY, COMMENT, 20_000])
@pytest.mark.parametrize("rules", [3, 900, 3_000])
def test_within_its_budget_and_honest(crowd: dict[int, Outcome], budget: int, rules: int) -> None:
    given = crowd[rules]
    text = to_markdown(given, budget=budget)
    assert len(text.encode()) <= budget
    listed = sum(re.match(r"\| <code>data/\w+\.jsonl&#58;\d", line) is not None for line in text.split("\n"))
    assert listed + told(text) == len(given.findings)
    assert told(text), "there are too few findings for the budget"
    shown = sum(line.startswith(("| error ", "| warning ", "| info ")) for line in text.split("\n"))
    more = re.search(r"… and ([\d,]+) rules? more", text)
    assert shown + (int(more[1].replace(",", "")) if more else 0) == len(given.rules)
    assert all(line.endswith(" |") for line in text.split("\n") if line.startswith("|") and ":--" not in line)
    assert text.count("<details>") == text.count("</details>")


@pytest.fixture(scope="module")
def crowd() -> dict[int, Outcome]:
    return {rules: outcome(many(12_000, rules=rules)) for rules in (3, 900, 3_000)}


def test_a_comment_fits_and_is_found_again(crowd: dict[int, Outcome]) -> None:
    text = to_comment(crowd[900])
    assert text.startswith(f"{MARK}\n## ")
    assert len(text) <= 65_536
    assert len(text.encode()) <= COMMENT
