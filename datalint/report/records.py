"""The findings as plain data: one object for each cause, the same in JSON, JSON Lines and CSV."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from datalint.core.results import Outcome

#: Keys of a finding, in order.
FIELDS: Final = (
    "rule",
    "name",
    "severity",
    "confidence",
    "file",
    "line",
    "row",
    "path",
    "message",
    "count",
    "rows",
    "lines",
    "related",
    "fingerprint",
    "fix",
)


def finding_records(outcome: Outcome) -> Iterator[dict[str, Any]]:
    """Yield each finding as plain data, with the confidence of its rule."""
    confidences = {
        code: None if rule.confidence is None else rule.confidence.value for code, rule in outcome.rules.items()
    }
    for record in outcome.findings.grouped.records():
        record["confidence"] = confidences.get(record["rule"])
        yield {name: record[name] for name in FIELDS}
