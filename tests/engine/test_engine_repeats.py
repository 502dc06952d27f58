"""Which rows that repeat others count against diversity."""

from __future__ import annotations

from typing import Any

import pytest

import datalint
from datalint.support.varied import sentence

NEARLY = (
    "Explain in two sentences how rain forms above the sea in summer.",
    "Explain in two short sentences how rain forms above the sea in the summer.",
)
AIR = "Warm and moist air rises from the water until the vapour in it cools and falls as drops."


def rated(number: int) -> list[dict[str, Any]]:
    """Return a text with what three people gave it."""
    return [{"score": 1 + (number + n) % 5, "prompt": sentence(number), "completion": sentence(99)} for n in (0, 0, 1)]


CASES: dict[str, tuple[list[dict[str, Any]], float, float, float]] = {
    "a near-duplicate that is a note": ([{"prompt": each, "completion": AIR} for each in NEARLY], 0, 1 / 2, 0),
    "ratings of several people": ([row for number in range(12) for row in rated(number)], 0, 0, 0),
    "copies": ([{"prompt": sentence(n % 5), "completion": sentence(99 + n % 5)} for n in range(30)], 5 / 6, 0, 0.2),
    "the same texts and a key that is not read": (
        [
            {"text": f"The {w} was late, and {w} waited for it at dock {w}.", "spot": {"span": span}, "label": "yes"}
            for w in map(sentence, range(12))
            for span in ("it", "The", "late", "at", "dock")
        ],
        48 / 60,
        0,
        5 / 60,
    ),
}


@pytest.mark.parametrize(("rows", "redundant", "similar", "largest"), CASES.values(), ids=CASES)
def test_what_a_note_names_counts_only_as_similar(
    rows: list[dict[str, Any]], redundant: float, similar: float, largest: float
) -> None:
    report = datalint.lint(rows, config={"select": ["DIV001", "DIV002", "DIV003"]})
    assert report.findings
    assert report.measures["redundant-share"] == pytest.approx(redundant)
    assert report.measures["similar-share"] == pytest.approx(similar)
    assert report.measures["largest-cluster-share"] == pytest.approx(largest)


def test_a_text_that_is_not_read_leaves_no_pass() -> None:
    rows = [{"text": sentence(n), "explanation": f"{sentence(n + 99)} {sentence(n + 199)}"} for n in range(10)]
    [gate] = [each for each in datalint.lint(rows).factors["format"].gates if each.measure == "unread-keys"]
    assert (gate.value, gate.verdict) == (1, "warn")


def test_rows_that_are_not_read_have_no_near_duplicates() -> None:
    rows = [{"spelling": f"{word}s", "of": word, "how": "many"} for word in map(sentence, range(12))]
    report = datalint.lint([*rows, *({**row, "spelling": f"{row['spelling']} also"} for row in rows)])
    assert {each.rule for each in report.findings} == {"FMT101"}
    assert report.measures["redundant-share"] is None
