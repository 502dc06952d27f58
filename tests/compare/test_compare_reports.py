"""The four formats: the same facts, inert whatever a row holds, within what each place takes."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hostile_text import INVISIBLE, RAW
from rich.console import Console

from datalint.compare import Comparison
from datalint.config.load import load_settings
from datalint.core.registry import Registry
from datalint.operations.compare import run_compare
from datalint.report.compare.html import to_html
from datalint.report.compare.json import to_json
from datalint.report.compare.markdown import MARK, ROOM, to_markdown
from datalint.report.compare.text import render, to_text
from datalint.sources import open_sources

Compared = Callable[..., Comparison]

HOSTILE = (
    "::error file=x::no",
    "##[error]no",
    "\x1b[31mred\x1b]8;;http://example.org\x07",
    "</td></script><script>alert(1)</script><img src=x onerror=alert(1)>",
    "| a | b |\n\n```\n# head\n![x](http://example.org/x.png) @everyone #1 [a](b)",
    "\u202egnp.exe\u2066\u200b",
    INVISIBLE,
    "=cmd|' /C calc'!A0",
    "x" * 100_000,
    "{{ 4099 * 7 }} {% raw %}",
)
SECRET = "AKIA" + "QWERTYUIOPASDFGH"
FORMATS: dict[str, Callable[[Comparison], str]] = {
    "text": to_text,
    "full": lambda found: to_text(found, full=True),
    "markdown": to_markdown,
    "html": to_html,
    "json": lambda found: to_json(found).decode(),
}


def rows(mark: str) -> list[dict[str, Any]]:
    """Return rows that put hostile text wherever a comparison may show some: texts, labels, keys, categories."""
    out = []
    for number, text in enumerate(HOSTILE):
        tail = f"{mark} and so on, for the sake of telling" if number % 2 else mark
        out.append(
            {
                "prompt": f"{text} question {number}",
                "completion": f"{text} answer {number} that goes on for a while {tail}",
                "category": HOSTILE[number % 3],
                text[:50]: f"{text[:30]}{mark}",
                "key": f"the key is {SECRET} {mark}",
            }
        )
    for number, text in enumerate(HOSTILE):
        out.append({"prompt": f"{text} {mark} more", "completion": f"{text} {number * 7} {mark}", "category": mark})
    return out


@pytest.fixture(scope="module")
def hostile(compared: Compared) -> Comparison:
    return compared(rows("old"), rows("new"), evaluation=([], rows("new")[:4]))


def test_there_is_something_to_show(hostile: Comparison) -> None:
    assert hostile.edits
    assert hostile.fields
    assert hostile.findings
    assert hostile.leaks
    assert hostile.category is not None


@pytest.mark.parametrize("name", FORMATS)
def test_hostile_rows_are_inert(hostile: Comparison, name: str) -> None:
    text = FORMATS[name](hostile)
    assert not RAW.search(text)
    assert "##[" not in text
    assert not any(line.lstrip().startswith("::") for line in text.splitlines())
    assert SECRET not in text
    assert len(text) < 2_000_000


@pytest.mark.parametrize("name", FORMATS)
def test_equal_input_gives_equal_bytes(hostile: Comparison, name: str) -> None:
    assert FORMATS[name](hostile) == FORMATS[name](hostile)


def test_markdown_shows_text_as_it_is(hostile: Comparison) -> None:
    page = to_markdown(hostile)
    assert page.startswith(f"{MARK}\n")
    assert len(page.encode()) <= ROOM
    bare = re.sub(r"</?(?:details|summary|code)>", "", page.removeprefix(MARK))
    assert "<" not in bare
    assert "](" not in page
    assert "```" not in page
    assert "@everyone" not in page
    columns = 0
    for line in page.splitlines():
        if not line.startswith("|"):
            columns = 0
        else:
            count = line.count("|")
            assert columns in (0, count), line
            columns = count


class Page(HTMLParser):
    """Collects tags and the attributes that could do something."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_html_is_one_quiet_page(hostile: Comparison) -> None:
    page = Page()
    page.feed(to_html(hostile))
    page.close()
    assert page.open == []
    assert page.tags.isdisjoint({"script", "img", "link", "iframe", "a", "form"})
    assert not any(name.startswith("on") for name in page.attributes)
    assert page.attributes.isdisjoint({"src", "href"})
    assert str(4099 * 7) not in to_html(hostile)


def test_json_holds_everything(hostile: Comparison) -> None:
    data = json.loads(to_json(hostile))
    assert data["schema"] == "datalint-compare/1"
    assert data["rows"] == {
        "unchanged": hostile.unchanged,
        "moved": hostile.moved,
        "edited": len(data["edits"]),
        "added": len(data["added"]),
        "removed": len(data["removed"]),
    }
    assert data["old"]["rows"] == hostile.old.rows
    assert len(data["findings"]) == len(hostile.findings)
    assert {leak["kind"] for leak in data["leaks"]} <= {"exact", "normalized", "near", "prompt"}


