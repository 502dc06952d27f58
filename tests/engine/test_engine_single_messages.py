"""Texts that are messages of conversations, each a row, are no plain texts to continue."""

from __future__ import annotations

from typing import Any

import pytest

import datalint


def messages(said: str, talk: str, sides: tuple[str, str]) -> list[dict[str, Any]]:
    return [
        {said: sides[n % 2], "text": "Hi there." if n % 6 < 2 else f"Dock {n} is free.", "date": n, talk: f"t{n // 6}"}
        for n in range(60)
    ]


@pytest.mark.parametrize(
    ("said", "talk", "sides"),
    [
        ("source", "hashed_chat_id", ("human", "robot")),
        ("source", "support_session_id", ("agent", "customer")),
        ("author", "thread_id", ("user", "assistant")),
    ],
)
def test_each_row_is_a_message(said: str, talk: str, sides: tuple[str, str]) -> None:
    report = datalint.lint(messages(said, talk, sides))
    (said,) = {finding.message for finding in report.findings if finding.rule == "FMT101"}
    assert said.startswith(f'each row is a message of a conversation; put those with the same "{talk}" in one list')
    assert not any(finding.rule.startswith("DIV") for finding in report.findings)


@pytest.mark.parametrize(
    ("said", "talk", "sides"),
    [
        ("source", "hashed_chat_id", ("web", "app")),
        ("source", "page_id", ("human", "robot")),
    ],
)
def test_other_texts_are_plain(said: str, talk: str, sides: tuple[str, str]) -> None:
    report = datalint.lint(messages(said, talk, sides))
    assert {file.shape for file in report.files} == {"text"}


def test_texts_of_two_sources_that_do_not_follow_one_another_are_plain() -> None:
    rows = [{**row, "session_id": n} for n, row in enumerate(messages("source", "page_id", ("human", "robot")))]
    assert {file.shape for file in datalint.lint(rows).files} == {"text"}
