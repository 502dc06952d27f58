"""A system prompt that all rows of a split share hides no leak."""

from __future__ import annotations

from typing import Any

import pytest

import datalint

HELPFUL, BRIEF = "You help people at the docks.", "Sort what people say."


def rows_of(numbers: range, *systems: str, answer: str = "Take the ferry of {0} o'clock.") -> list[dict[str, Any]]:
    """Return chats about different gates, with one of the system prompts each; an empty one is left out."""
    rows = []
    for number in numbers:
        system = systems[number % len(systems)]
        first = [{"role": "system", "content": system}] if system else []
        asked = f"How do I get from gate {number} to the island of the {number * 7919 % 5003} lights?"
        turns = [{"role": "user", "content": asked}, {"role": "assistant", "content": answer.format(number)}]
        rows.append({"messages": [*first, *turns]})
    return rows


@pytest.mark.parametrize(
    ("ours", "theirs", "answer", "found"),
    [
        ((HELPFUL,), ("",), "Take the ferry of {0} o'clock.", {"RDY003"}),
        (("",), (HELPFUL,), "Take the ferry of {0} o'clock.", {"RDY003"}),
        ((HELPFUL,), ("",), "It swims {0} miles.", {"RDY005"}),
        ((HELPFUL,), (BRIEF,), "Take the ferry of {0} o'clock.", {"RDY003"}),
        ((HELPFUL,), (BRIEF,), "It swims {0} miles.", set()),
        ((HELPFUL, BRIEF), ("",), "It swims {0} miles.", set()),
        ((HELPFUL,), (HELPFUL,), "It swims {0} miles.", {"RDY005"}),
    ],
)
def test_rows_that_differ_in_the_system_prompt_of_their_split(
    ours: tuple[str, ...], theirs: tuple[str, ...], answer: str, found: set[str]
) -> None:
    held = rows_of(range(90, 110), *theirs, answer=answer)
    report = datalint.lint(rows_of(range(100), *ours), eval=held, config={"select": ["RDY003", "RDY005"]})
    assert set(report.rules) == found
    assert sum(len(each.rows) if each.rows else 1 for each in report.findings) in (0, 10)
    alone = ours + theirs
    differs = len(alone) == 2 and alone[0] != alone[1]
    assert all(("except for the system prompt" in each.message) == differs for each in report.findings)
