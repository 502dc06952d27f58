"""The findings, rule by rule, as many of each as the page has room for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from datalint.core.finding import Finding, Related
from datalint.core.findings import Findings
from datalint.core.results import Outcome, RuleResult
from datalint.privacy.display import printable
from datalint.report.html.charts import bar
from datalint.report.places import extent
from datalint.report.wording import shown_path
from datalint.support.numbers import percent, short

#: Findings of one rule, once not all fit: enough to see what is wrong.
_EACH: Final = (500, 200, 100, 50, 20, 10, 5, 2, 1, 0)
_RELATED: Final = 3
#: Characters of a path in a table; the whole path is in the table of files.
_PATH: Final = 40


def browse(outcome: Outcome, room: int) -> dict[str, Any]:
    """Return the rules that fired, and up to ``room`` findings spread evenly over them."""
    rules = list(outcome.rules.values())
    findings = outcome.findings.grouped
    counts = findings.counts()
    each = allowance(list(counts.values()), room)
    shown = [_rule(rule, findings, each, counts.get(rule.code, 0)) for rule in rules]
    total = len(findings)
    here = sum(len(rule["findings"]) for rule in shown)
    return {
        "rules": shown,
        "total": f"{total:,}",
        "here": f"{here:,}",
        "complete": here == total,
        "factors": list(dict.fromkeys(rule["factor"] for rule in shown if rule["factor"])),
        "severities": list(dict.fromkeys(rule["severity"] for rule in shown)),
    }


def allowance(counts: Sequence[int], room: int) -> int | None:
    """Return how many findings a rule may show so that all rules fit in ``room``; None for all of them."""
    if sum(counts) <= room:
        return None
    return next(each for each in _EACH if sum(min(count, each) for count in counts) <= room or each == 0)


def _rule(rule: RuleResult, findings: Findings, each: int | None, count: int) -> dict[str, Any]:
    listed = findings.of(rule.code, each)
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity.value,
        "factor": rule.factor.value if rule.factor is not None else "",
        "confidence": rule.confidence.value if rule.confidence is not None else "",
        "summary": rule.summary,
        "remedy": rule.remedy,
        "count": f"{rule.count:,}",
        "number": rule.count,
        "share": "" if rule.share is None else percent(rule.share),
        "bar": "" if rule.share is None else bar(rule.share, tone=f"sev-{rule.severity.value}"),
        "tokens": short(rule.tokens) if rule.tokens else "",
        "weight": rule.tokens,
        "paths": any(finding.path for finding in listed),
        "findings": [_finding(finding) for finding in listed],
        "left": f"{count - len(listed):,}" if count > len(listed) else "",
    }


def _finding(finding: Finding) -> dict[str, Any]:
    others = [
        short_place(other.file, other.line, other.row) for other in finding.related if not _is_named(finding, other)
    ]
    return {
        "place": short_place(finding.file, finding.line, finding.row),
        "path": finding.path or "",
        "message": printable(f"{finding.message}{extent(finding)}"),
        "excerpt": finding.excerpt or "",
        "severity": finding.severity.value,
        "related": others[:_RELATED],
        "more": max(0, len(others) - _RELATED),
    }


def _is_named(finding: Finding, other: Related) -> bool:
    """Whether a finding's message says already where another row is."""
    numbers = (f":{other.line}", f" row {other.row}") if other.line is not None else (f" row {other.row}",)
    places = [f"{printable(other.file)}{number}" for number in numbers]
    if other.file == finding.file:
        places += [f"line {other.line}", f"row {other.row}"]
    # A row of the evaluation set is named with as few folders of its file as distinguish it.
    parts = re.split(r"(?<=[/\\])", other.file)
    short = [printable("".join(parts[at:])) for at in range(len(parts))]
    places += [f"{unit} of {name}" for unit in (f"line {other.line}", f"row {other.row}") for name in short]
    return any(_holds(finding.message, spot) for spot in places)


def _holds(message: str, spot: str) -> bool:
    """Whether a message holds a place, rather than the beginning of a longer number or the end of a longer name."""
    at = message.find(spot)
    while at >= 0:
        before, after = message[at - 1 : at], message[at + len(spot) : at + len(spot) + 1]
        if before in ("", " ", "(", '"') and not after.isalnum():
            return True
        at = message.find(spot, at + 1)
    return False


def short_place(file: str | None, line: int | None, row: int | None) -> str:
    """Return ``file:line``, ``file row N`` where a container has no lines or rows share one, or ``dataset``."""
    if file is None:
        return "dataset"
    name = tail(file)
    if line is not None and (row is None or line >= row):
        return f"{name}:{line}"
    return f"{name} row {row:,}" if row is not None else name


def tail(path: str, limit: int = _PATH) -> str:
    """Return a path printable, without its first folders where it is long."""
    path = shown_path(path)
    if len(path) <= limit:
        return path
    starts = [index for index, char in enumerate(path) if char in "/\\" and len(path) - index < limit]
    return "…" + (path[starts[0] :] if starts else path[-limit:])
