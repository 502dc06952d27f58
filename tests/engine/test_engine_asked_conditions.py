"""Questions next to the condition that they were written for are prompts; those next to a label have an answer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import datalint

_SORTS = ("harbours", "gardens")


@pytest.mark.parametrize(
    ("text", "targets", "others", "shape"),
    [
        ("What do people say about {0} number {1}?", ("busy", "quiet"), {}, "mapped-prompts"),
        # Sentences, numbers, the names of the labels, and words that no other key divides alike have a label.
        ("People like {0} number {1}.", ("busy", "quiet"), {}, "mapped"),
        ("What do people say about {0} number {1}?", ("0", "1"), {}, "mapped"),
        ("What do people say about {0} number {1}?", _SORTS, {}, "mapped"),
        ("What do people say about {0} number {1}?", ("busy", "quiet"), {"domain": "places"}, "mapped"),
    ],
)
def test_questions_with_a_condition_are_prompts(
    text: str, targets: tuple[str, str], others: dict[str, str], shape: str, tmp_path: Path
) -> None:
    rows = [
        {"id": f"q{n}", "text": text.format(_SORTS[n % 2], n), "domain": _SORTS[n % 2], "target": targets[n % 2]}
        for n in range(40)
    ]
    file = tmp_path / "rows.jsonl"
    file.write_text("".join(f"{json.dumps(row | others)}\n" for row in rows))
    report = datalint.lint(file, config={})
    assert [each.shape for each in report.files] == [shape]
