"""The measure of shapes counts what the rule about them reports."""

from __future__ import annotations

from typing import Any

import pytest

import datalint

OPEN = {"question": "Who waits at the quay?", "answer": "The pilot."}
LISTED = {"question": "Which one is wet?", "options": ["dock", "bar"], "answer": "dock"}
TEXT = {"text": "The tide is low at noon."}


@pytest.mark.parametrize(
    ("rows", "shapes"),
    [([OPEN] * 2 + [LISTED], 1), ([OPEN, TEXT], 2), ([OPEN, LISTED, TEXT], 3), ([{"odd": 1}, TEXT], 1)],
    ids=["options in some rows", "another shape", "both", "no shape"],
)
def test_only_shapes_that_are_reported_count(rows: list[dict[str, Any]], shapes: int) -> None:
    report = datalint.lint(rows)
    assert report.measures["shapes"] == shapes
    assert [each.rule for each in report.findings if each.rule == "FMT103"] == ["FMT103"] * (shapes > 1)
