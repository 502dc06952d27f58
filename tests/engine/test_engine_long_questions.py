"""Questions with long contexts, of which the end is compared."""

from __future__ import annotations

import datalint
from datalint.support.varied import sentence


def copies(*ends: str) -> int:
    """Return the near-duplicates among questions that end otherwise after more than 8,000 characters."""
    case = " ".join(f"{sentence(each)}." for each in range(0, 2_000, 10))
    assert len(case) > 8_000
    rows = [{"prompt": f"{case} {end}", "completion": "B"} for end in ends]
    return len(datalint.lint(rows, config={"select": ["DIV003"]}).findings)


def test_long_questions_with_other_options_are_no_copies() -> None:
    drug = "Which drug is given?\nA: Aspirin\nB: Zopiclone\nC: Nothing at all"
    assert copies(drug, "What remains to be examined?\nA: The left knee\nB: His sleep\nC: Her hearing") == 0
    assert copies(drug, "Which drug is given now?\nA: Aspirin\nB: Zopiclone\nC: Nothing at all") == 1