def test_the_first_screen_says_whether_and_why(compared: Compared) -> None:
    good = [{"prompt": f"Say {word}", "completion": f"{word}, {word} and {word} again."} for word in ("one", "two")]
    found = compared(good, [*good, good[0], {"prompt": "Say none", "completion": ""}], evaluation=(good[1:], good))
    first = to_text(found).splitlines()[:45]
    assert first[0].startswith("FAIL")
    shown = "\n".join(first)
    assert "2 rows became 4: 2 added, 2 unchanged." in shown
    assert "New leakage: 1 evaluation row" in shown
    assert "Added rows that repeat what was there: 1 of 2" in shown
    assert "empty-response" in shown


def test_tables_are_cut_and_say_so(compared: Compared) -> None:
    new = [{"prompt": f"Prompt {number}: {'abcdefgh'[number % 8] * 9}", "completion": f"It is {number} of all."}
           for number in range(30)]  # fmt: skip
    found = compared([], new)
    for full in (False, True):
        text = to_text(found, full=full)
        assert ("… and 25 more" in text) != full
        assert text.count("  line ") >= (30 if full else 5)


def test_a_cut_beginning_ends_in_an_ellipsis(compared: Compared) -> None:
    new = [{"prompt": "Why do leaves turn red in autumn? " * 5, "completion": "Chlorophyll fades first."}]
    found = compared([], new)
    for width in (30, 60, 80, 109, 110, 111, 150):
        file = io.StringIO()
        render(found, Console(file=file, width=width, no_color=True, highlight=False, markup=False))
        (begins,) = (line for line in file.getvalue().splitlines() if line.startswith("  line 1"))
        assert begins.endswith("…"), width
        assert len(begins) == min(width, len("  line 1  ") + 101)


def test_no_place_is_cut_at_the_edge_of_the_terminal(compared: Compared) -> None:
    new = [{"prompt": f"Is dock {number} open?", "completion": "nan"} for number in range(1, 31)]
    new[:21] = [{"prompt": f"Is dock {number} open?", "completion": f"Ask at gate {number}."} for number in range(21)]
    found = compared([], new)
    for width in (60, 80, 100):
        file = io.StringIO()
        render(found, Console(file=file, width=width, no_color=True, highlight=False, markup=False))
        where = " ".join(line[-20:] for line in file.getvalue().splitlines()).split()
        assert {"22,", "23,"} < set(where), width


def test_an_edited_line_that_is_no_row_is_no_new_finding(tmp_path: Path) -> None:
    registry = Registry.default()
    settings = load_settings(registry=registry, isolated=True)
    sides = []
    for name, lines in (("old", '{"a":  "b" c}\n{"a": NaN'), ("new", '{"a": "b" c}\n{"a": NaN')):
        (tmp_path / f"{name}.jsonl").write_text(f'{{"prompt": "A?", "completion": "B"}}\n{lines}\n')
        sides.append((open_sources([str(tmp_path / f"{name}.jsonl")]), []))
    found = run_compare(settings, registry, sides[0], sides[1])
    assert found.summary[-1] == "Unreadable lines: 2 before, 2 now."
    assert (found.findings, found.fixed) == ([], {})


def test_a_note_and_nothing_else(compared: Compared) -> None:
    row = {"prompt": "Hello there", "completion": "Hello to you."}
    text = to_text(compared([row], [row]))
    assert "Byte-identical: the file did not change." in text
    assert "Factors" not in text


def test_the_page_of_a_large_comparison_has_room(compared: Compared) -> None:
    signs = "|<>&*_[]()#@!~`" * 20
    old = [{"prompt": f"{number} {signs}", "completion": f"{number * 3} {signs}", f"k{number}{signs}": signs}
           for number in range(60)]  # fmt: skip
    new = [{**row, "completion": f"{row['completion']} {signs[::-1]}", f"n{row['prompt'][:30]}": signs} for row in old]
    page = to_markdown(compared(old, [*new, *old[:20]]))
    assert len(page.encode()) <= ROOM
    assert "<details>" in page


def test_one_cause_in_many_rows_is_one_new_finding(compared: Compared) -> None:
    chats = [
        {"messages": [{"role": "user", "content": f"Is {n} prime?"}, {"role": "assistant", "content": f"Ask {n}."}]}
        for n in range(9)
    ]
    renamed = [{"messages": [{**turn, "role": turn["role"].capitalize()} for turn in row["messages"]]} for row in chats]
    assert "2 new findings in 18 places, 0 gone" in to_text(compared(chats, renamed))
