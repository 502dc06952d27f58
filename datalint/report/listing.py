"""The text report with every finding, and the table of rules for ``--statistics``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from datalint.core.finding import Finding
from datalint.core.results import Outcome, RuleResult
from datalint.privacy.display import FileName, Shown
from datalint.report import summary
from datalint.report.fix_step import fix_step
from datalint.report.layout import Line, cut_to_width, plain, runs, width_of, wrapped
from datalint.report.option_lines import apart, remedy_lines
from datalint.report.quantities import confidence_of, quantity
from datalint.report.remedies import concrete
from datalint.report.screen import SEVERITY
from datalint.report.wording import LEGEND, has_difference, place_of_finding, shown_path
from datalint.support.numbers import percent

#: An excerpt is printed on the message's line if at least this many columns are left for it.
_LEAST_EXCERPT: Final = 30
_SAID: Final = 25


def listing(outcome: Outcome, width: int, arguments: Sequence[str] | None) -> Iterator[Line]:
    """Yield the report with every place of every rule, grouped by file; ``arguments`` are those of the command."""
    yield from summary.head(outcome, width)
    yield []
    yield from summary.factors(outcome, width, full=True)
    yield from summary.targets(outcome, width)
    yield from summary.notes(outcome, width, full=True)
    train = [file.path for file in outcome.files if file.split == "train"]
    alone = train[0] if len(train) == 1 else None
    explained = False
    for rule in outcome.rules.values():
        yield []
        remedy = concrete(rule.remedy, outcome, arguments)
        for line in _rule(rule, outcome, alone, width, remedy):
            explained = explained or has_difference(plain(line))
            yield line
    yield []
    if explained:
        yield from wrapped(runs((LEGEND, "dim")), width)
    yield from _end(outcome, width)


def _end(outcome: Outcome, width: int) -> Iterator[Line]:
    yield from wrapped(summary.totals(outcome), width)
    if fixable := fix_step(outcome, command=True):
        yield from wrapped(fixable, width)
    yield from wrapped(summary.verdict(outcome), width)


def _rule(result: RuleResult, outcome: Outcome, alone: FileName | None, width: int, remedy: Shown) -> Iterator[Line]:
    findings = outcome.findings
    size = quantity(result, findings, tokens=True, exact=outcome.exact_tokens)
    title = runs(
        (result.severity.value, SEVERITY[result.severity]),
        (f"[{result.code}]", "bold"),
        f" {result.name}: {size}{confidence_of(result, findings)}",
    )
    yield from wrapped(title, width)
    yield from wrapped(runs((result.summary, "italic")), width, 2)
    file = alone
    for finding in findings.grouped.of(result.code):
        if finding.file is not None and finding.file != file:
            yield from wrapped(runs((shown_path(finding.file), "bold")), width, 4)
        inner = 4 if finding.file in (None, alone) else 6
        file = finding.file if finding.file is not None else file
        yield from _placed(_place(finding, width - inner), width, inner)
    if remedy:
        yield from remedy_lines(f"→ {remedy}", width, None, "green", 2)


def _placed(words: Line, width: int, indent: int) -> list[Line]:
    return apart(words, width, indent, lambda part: list(wrapped(part, width, indent)))


def _place(finding: Finding, width: int) -> Line:
    where = place_of_finding(finding) if finding.file is not None else ""
    words = runs((where, "cyan"), ": ") if where else []
    words += runs(finding.message)
    if finding.excerpt and finding.places == 1 and finding.excerpt[:_SAID] not in finding.message:
        room = width - width_of(plain(words)) - 2
        ahead, room = ("  ", room) if room > _LEAST_EXCERPT else ("\n  ", max(width - 2, 1))
        words += runs(ahead, (cut_to_width(finding.excerpt, room), "dim"))
    return words


def statistics(outcome: Outcome, width: int) -> Iterator[Line]:
    """Yield a row for each rule that fired, the most frequent first, and the verdict."""
    rules = sorted(outcome.rules.values(), key=lambda rule: (-rule.count, rule.code))
    if rules:
        rows = [["count", "rule", "name", "severity", "confidence", "share"], *map(_row, rules)]
        yield from _table(rows, rules, width)
        yield []
    yield from _end(outcome, width)


def _row(rule: RuleResult) -> list[str]:
    confidence = "–" if rule.confidence is None else rule.confidence.value
    share = "–" if rule.share is None else percent(rule.share)
    return [f"{rule.count:,}", rule.code, rule.name, rule.severity.value, confidence, share]


def _table(rows: Sequence[Sequence[str]], rules: Sequence[RuleResult], width: int) -> Iterator[Line]:
    widths = [max(map(width_of, column)) for column in zip(*rows, strict=True)]
    styles = ["dim", *(SEVERITY[rule.severity] for rule in rules)]
    for row, style in zip(rows, styles, strict=True):
        cells = [
            " " * (size - width_of(text)) + text
            if number in (0, len(row) - 1)
            else text + " " * (size - width_of(text))
            for number, (text, size) in enumerate(zip(row, widths, strict=True))
        ]
        count, code, name, severity, confidence, share = cells
        line = runs(f"{count}  {code}  {name}  ", (severity, style), f"  {confidence}  {share}")
        yield from wrapped(line, width)
