"""The findings only, one JSON object per line, for ``jq``, ``grep`` and data frames."""

from __future__ import annotations

from datalint.core.results import Outcome
from datalint.report.inert import inert_json
from datalint.report.records import finding_edits


def to_jsonl(outcome: Outcome) -> bytes:
    """Return a line for each finding, in the form of ``findings`` in the JSON report."""
    import orjson

    lines = (orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE) for record in finding_edits(outcome))
    return inert_json(b"".join(lines))
