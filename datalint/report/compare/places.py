"""Files of a side, and places of rows and findings, as a comparison shows them."""

from __future__ import annotations

from datalint.compare.model import ComparedSide, RowPlace
from datalint.core.finding import Finding
from datalint.privacy.display import Shown, printable
from datalint.report.wording import shown_path


def files_of(side: ComparedSide) -> Shown:
    """Return the files of a side in a few words."""
    if not side.files:
        return printable("nothing")
    return shown_path(side.files[0]) if len(side.files) == 1 else printable(f"{len(side.files)} files")


def row_place(spot: RowPlace, side: ComparedSide | None = None) -> str:
    """Return ``file:line``, or ``file row N`` without lines; of the only file of a side no more than ``line 7``."""
    if side is not None and len(side.files) == 1:
        return f"row {spot.row}" if spot.line is None else f"line {spot.line}"
    name = shown_path(spot.file)
    return f"{name} row {spot.row}" if spot.line is None else f"{name}:{spot.line}"


def finding_place(finding: Finding, side: ComparedSide) -> str:
    """Return the place of a finding; of the only file of a side, without its name."""
    if finding.file is None:
        return "the dataset"
    if finding.row is None and finding.line is None:
        return shown_path(finding.file)
    return row_place(RowPlace(finding.file, finding.line, finding.row or 0), side)
