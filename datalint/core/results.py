"""What a run comes to: the one object that every renderer and the Python API read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from datalint.core.finding import Confidence, Factor, Severity
from datalint.privacy.display import printable
from datalint.support.classes import frozen
from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    from datalint.core.accepted import Accepted
    from datalint.core.charts import Charts
    from datalint.core.findings import Findings
    from datalint.core.fix import ShownEdit
    from datalint.core.kind import Kind
    from datalint.core.rule import Rule
    from datalint.core.targets import TargetResult
    from datalint.privacy.display import FileName, Shown

SCHEMA = "datalint-report/2"


class Verdict(StrEnum):
    """What a gate, a factor or a dataset comes to; *not assessed* is never a pass."""

    PASS = "pass"
    WARN = "warn"
    FAIL = "fail"
    NOT_ASSESSED = "not-assessed"

    @property
    def rank(self) -> int:
        """Higher is worse; not assessed ranks lowest."""
        return {"not-assessed": 0, "pass": 1, "warn": 2, "fail": 3}[self.value]

    @property
    def words(self) -> str:
        """The verdict as it is shown."""
        return self.value.replace("-", " ")


class Measurement(NamedTuple):
    """One measure of the dataset; ``value`` is None when it could not be taken, and ``reason`` says what to supply.

    ``detail`` is what else a person wants to know in addition to the number. Neither text is fit to print yet.
    """

    value: float | int | None
    reason: str | None = None
    detail: str | None = None


class NotAssessed(NamedTuple):
    """A selected rule that did not run, because something that it needs is missing; ``reason`` says what to supply."""

    code: str
    name: Shown
    reason: Shown


class FileResult(NamedTuple):
    """One input file as it was read; ``path`` is its name but for secrets in it.

    ``rows_read + rows_refused`` equals its non-blank lines, of which those that make one row count once.
    """

    path: FileName
    container: str
    shape: Shown | None
    rows_read: int
    rows_refused: int
    blank_lines: int
    bytes: int
    sha256: str
    split: str = "train"


#: The reason why a gate is not assessed if none of its rules were selected.
NOT_SELECTED: Final = "its rules are not selected"


class GateResult(NamedTuple):
    """One measure against its limits. ``warn`` and ``fail`` are the limits in words, None without one.

    ``value`` is None when the gate was not assessed; ``reason`` then says why and what to supply.
    ``score`` is 0 to 100 by ``formula``; a factor's score is its lowest gate's. ``fails_under`` is the number of the
    fail limit, if lower values fail. ``rules`` are the codes of the selected rules that it rests on.
    """

    measure: str
    title: Shown
    value: float | int | None
    warn: Shown | None
    fail: Shown | None
    verdict: Verdict
    score: float | None
    source: Shown
    shown: Shown
    formula: Shown
    reason: Shown | None = None
    detail: Shown | None = None
    fails_under: float | None = None
    rules: tuple[str, ...] = ()

    @property
    def is_off(self) -> bool:
        """Whether none of the gate's rules were selected."""
        return self.reason == NOT_SELECTED


class FactorResult(NamedTuple):
    """A factor's score (0 to 100, its weakest gate's; None when not assessed), verdict and gates."""

    factor: Factor
    score: float | None
    verdict: Verdict
    gates: tuple[GateResult, ...]
    remedy: Shown | None = None

    @property
    def deciding(self) -> GateResult | None:
        """The gate that decided the verdict: the worst, then the lowest score."""
        assessed = [gate for gate in self.gates if gate.verdict is not Verdict.NOT_ASSESSED]
        if not assessed:
            return None
        return max(assessed, key=lambda gate: (gate.verdict.rank, -(gate.score if gate.score is not None else 100)))


class RuleInfo(NamedTuple):
    """A rule that ran, whether or not it fired; ``severity`` is what this run gave it."""

    rule: Rule
    severity: Severity

    @property
    def code(self) -> str:
        """The rule's code."""
        return self.rule.code

    @property
    def name(self) -> Shown:
        """The rule's name."""
        return printable(self.rule.name)

    @property
    def factor(self) -> Factor:
        """The factor that the rule counts for."""
        return self.rule.factor

    @property
    def confidence(self) -> Confidence | None:
        """The class of the rule's precision."""
        return self.rule.confidence

    @property
    def summary(self) -> Shown:
        """The first line of the rule's page."""
        return printable(self.rule.summary)

    @property
    def remedy(self) -> Shown:
        """What to do first."""
        return printable(self.rule.remedy)


