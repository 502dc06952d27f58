"""What a rule found: one place, one message."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    from datalint.privacy.display import FileName, Shown


class Severity(StrEnum):
    """How grave a finding is; only gates decide whether a dataset fails."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the most severe; sorts findings."""
        return RANKS[self.value]


#: The ranks of severities by their names.
RANKS: Final = {"error": 0, "warning": 1, "info": 2}


class Confidence(StrEnum):
    """The class of a rule's precision, measured on labelled real rows."""

    #: At least 95 % of the findings are right.
    HIGH = "high"
    #: At least 80 %.
    MEDIUM = "medium"
    #: Less than 80 %.
    LOW = "low"


class Factor(StrEnum):
    """The guide's five factors and its anti-patterns, in report order."""

    VOLUME = "volume"
    DIVERSITY = "diversity"
    QUALITY = "quality"
    FORMAT = "format"
    BALANCE = "balance"
    READINESS = "readiness"


#: The fields of a finding in reports for machines, in their order.
FIELDS: Final = (
    "rule",
    "name",
    "severity",
    "file",
    "line",
    "row",
    "path",
    "message",
    "related",
    "fingerprint",
    "fix",
)


class Related(NamedTuple):
    """Another row that a finding speaks of: a duplicate's anchor, a leaked row's twin."""

    file: FileName
    line: int | None
    row: int | None
    similarity: float | None = None

    def to_dict(self) -> dict[str, Any]:
        """The JSON report's form."""
        return {"file": self.file, "line": self.line, "row": self.row, "similarity": self.similarity}


#: The first and the last number of a range.
Range = tuple[int, int]


class Finding(NamedTuple):
    """One place where a rule fired, or of :attr:`~datalint.core.results.Findings.grouped` one cause in many places.

    ``line`` is the physical 1-based line (blank lines counted), ``row`` the 1-based ordinal of the record
    in its file, or its number in a sheet, ``path`` a JSON path such as ``$.messages[2].content``; each is None where it
    doesn't apply.
    ``path``, ``message`` and ``excerpt`` are safe to print: control and invisible characters are escaped, secrets and
    personal data redacted. ``file`` is the name as it was given but for secrets in it.
    ``fingerprint`` depends on the rule and the row's content alone, so it survives moving the row.

    ``places`` is their number. ``rows`` and ``lines`` are the ranges of their records and lines; place and
    fingerprint are those of the first one.
    """

    rule: str
    name: Shown
    severity: Severity
    file: FileName | None
    line: int | None
    row: int | None
    path: Shown | None
    message: Shown
    related: tuple[Related, ...] = ()
    fingerprint: str = ""
    excerpt: Shown | None = None
    places: int = 1
    rows: tuple[Range, ...] = ()
    lines: tuple[Range, ...] = ()
    fix: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """The JSON report's form."""
        values = {name: getattr(self, name) for name in FIELDS}
        return values | {
            "severity": self.severity.value,
            "related": [other.to_dict() for other in self.related],
        }
