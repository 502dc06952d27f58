"""Where findings are, as other programs name it, and which of them go into a report that has no room for all."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final

import polars as pl

from datalint.core.finding import Finding, Severity
from datalint.core.results import Findings, Outcome
from datalint.privacy.display import FileName, Shown, file_name, printable

#: Variables in which build runners name the folder that paths of annotations are relative to.
_ROOTS: Final = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")
#: Returns a file's name as a program that reads the report needs it.
Locate = Callable[[FileName], FileName]
_RANK: Final = {severity.value: severity.rank for severity in Severity}


def is_file(name: str) -> bool:
    """Return whether a source's name can be a file's: not ``<stdin>``, ``<DataFrame>`` or ``hf://…``."""
    return not name.startswith("<") and "://" not in name


def locator() -> Locate:
    """Return a function that gives a file's POSIX path from the repository's root.

    The root is the build runner's workspace (``GITHUB_WORKSPACE``, ``CI_PROJECT_DIR``), else the working folder.
    What lies in neither, and what is no file, keeps its name.
    """
    bases = [Path(os.environ[name]).resolve() for name in _ROOTS if os.environ.get(name)]
    bases.append(Path.cwd())

    @cache
    def locate(name: FileName) -> FileName:
        if not is_file(name):
            return name
        given = Path(name)
        # The file itself may be a link whose target lies elsewhere; the repository knows the link.
        whole = given.parent.resolve() / given.name
        inside = (whole.relative_to(base).as_posix() for base in bases if whole.is_relative_to(base))
        return file_name(next(inside, given.as_posix()))

    return locate


def ordinal(finding: Finding) -> int | None:
    """Return a finding's row where its line does not tell it: in a table, and in an array with rows on one line."""
    told = finding.line is not None and (finding.row is None or finding.line >= finding.row)
    return None if told or finding.file is None else finding.row


def where(finding: Finding, locate: Locate) -> Shown:
    """Return a finding's place in words: ``train.jsonl:3``, ``train.parquet row 3``, ``train.csv`` or ``dataset``."""
    if finding.file is None:
        return printable("dataset")
    name = locate(finding.file)
    if finding.line is not None:
        return printable(f"{name}:{finding.line}")
    return printable(name if finding.row is None else f"{name} row {finding.row}")


def statement(finding: Finding, outcome: Outcome) -> Shown:
    """Return what a finding says, never empty; with its row where no line number says it."""
    row = ordinal(finding)
    if finding.message and row is None:
        return finding.message
    rule = outcome.rules.get(finding.rule)
    words = finding.message or (rule.summary if rule is not None else "") or finding.name or finding.rule
    return printable(words if row is None else f"row {row}: {words}")


def home(outcome: Outcome) -> FileName | None:
    """Return the first file's name: where a finding about the dataset is shown if it must be somewhere."""
    return next((file.path for file in outcome.files), None)


def foremost(findings: Findings, limit: int) -> list[Finding]:
    """Return at most ``limit`` findings in report order: each rule's first, then errors before warnings before notes.

    Rules of one severity take turns, so one that fired a million times leaves room for the others.
    """
    if len(findings) <= limit:
        return list(findings)
    chosen = (
        findings.table.select(
            pl.col("severity").replace_strict(_RANK, return_dtype=pl.Int8).alias("rank"),
            pl.int_range(pl.len()).over("severity", "rule").alias("turn"),
        )
        .with_row_index("place")
        .sort(pl.col("turn") > 0, "rank", "turn", "place")
        .head(limit)["place"]
        .sort()
    )
    return [findings[place] for place in chosen]
