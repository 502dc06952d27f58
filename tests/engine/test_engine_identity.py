"""Rows of one text are different examples when something else tells them apart."""

from __future__ import annotations

from typing import Any

import pytest
from every import every

import datalint
from datalint.testing import sentence

Row = dict[str, Any]
TOOL = {"type": "function", "function": {"name": "add", "parameters": {"type": "object", "properties": {}}}}


def chat(**more: Any) -> Row:
    turns = [
        {"role": "system", "content": "Be brief and kind, and never guess."},
        {"role": "user", "content": [{"type": "text", "text": f"Tell me about this: {sentence(1)}"}]},
        {"role": "assistant", "content": f"Here is what I know: {sentence(2)}"},
    ]
    return {"messages": turns, **more}


def with_image(url: str) -> Row:
    row = chat()
    row["messages"][1]["content"].append({"type": "image_url", "image_url": {"url": url}})
    return row


def turn(index: int, **more: Any) -> Row:
    row = chat()
    row["messages"][index] |= more
    return row


DIFFERENT: dict[str, tuple[Row, Row]] = {
    "image in the turn": (with_image("https://example.org/a.png"), with_image("https://example.org/b.png")),
    "an image or none": (chat(), with_image("https://example.org/a.png")),
    "images beside the turns": (chat(images=["a.png"]), chat(images=["b.png"])),
    "bytes of images of one size": (
        chat(images=[{"bytes": b"a" * 3000, "path": None}]),
        chat(images=[{"bytes": b"b" * 3000, "path": None}]),
    ),
    "system prompt": (chat(), turn(0, content="Answer at length, as a pirate would.")),
    "tools": (chat(tools=[TOOL]), chat(tools=[{**TOOL, "function": {"name": "subtract"}}])),
    "weights": (turn(2, weight=1), turn(2, weight=0)),
    "preference label": (
        {"prompt": f"Say: {sentence(3)}", "completion": sentence(4), "label": True},
        {"prompt": f"Say: {sentence(3)}", "completion": sentence(4), "label": False},
    ),
}
SAME: dict[str, tuple[Row, Row]] = {
    "an id": (chat(id=1), chat(id=2)),
    "a category": (chat(category="a"), chat(category="b")),
    "a name in the turn": (chat(), turn(1, name="ada")),
    "content as a string or in parts": (
        {"messages": [{"role": "user", "content": sentence(5)}, {"role": "assistant", "content": sentence(6)}]},
        {
            "messages": [
                {"role": "user", "content": [{"type": "text", "text": sentence(5)}]},
                {"role": "assistant", "content": sentence(6)},
            ]
        },
    ),
    "case": (
        {"prompt": sentence(7), "completion": sentence(8)},
        {"prompt": sentence(7).upper(), "completion": sentence(8)},
    ),
}
REPEATS = ("DIV001", "DIV002", "DIV003", "DIV005")


@pytest.mark.parametrize(("one", "other"), DIFFERENT.values(), ids=DIFFERENT)
def test_different_examples(one: Row, other: Row) -> None:
    report = datalint.lint([one, other], config={"select": list(REPEATS)})
    assert [finding.rule for finding in report.findings] == []
    assert report.measures["redundant-share"] == 0
    report = datalint.lint([one], eval=[other], config={"select": ["RDY"]})
    assert [report.measures[f"leaked-{kind}"] for kind in ("exact", "near", "prompt")] == [0, 0, 0]


@every(("one", "other"), [*DIFFERENT.values(), *SAME.values()], ids=[*DIFFERENT, *SAME])
def test_copies_are_repeats_whatever_they_hold(one: Row, other: Row) -> None:
    for row in (one, other):
        report = datalint.lint([row, dict(reversed(row.items()))], config={"select": list(REPEATS)})
        assert [finding.rule for finding in report.findings] == ["DIV001"]
        assert report.measures["redundant-share"] == 0.5


@pytest.mark.parametrize(("one", "other"), SAME.values(), ids=SAME)
def test_one_example_twice(one: Row, other: Row) -> None:
    report = datalint.lint([one, other], config={"select": list(REPEATS)})
    assert {finding.rule for finding in report.findings} == {"DIV002"}
    assert report.measures["redundant-share"] == 0.5
    assert report.measures["effective-examples"] == 1
