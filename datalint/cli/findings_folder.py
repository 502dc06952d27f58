"""Findings as Parquet files in a folder, for runs with more findings than a report can list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import polars as pl

from datalint.cli.overwriting import OutputPath
from datalint.core.errors import DatalintError
from datalint.core.findings import Findings
from datalint.privacy.display import printable
from datalint.support.replacing import Replacement

if TYPE_CHECKING:
    from datalint.report.model import Report

#: Places in one file.
_ROWS: Final = 1_000_000
#: Places of one rule that reports list.
LISTED: Final = 1_000
#: Formats that list every place.
_COMPLETE: Final = frozenset({"json", "jsonl", "csv", "text", "concise", "junit", "gitlab"})
#: Names of the files, and of what a killed run leaves of one.
_PART: Final = re.compile(r"findings-\d{5}\.parquet|\.findings-\d{5}\.parquet\.\d+\.tmp")


def targets_in(folder: Path) -> list[OutputPath]:
    """Return the files that may be replaced in a folder: a new or empty one, or one with findings of an earlier run.

    Raises:
        DatalintError: for any other.
    """
    option = f"--findings {folder}"
    try:
        found = sorted(folder.iterdir()) if folder.exists() else []
    except OSError as error:
        raise DatalintError(f"{printable(option)}: {error.strerror}; name a folder") from None
    for path in found:
        if not _PART.fullmatch(path.name):
            name = printable(path.name)
            raise DatalintError(f"{printable(option)} contains other files, such as {name}; name an empty folder")
    return [OutputPath(option, str(path)) for path in found]


def folder_for(files: Sequence[tuple[str, str]]) -> Path | None:
    """Return the folder next to the first report that would list every place; None if there is no such report.

    ``files`` are the formats and paths of reports. None too if the folder cannot be used: reports are then complete.
    """
    path = next((path for kind, path in files if kind in _COMPLETE), None)
    folder = None if path is None else Path(f"{path}.findings")
    if folder is None or folder.is_symlink():
        return None
    try:
        targets_in(folder)
    except DatalintError:
        return None
    return folder


def write_findings(report: Report, folder: Path) -> Report:
    """Write every place that was found, sorted as in reports, and return the report with the first of each rule.

    Raises:
        DatalintError: if a file cannot be written.
    """
    table = with_names(report.findings)
    parts = [table.slice(start, _ROWS) for start in range(0, max(table.height, 1), _ROWS)]
    names = [f"findings-{number:05}.parquet" for number in range(len(parts))]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, part in zip(names, parts, strict=True):
            with Replacement(folder / name) as replacement:
                part.write_parquet(replacement.file)
                replacement.finish()
        for path in folder.iterdir():
            if _PART.fullmatch(path.name) and path.name not in names:
                path.unlink()
    except OSError as error:
        raise DatalintError(
            f"cannot write {printable(str(folder))}: {error.strerror}; choose another --findings"
        ) from None
    listed = report.findings.table.filter(pl.int_range(pl.len()).over("rule") < LISTED)
    if listed.height == table.height:
        return report
    where = printable(str(folder))
    note = f"findings: {table.height:,} places are in {where}; reports list the first {LISTED:,} of each rule"
    findings = Findings(listed, report.findings.files)
    return replace(report, findings=findings, notes=(*report.notes, printable(note)))


def with_names(findings: Findings) -> pl.DataFrame:
    """Return the places with the names of files instead of their numbers, which sort as the places do."""
    names = [str(name) for name in findings.files]

    def named(number: pl.Expr) -> pl.Expr:
        return number.replace_strict(range(len(names)), names, default=None, return_dtype=pl.String)

    other = pl.element().struct
    fields = [other.field(name) for name in ("line", "row", "similarity")]
    related = pl.col("related").list.eval(pl.struct(named(other.field("file")).alias("file"), *fields))
    return findings.table.drop("at").with_columns(named(pl.col("file")).alias("file"), related.alias("related"))
