"""Tagged sentences of a few tokens: replies in a conversation repeat by chance, and terms do not."""

from __future__ import annotations

from typing import Any

import datalint


def sentences(topic: str, replies: int, tag: str = "ack") -> list[dict[str, Any]]:
    """Return 40 short tagged sentences, of which so many are a reply that another row has too."""
    spoken = [["Yeah", "."], ["Oh", ",", "no"], ["Right"]]
    rows = [spoken[n % 3] if n < replies else ["We", "moor", "at", topic, str(n * 7)] for n in range(40)]
    return [{"tokens": tokens, "tags": [tag] * len(tokens)} for tokens in rows]


def report(replies: int, tag: str = "ack") -> datalint.Report:
    return datalint.lint(
        sentences("pier", replies, tag),
        eval=sentences("dock", replies, tag),
        config={"select": ["DIV001", "RDY003"]},
    )


def test_replies_neither_repeat_nor_leak() -> None:
    found = report(24)
    assert found.measures["redundant-share"] == 0
    assert not found.findings
    assert any("21 sentences of a few tokens repeat earlier ones" in note for note in found.notes)


def test_terms_repeat_and_leak() -> None:
    found = report(36)
    copies = [each.row for each in found.findings if each.rule == "DIV001"]
    assert len(copies) == 33
    assert found.measures["redundant-share"] == 33 / 40
    assert any(each.rule == "RDY003" for each in found.findings)


def test_names_without_any_other_word_are_no_replies() -> None:
    found = report(24, "I-BOAT")
    assert found.measures["redundant-share"] == 21 / 40
    assert any(each.rule == "RDY003" for each in found.findings)
