"""Runs of the balance factor over a few rows, for the tests of what it counts."""

from __future__ import annotations

from typing import Any

import datalint
from datalint import Report

ROWS = 20
#: The rules that read categories and reviews.
SELECT = {"select": ["BAL", "QUA026"]}


def lint(*more: dict[str, Any], config: dict[str, Any] | None = None, eval: Any = None) -> Report:  # noqa: A002
    """Lint 20 prompts with long answers; ``more`` are further keys, taken in turn."""
    rows = [
        {"prompt": f"Is {n} even?", "completion": f"Whether {n} is even: {'no' if n % 2 else 'yes'}. " * 3}
        | more[n % len(more)]
        for n in range(ROWS)
    ]
    report = datalint.lint(rows, config=SELECT | (config or {}), eval=eval)
    assert report.internal_errors == 0
    return report


def key_of(report: Report) -> str | None:
    notes = [note for note in report.notes if note.startswith("balance counts ")]
    return notes[0].split("'")[1] if notes else None


def measures(report: Report) -> dict[str, float | int | None]:
    names = ("categories", "largest-category-share", "evenness")
    return {name: report.measures[name] for name in names}