@frozen
class RuleResult:
    """How often a rule fired.

    ``count`` is places, ``examples`` distinct rows, ``share`` of all examples (None for dataset findings, and for
    those of which each stands for several rows), ``tokens`` an estimate of the tokens in those rows. ``each`` is what a
    finding stands for, where that is no single row. ``confidence`` is the class of the rule's precision, None where
    nobody measured it.
    """

    code: str
    name: Shown
    severity: Severity
    factor: Factor | None
    summary: Shown
    remedy: Shown
    count: int
    examples: int
    share: float | None
    tokens: int
    each: str | None = None
    confidence: Confidence | None = None


@frozen
class Outcome:
    """What a run came to; :class:`datalint.report.model.Report` adds the renderers.

    ``score`` is 0 to 100, in the range of the verdict and rounded down so that only a full score reads 100;
    None when nothing was assessed. ``kind`` is what the data is for, which decides the limits. ``rules`` are those that
    fired, ``enabled`` all that were selected, and ``not_assessed`` those of them that did not run, because something
    that they need is missing. ``measures`` are the numbers behind the gates, by name. ``charts`` is the data of a
    report's pictures, None unless it was asked for. ``looked_for`` are places of files that rows name, with whether
    something was there, and ``read_nearby`` files next to the data that were read and are no data; reports don't show
    them. ``accepted`` are the findings that rows or the baseline accept, and
    ``valid_until`` is the day (ISO 8601) after which the first row no longer accepts its findings, None for no such
    day. ``targets`` say what each named target does with the dataset. ``edits`` reads rows again and yields, for each
    cause of findings, what a fix changes because of it; None if the rows are not at hand. ``paired`` are the indices of
    files of text of which another file has a line for each, so that no row of them may be removed or moved alone.
    ``exact_tokens`` says that ``tokens``, also those of rules, are counted, as rows are token ids.
    ``unread`` are keys that hold texts or labels, are not read, and are named by no finding or note. ``group_key`` is
    the key of groups of rows that a split should keep together, empty for none, and ``connected`` how many training and
    evaluation rows it keeps on one side at least, if these are most rows. To change a field, make another with
    ``dataclasses.replace``.
    """

    verdict: Verdict
    score: int | None
    files: tuple[FileResult, ...]
    factors: Mapping[str, FactorResult]
    rules: Mapping[str, RuleResult]
    findings: Findings
    measures: Mapping[str, float | int | None]
    profile: Shown
    notes: tuple[Shown, ...] = ()
    examples: int = 0
    kind: Kind = "sft"
    tokens: int = 0
    internal_errors: int = 0
    fail_on: str = "fail"
    charts: Charts | None = None
    enabled: tuple[RuleInfo, ...] = ()
    not_assessed: tuple[NotAssessed, ...] = ()
    looked_for: tuple[tuple[str, bool], ...] = ()
    read_nearby: tuple[str, ...] = ()
    accepted: Sequence[Accepted] = ()
    valid_until: str | None = None
    targets: tuple[TargetResult, ...] = ()
    edits: Callable[[Findings], Iterator[list[ShownEdit]]] | None = None
    paired: frozenset[int] = frozenset()
    unread: tuple[Shown, ...] = ()
    exact_tokens: bool = False
    group_key: str = ""
    connected: tuple[int, int] = (0, 0)

    @property
    def failed(self) -> bool:
        """Whether the run fails under ``fail_on``: ``fail``, or ``warn`` to fail on warnings too."""
        return self.verdict is Verdict.FAIL or (self.fail_on == "warn" and self.verdict is Verdict.WARN)

    @property
    def unreadable(self) -> bool:
        """Whether the dataset fails because no row could be read, and no selected rule judges anything else."""
        assessed = any(factor.verdict is not Verdict.NOT_ASSESSED for factor in self.factors.values())
        return self.verdict is Verdict.FAIL and not assessed
