"""The findings as CSV for spreadsheets, in which no cell is taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from functools import cache
from typing import Any, Final

from datalint.core.results import Outcome
from datalint.privacy.display import Shown, printable
from datalint.report.inert import inert
from datalint.report.records import FIELDS, finding_records

#: First characters by which a spreadsheet takes a cell for a formula, with full-width forms (OWASP, "CSV Injection").
#: Tabs and line endings have the same effect; they are escaped in every text that is shown.
_FORMULA: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def to_csv(outcome: Outcome) -> bytes:
    """Return a header and a row for each finding in UTF-8 with LF line endings. Empty cells mean "does not apply"."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(FIELDS)
    name = cache(printable)
    for record in finding_records(outcome):
        record["file"] = record["file"] and name(record["file"])
        record["related"] = " ".join(_related(other, name(other["file"])) for other in record["related"])
        record["rows"], record["lines"] = map(_ranges, (record["rows"], record["lines"]))
        writer.writerow([cell(value) if isinstance(value, str) else value for value in record.values()])
    return file.getvalue().encode()


def _ranges(ranges: Sequence[Sequence[int]] | None) -> str:
    """Return ranges such as ``2..9 12``, which no spreadsheet takes for a date."""
    return " ".join(str(first) if first == last else f"{first}..{last}" for first, last in ranges or ())


def _related(other: dict[str, Any], file: Shown) -> str:
    line, row = other["line"], other["row"]
    if line is not None and (row is None or line >= row):
        return f"{file}:{line}"
    return file if row is None else f"{file}#{row}"


def cell(text: str) -> str:
    """Return a text with a quote before it if a spreadsheet would take it for a formula."""
    # A spreadsheet trims spaces first.
    risky = text.lstrip(" ").startswith(_FORMULA)
    return ("'" if risky else "") + inert(text)
