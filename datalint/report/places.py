"""Places of findings in the notation of other programs, and the choice of findings for a report with limited space."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Final

import polars as pl

from datalint.core.finding import RANKS, Finding, Range
from datalint.core.findings import Findings
from datalint.core.results import Outcome
from datalint.privacy.display import FileName, Shown, file_name, printable
from datalint.support.numbers import counted

#: Variables in which build runners give the folder that paths of annotations are relative to.
_ROOTS: Final = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")
#: Returns a file's name as a program that reads the report needs it.
Locate = Callable[[FileName], FileName]
#: Ranges of lines that are named in words.
_RANGES: Final = 3


def is_file(name: str) -> bool:
    """Return whether a source's name can be a file's: not ``<stdin>``, ``<DataFrame>`` or ``hf://…``."""
    return not name.startswith("<") and "://" not in name


def locator() -> Locate:
    """Return a function that gives a file's POSIX path from the repository's root.

    The root is the build runner's workspace (``GITHUB_WORKSPACE``, ``CI_PROJECT_DIR``), otherwise the working folder.
    Files outside of it, and sources that are not files, keep their names.
    """
    bases = [Path(os.environ[name]).resolve() for name in _ROOTS if os.environ.get(name)]
    bases.append(Path.cwd())

    @cache
    def locate(name: FileName) -> FileName:
        if not is_file(name):
            return name
        given = Path(name)
        # The file itself may be a link to a target elsewhere; the repository contains the link.
        whole = given.parent.resolve() / given.name
        inside = (whole.relative_to(base).as_posix() for base in bases if whole.is_relative_to(base))
        return file_name(next(inside, given.as_posix()))

    return locate


def ordinal(finding: Finding) -> int | None:
    """Return a finding's row if its line does not identify it: in a table, and in an array with several rows on one
    line."""
    has_line = finding.line is not None and (finding.row is None or finding.line >= finding.row)
    return None if has_line or finding.file is None else finding.row


def where(finding: Finding, locate: Locate) -> Shown:
    """Return a finding's place as text: ``train.jsonl:3``, ``train.parquet row 3``, ``train.csv`` or ``dataset``."""
    if finding.file is None:
        return printable("dataset")
    name = locate(finding.file)
    if finding.line is not None:
        return printable(f"{name}:{finding.line}")
    return printable(name if finding.row is None else f"{name} row {finding.row}")


def extent(finding: Finding) -> Shown:
    """Return the number of rows of a cause, to follow a message: `` (12 rows: lines 3–14)``; empty for a single row."""
    if finding.places == 1:
        return printable("")
    rows = count_of(finding.rows or finding.lines)
    words = counted(rows, "row" if finding.rows else "line")
    words += f", {finding.places:,} places" if finding.places != rows else ""
    # The noun is only missing if rows are counted and lines are named.
    where = spots(finding).removeprefix("rows " if finding.rows else "lines ")
    return printable(f" ({words}: {where})" if rows > 1 else f" ({finding.places:,} places)")


def count_of(ranges: Sequence[Range]) -> int:
    """Return the number of integers in ranges."""
    return sum(last - first + 1 for first, last in ranges)


def spots(finding: Finding) -> Shown:
    """Return the first lines of a cause, ``lines 3–5, 9, …``, or its rows if these are one range and lines are not.

    Single findings name lines, so a list of places has rows only where they say more.
    """
    each = count_of(finding.lines) >= count_of(finding.rows) and (len(finding.lines) == 1 or len(finding.rows) > 1)
    by_line = ordinal(finding) is None and (each or not finding.rows)
    ranges = finding.lines if by_line else finding.rows
    shown = [f"{first}" if first == last else f"{first}–{last}" for first, last in ranges[:_RANGES]]
    more = ["…"] if len(ranges) > _RANGES else []
    return printable(f"{'line' if by_line else 'row'}{'s' * (count_of(ranges) > 1)} {', '.join([*shown, *more])}")


def statement(finding: Finding, outcome: Outcome) -> Shown:
    """Return the message of a finding, never empty; with its row if there is no line number."""
    row = ordinal(finding)
    rule = outcome.rules.get(finding.rule)
    words = finding.message or (rule.summary if rule is not None else "") or finding.name or finding.rule
    return printable(f"{words if row is None else f'row {row}: {words}'}{extent(finding)}")


def home(outcome: Outcome) -> FileName | None:
    """Return the first file's name: where a finding about the dataset is shown if it must be somewhere."""
    return next((file.path for file in outcome.files), None)


def foremost(findings: Findings, limit: int) -> list[Finding]:
    """Return at most ``limit`` findings in report order: the first of each rule, then errors before warnings before
    notes.

    Rules of one severity take turns, so that a rule with a million findings leaves room for the others.
    """
    if len(findings) <= limit:
        return list(findings)
    chosen = (
        findings.table.select(
            pl.col("severity").replace_strict(RANKS, return_dtype=pl.Int8).alias("rank"),
            pl.int_range(pl.len()).over("severity", "rule").alias("turn"),
        )
        .with_row_index("place")
        .sort(pl.col("turn") > 0, "rank", "turn", "place")
        .head(limit)["place"]
        .sort()
    )
    return [findings[place] for place in chosen]
