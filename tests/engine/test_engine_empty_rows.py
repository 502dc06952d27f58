"""Labelled texts that are empty are reported as such, and are no copies and no leaks of each other."""

from __future__ import annotations

from typing import Any

import pytest

import datalint

LABELS = "calm", "cross"


def labelled(texts: str, missing: object, rows: int = 40) -> list[dict[str, Any]]:
    """Return texts with a label each, of which every fourth is missing."""
    return [
        {
            "text": missing if n % 4 == 0 else f"{texts} {n} {'is moored' if n % 2 else 'has left'} at pier {n * 7}",
            "label": LABELS[n % 8 < 4],
        }
        for n in range(rows)
    ]


@pytest.mark.parametrize("missing", ["", " \n", None, "{}", "NaN"])
def test_missing_texts_repeat_and_leak_nothing(missing: object) -> None:
    report = datalint.lint(
        labelled("The ferry", missing),
        eval=labelled("A barge", missing),
        config={"select": ["DIV001", "DIV002", "RDY003", "RDY004", "RDY005"]},
    )
    assert not report.findings
    assert report.measures["effective-examples"] == 30
    assert report.measures["redundant-share"] == 0
    assert report.measures["leaked-exact"] == 0


def test_texts_without_prompts_repeat_each_other() -> None:
    rows = [{"prompt": "", "completion": f"It is a small harbour with {n % 10} cranes."} for n in range(20)]
    report = datalint.lint([*rows, {"prompt": "How are you?", "completion": "Fine."}], config={"select": ["DIV001"]})
    assert len(report.findings) == 10


def test_texts_that_are_an_empty_value_say_nothing() -> None:
    rows = [{"text": "[]" if n % 2 else f"The ferry waits at pier {n * 7}."} for n in range(20)]
    report = datalint.lint(rows, config={"select": ["DIV001"]})
    assert report.measures["effective-examples"] == 10
    assert not report.findings


def test_empty_values_may_be_asked_about_and_be_answers() -> None:
    rows = [
        {"system": "Say which value this is.", "prompt": "{}", "completion": "An empty object."},
        *({"prompt": f"Which ships are at pier {n}?", "completion": "[]"} for n in range(9)),
    ]
    assert datalint.lint(rows, config={"select": ["QUA"]}).measures["effective-examples"] == 10
