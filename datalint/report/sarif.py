"""SARIF 2.1.0, as GitHub's code scanning and other viewers read it.

GitHub refuses a file with more than 25,000 results and keeps 5,000 of a run (github/docs, sarif-limits), so the
most severe 5,000 are written, every rule among them, and what is left out is counted in the file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from itertools import islice
from pathlib import PurePath
from typing import Any, Final
from urllib.parse import quote

from datalint.core.accepted import Accepted, By, Kind
from datalint.core.finding import Confidence, Finding, Range, Related, Severity
from datalint.core.results import Outcome, RuleInfo, RuleResult
from datalint.privacy.display import FileName
from datalint.report.accepted import on_purpose
from datalint.report.inert import to_json_document
from datalint.report.places import foremost, home, is_file, locator, statement
from datalint.support.numbers import similar

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
#: Results of a run that GitHub keeps.
RESULTS: Final = 5_000
#: Related rows of a result: GitHub keeps 100, a reader looks at a few, and 10 MB compressed is all it takes.
RELATED: Final = 20
#: Ranges of rows and of lines of a result; its message counts the rows.
RANGES: Final = 100
#: Characters that GitHub allows in a rule's descriptions.
_DESCRIPTION: Final = 1_024

_LEVEL: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_PROBLEM: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}
#: What GitHub shows of a rule's confidence.
_PRECISION: Final = {Confidence.HIGH: "very-high", Confidence.MEDIUM: "medium", Confidence.LOW: "low"}
#: GitHub's score of rules that are tagged as of security, by severity: from 7 on high, from 4 on medium.
_SECURITY: Final = {Severity.ERROR: "8.0", Severity.WARNING: "5.0", Severity.INFO: "2.0"}

Uri = Callable[[FileName], str]


def to_sarif(outcome: Outcome, *, limit: int = RESULTS) -> bytes:
    """Return the report as SARIF with at most ``limit`` results."""
    shown = foremost(outcome.findings.grouped, limit)
    known: dict[str, RuleInfo | RuleResult] = {each.code: each for each in outcome.enabled} | dict(outcome.rules)
    rules = sorted({finding.rule for finding in shown} | known.keys())
    left = _left_out(outcome, shown)
    scores = {each.code: _SECURITY[each.rule.severity] for each in outcome.enabled if "security" in each.rule.tags}
    run = {
        "tool": {
            "driver": {
                "name": "datalint",
                # By name, as the package's front imports the layers above this one.
                "version": import_module("datalint").__version__,
                "rules": [_rule(code, known.get(code), scores.get(code)) for code in rules],
            }
        },
        "invocations": [_invocation(outcome, left)],
        "results": _results(outcome, shown, {code: index for index, code in enumerate(rules)}, left, limit),
        "properties": {
            "verdict": outcome.verdict.value,
            "score": outcome.score,
            "profile": outcome.profile,
            "findings": len(outcome.findings.grouped),
            "leftOut": left,
        },
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return to_json_document(log)


def _left_out(outcome: Outcome, shown: Sequence[Finding]) -> dict[str, int]:
    """Return how many findings of each rule have no room, by code."""
    if len(shown) == len(outcome.findings.grouped):
        return {}
    kept = Counter(finding.rule for finding in shown)
    counts = outcome.findings.grouped.table["rule"].value_counts(sort=False).sort("rule")
    return {code: count - kept[code] for code, count in counts.iter_rows() if count > kept[code]}


def _rule(code: str, result: RuleInfo | RuleResult | None, security: str | None) -> dict[str, Any]:
    name = (result.name if result is not None else "") or code
    summary = (result.summary if result is not None else "") or name
    remedy = result.remedy if result is not None else ""
    severity = result.severity if result is not None else Severity.WARNING
    page = f"datalint rule {code}"
    confidence = result.confidence if result is not None else None
    tags = ["data-quality", *([result.factor.value] if result is not None and result.factor is not None else [])]
    return {
        "id": code,
        "name": name[:255],
        "shortDescription": {"text": _text(summary)[:_DESCRIPTION]},
        "fullDescription": {"text": _text(_sentence(summary, remedy))[:_DESCRIPTION]},
        "help": {
            "text": _text(f"{_sentence(summary, remedy)} More: {page}"),
            "markdown": _text(
                "\n\n".join([f"**{summary}**", *([f"What to do: {remedy}"] if remedy else []), f"More: `{page}`"])
            ),
        },
        "defaultConfiguration": {"level": _LEVEL[severity]},
        "properties": {
            "tags": [*tags, "security"] if security else tags,
            "problem.severity": _PROBLEM[severity],
            **({"precision": _PRECISION[confidence]} if confidence is not None else {}),
            **({"security-severity": security} if security else {}),
        },
    }


def _sentence(*parts: str) -> str:
    return " ".join(f"{part.rstrip('.')}." for part in parts if part)


def _invocation(outcome: Outcome, left: dict[str, int]) -> dict[str, Any]:
    notifications = [{"level": "note", "message": {"text": _text(note)}} for note in outcome.notes if note]
    if left:
        total = len(outcome.findings.grouped)
        words = f"{sum(left.values()):,} of {total:,} findings are left out; the most severe are here"
        notifications.insert(0, {"level": "warning", "message": {"text": words}})
    return {"executionSuccessful": not outcome.internal_errors, "toolExecutionNotifications": notifications}


def _results(
    outcome: Outcome, shown: Sequence[Finding], indices: dict[str, int], left: dict[str, int], limit: int
) -> list[dict[str, Any]]:
    uri = _uris()
    base = home(outcome)
    last = {finding.rule: place for place, finding in enumerate(shown)}
    results = []
    for place, finding in enumerate(shown):
        words: str = statement(finding, outcome)
        if finding.rule in left and last[finding.rule] == place:
            # Viewers show no notification, so the rule's last result says it.
            words += f" (and {left[finding.rule]:,} more of {finding.rule} that this file has no room for)"
        results.append(_result(finding, words, indices[finding.rule], base, uri))
    left_over = islice(on_purpose(outcome), max(0, limit - len(shown)))
    accepted = [
        _result(each.finding, statement(each.finding, outcome), indices[each.finding.rule], base, uri)
        | {"suppressions": [_suppression(each)]}
        for each in left_over
        if each.finding.rule in indices
    ]
    if accepted:
        # A result without the property is one of which it is unknown whether it is suppressed (section 3.27.23).
        results = [each | {"suppressions": []} for each in results]
    return [*results, *accepted]


def _suppression(accepted: Accepted) -> dict[str, Any]:
    words = f"{accepted.kind.value}: {accepted.reason}" if accepted.kind is Kind.FALSE_ALARM else accepted.reason
    return {
        "kind": "inSource" if accepted.by is By.ROW else "external",
        "status": "accepted",
        "justification": words,
        **({"properties": {"until": accepted.until}} if accepted.until else {}),
    }


def _result(finding: Finding, words: str, index: int, base: FileName | None, uri: Uri) -> dict[str, Any]:
    place = finding.file or base
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVEL[finding.severity],
        "message": {"text": _text(words)},
        "occurrenceCount": finding.places,
    }
    if place is not None:
        # A result without a place is refused, so one about the dataset stands at the first file.
        result["locations"] = [_location(uri(place), finding.line)]
    if finding.related:
        result["relatedLocations"] = list(_related(finding.related[:RELATED], uri))
    if finding.fingerprint:
        result["partialFingerprints"] = {"datalintRow/v1": finding.fingerprint}
    known = {
        "row": finding.row,
        "rows": _pairs(finding.rows) if finding.places > 1 else None,
        "lines": _pairs(finding.lines) if finding.places > 1 else None,
        "path": finding.path or None,
        "relatedLeftOut": max(0, len(finding.related) - RELATED) or None,
    }
    properties = {name: value for name, value in known.items() if value is not None}
    return result | ({"properties": properties} if properties else {})


def _pairs(ranges: Iterable[Range]) -> list[list[int]] | None:
    """Return the first ranges of a finding of many places."""
    return [list(pair) for pair in islice(ranges, RANGES)] or None


def _location(uri: str, line: int | None) -> dict[str, Any]:
    """Return a place; the first line where there is none, as GitHub requires one."""
    return {"physicalLocation": {"artifactLocation": {"uri": uri}, "region": {"startLine": line or 1}}}


def _related(others: Iterable[Related], uri: Uri) -> Iterable[dict[str, Any]]:
    for number, other in enumerate(others):
        words = "related row" if other.row is None else f"row {other.row}"
        if other.similarity is not None:
            words += f", similarity {similar(other.similarity)}"
        yield {"id": number, **_location(uri(other.file), other.line), "message": {"text": words}}


def _text(text: str) -> str:
    """Return a plain text or Markdown message in SARIF's notation.

    ``[words](target)`` would be a link (2.1.0, section 3.11.6), and braces are doubled, as single ones are placeholders
    (section 3.11.5).
    """
    return text.replace("](", "] (").replace("{", "{{").replace("}", "}}")


def _uris() -> Uri:
    locate = locator()
    known: dict[str, str] = {}

    def uri(name: FileName) -> str:
        if name not in known:
            path = locate(name)
            # Relative in the repository; absolute only for a file given so that lies outside.
            absolute = is_file(name) and PurePath(path).is_absolute()
            kept = "/:" if absolute or "://" in name else "/"
            quoted = quote(path.lstrip("/") if absolute else path, safe=kept, errors="surrogatepass")
            known[name] = f"file:///{quoted}" if absolute else quoted
        return known[name]

    return uri
