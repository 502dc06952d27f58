"""A text whose words have labels leaks, whatever labels they have in the evaluation set."""

from __future__ import annotations

from typing import Any

import pytest

import datalint


def rows_of(numbers: range, label: str, dock: str = "dock") -> list[dict[str, Any]]:
    return [
        {
            "text": f"The ferry of {dock} {number} leaves at {number * 7 % 13} for isle {number * 31 % 97}.",
            "spans": [{"start": 4, "end": 9, "label": label}],
        }
        for number in numbers
    ]


@pytest.mark.parametrize(
    ("label", "dock", "found"), [("SHIP", "dock", {"RDY003"}), ("BOAT", "dock", {"RDY005"}), ("SHIP", "quay", set())]
)
def test_labelled_texts_leak(label: str, dock: str, found: set[str]) -> None:
    config = {"columns": {"prompt": "text", "labels": "spans"}, "select": ["RDY003", "RDY005"]}
    report = datalint.lint(rows_of(range(100), "SHIP"), eval=rows_of(range(90, 110), label, dock), config=config)
    assert set(report.rules) == found
