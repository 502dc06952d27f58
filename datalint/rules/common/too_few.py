"""Datasets of too few rows, on which too-few-examples reports, so that other rules need not."""

from __future__ import annotations

from datalint.api import Dataset


def are_too_few(data: Dataset) -> bool:
    """Return whether the valid rows are under a limit, and the rule that says so runs."""
    valid = data.measures.get("valid-examples") or 0
    limits = data.limits.get("effective-examples", ())
    return "VOL001" in data.rules_run and any(limit is not None and valid < limit for limit in limits)
