"""The findings as a table for spreadsheets, without a cell that one would take for a formula."""

from __future__ import annotations

import csv
import io
from typing import Any, Final

from datalint.core.finding import FIELDS
from datalint.core.results import Outcome
from datalint.privacy.display import printable
from datalint.report.inert import inert

#: What makes a spreadsheet take a cell for a formula, full-width forms too (OWASP, "CSV Injection"); tabs and line
#: ends among them only from a caller's own words, as a finding's are escaped.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def to_csv(outcome: Outcome) -> bytes:
    """Return a header and a row for each finding, as UTF-8 with LF line ends; an empty cell says "does not apply"."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(FIELDS)
    for record in outcome.findings.records():
        record["related"] = " ".join(map(_related, record["related"]))
        writer.writerow([cell(value) if isinstance(value, str) else value for value in record.values()])
    return file.getvalue().encode()


def _related(other: dict[str, Any]) -> str:
    file, line, row = other["file"], other["line"], other["row"]
    if line is not None and (row is None or line >= row):
        return f"{file}:{line}"
    return str(file) if row is None else f"{file}#{row}"


def cell(text: str | None) -> str:
    """Return a text as a spreadsheet shows it and never runs it: a quote before what looks like a formula."""
    if not text:
        return ""
    # A spreadsheet trims spaces before it looks.
    risky = text.lstrip(" ").startswith(_FORMULA)
    return ("'" if risky else "") + inert(printable(text))
