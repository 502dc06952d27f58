"""Texts of one column that are parts of those of another one in the same row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.records.canonical import as_text

#: Rows that are looked at.
_ROWS: Final = 50


def share_within(rows: Sequence[Mapping[str, Any]], part: str, whole: str) -> float:
    """Return the share of the rows with two texts in which the one under ``part`` is within that under ``whole``.

    Case and the white space around them do not count. Without such rows, the share is 0.
    """
    pairs = [(folded(row.get(part)), folded(row.get(whole))) for row in rows[:_ROWS]]
    texts = [(one, other) for one, other in pairs if one and other]
    return sum(one in other for one, other in texts) / max(len(texts), 1)


def folded(value: object) -> str:
    """Return a text, or a list as one, without case and the white space around it; empty for anything else."""
    text = as_text(value) if isinstance(value, list) else value
    return text.strip().casefold() if isinstance(text, str) else ""
