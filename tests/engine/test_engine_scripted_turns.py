"""Evaluation sets whose messages are lists of texts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from guess_runs import checked, codes, write


def scripted(number: int) -> list[str]:
    return [f"Is dock {number} full?"] if number % 4 else [f"Dock {number}?", f"And dock {number + 1}?"]


@pytest.mark.parametrize(
    ("name", "messages", "read"),
    [
        ("eval.jsonl", scripted, True),
        # They may have lost their answers, or be turns of two speakers.
        ("rows.jsonl", scripted, False),
        ("eval.jsonl", lambda n: [f"Is dock {n} full?", f"No, {n} places are free."], False),
        ("eval.jsonl", lambda n: [{"role": "user", "content": f"Is dock {n} full?"}] if n == 7 else [f"{n}?"], False),
    ],
)
def test_messages_that_are_single_texts_are_what_the_user_of_a_test_says(
    tmp_path: Path, name: str, messages: Callable[[int], Any], *, read: bool
) -> None:
    rows = [{"id": f"c{n}", "messages": messages(n), "tags": ["dock"]} for n in range(24)]
    report = checked(write(tmp_path / name, rows))
    assert ("FMT202" in codes(report)) is not read
    assert ("mapped-prompts" in {file.shape for file in report.files}) is read
