"""Findings that are accepted: a report counts and names them, but no gate that counts findings counts them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any, overload

from datalint.core.finding import Finding
from datalint.core.findings import Findings
from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    from datalint.privacy.display import Shown


class By(StrEnum):
    """Where a finding is accepted."""

    ROW = "row"
    BASELINE = "baseline"


class Kind(StrEnum):
    """Why a finding is accepted."""

    #: It was there before the baseline.
    LEGACY = "legacy"
    #: It is right, and the row stays as it is on purpose.
    ACCEPTED = "accepted"
    #: It is wrong.
    FALSE_ALARM = "false-alarm"


class Accepted(NamedTuple):
    """A finding that is accepted; ``until`` is the last day on which it is (ISO 8601), None for always."""

    finding: Finding
    by: By
    kind: Kind
    reason: Shown
    until: str | None = None


class AcceptedFindings(Sequence[Accepted]):
    """Accepted findings in report order, kept as columns."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings

    def __len__(self) -> int:
        return len(self.findings)

    @overload
    def __getitem__(self, index: int) -> Accepted: ...
    @overload
    def __getitem__(self, index: slice) -> list[Accepted]: ...
    def __getitem__(self, index: int | slice) -> Accepted | list[Accepted]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        row = self.findings.table.row(range(len(self))[index], named=True)
        return _make(self.findings[index], row)

    def __iter__(self) -> Iterator[Accepted]:
        for finding, row in zip(self.findings, self.findings.table.iter_rows(named=True), strict=True):
            yield _make(finding, row)

    def counts(self) -> Counter[tuple[By, Kind]]:
        """Return the number of findings by where and why they are accepted."""
        return Counter((By(by), Kind(kind)) for by, kind in self.findings.table.select("by", "kind").iter_rows())

    def by_rule(self) -> dict[str, int]:
        """Return the number of findings by rule, sorted by code."""
        return dict(sorted(self.findings.counts().items()))


def _make(finding: Finding, row: dict[str, Any]) -> Accepted:
    return Accepted(finding, By(row["by"]), Kind(row["kind"]), row["reason"], row["until"])
