"""Near-duplicates whose ids say that they are variants of one item."""

from __future__ import annotations

from collections.abc import Sequence

import datalint
from datalint.support.varied import sentence


def severities(ids: Sequence[str]) -> list[str]:
    """Return the severities of what is found in texts of which each is there twice."""
    rows = [
        {
            "record_id": each,
            "prompt": " ".join(sentence(4 * (place // 2) + part) for part in range(4)) + (" Please." * (place % 2)),
            "completion": f"{sentence(place // 2 + 700)} {sentence(place // 2 + 900)}",
        }
        for place, each in enumerate(ids)
    ]
    return [each.severity for each in datalint.lint(rows, config={"select": ["DIV003"]}).findings]


def test_two_variants_of_each_item_are_one_note() -> None:
    rows = [f"call_{number:03}_C{end}" for number in range(12) for end in (1, 2)]
    assert severities(rows) == ["info"]


def test_questions_about_one_document_are_findings() -> None:
    rows = [f"page_{number // 2}_q{4 * (number % 2) + end}" for number in range(12) for end in (1, 2)]
    assert severities(rows) == ["warning"] * 12


def test_numbers_of_rows_are_no_ends() -> None:
    rows = [f"call_{number:03}_{end}" for number in range(12) for end in (1, 2)]
    assert severities(rows) == ["warning"] * 12
