"""The findings as plain data: one object for each cause, the same in JSON, JSON Lines and, without edits, CSV."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import repeat
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
#: Keys of an edit, in order.
_EDIT: Final = ("op", "line", "row", "path", "old", "new")


def finding_records(outcome: Outcome) -> Iterator[dict[str, Any]]:
    """Yield each finding as plain data, with the confidence of its rule."""
    confidences = {
        code: None if rule.confidence is None else rule.confidence.value for code, rule in outcome.rules.items()
    }
    for record in outcome.findings.grouped.records():
        record["confidence"] = confidences.get(record["rule"])
        yield {name: record[name] for name in FIELDS}


def finding_edits(outcome: Outcome) -> Iterator[dict[str, Any]]:
    """Yield each finding as :func:`finding_records` does, with ``edits``: what its fix changes.

    They take a second look at the rows, so only the formats that show them call this.
    """
    edits = repeat(()) if outcome.edits is None else outcome.edits(outcome.findings)
    for record, found in zip(finding_records(outcome), edits, strict=False):
        yield record | {"edits": [{name: getattr(edit, name) for name in _EDIT} for edit in found]}
