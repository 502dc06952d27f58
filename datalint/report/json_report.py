"""The JSON report, schema ``datalint-report/2``: every cause of findings, every gate, and the source of each limit."""

from __future__ import annotations

from typing import Any

from datalint.core.accepted import Accepted
from datalint.core.results import SCHEMA, FactorResult, GateResult, Outcome
from datalint.report.accepted import on_purpose
from datalint.report.inert import to_json_document
from datalint.report.records import finding_edits
from datalint.report.targets import to_dicts


def to_dict(outcome: Outcome) -> dict[str, Any]:
    """Return the report as plain data that the published schema describes."""
    return {
        "schema": SCHEMA,
        "verdict": outcome.verdict.value,
        "score": outcome.score,
        "kind": outcome.kind,
        "profile": outcome.profile,
        "examples": outcome.examples,
        "tokens": outcome.tokens,
        "files": [
            {
                "path": file.path,
                "split": file.split,
                "container": file.container,
                "shape": file.shape,
                "rows_read": file.rows_read,
                "rows_refused": file.rows_refused,
                "blank_lines": file.blank_lines,
                "bytes": file.bytes,
                "sha256": file.sha256,
            }
            for file in outcome.files
        ],
        "factors": {name: _factor(factor) for name, factor in outcome.factors.items()},
        "rules": {
            code: {
                "name": result.name,
                "severity": result.severity.value,
                "confidence": None if result.confidence is None else result.confidence.value,
                "count": result.count,
                "examples": result.examples,
                "share": result.share,
                "tokens": result.tokens,
            }
            for code, result in outcome.rules.items()
        },
        "measures": outcome.measures,
        "not_assessed": {rule.code: {"name": rule.name, "reason": rule.reason} for rule in outcome.not_assessed},
        "targets": to_dicts(outcome),
        "notes": list(outcome.notes),
        "accepted": [_accepted(each) for each in on_purpose(outcome)],
        "findings": list(finding_edits(outcome)),
    }


def _factor(factor: FactorResult) -> dict[str, Any]:
    return {
        "score": factor.score,
        "verdict": factor.verdict.value,
        "remedy": factor.remedy,
        "gates": [_gate(gate) for gate in factor.gates],
    }


def _gate(gate: GateResult) -> dict[str, Any]:
    return {
        "measure": gate.measure,
        "title": gate.title,
        "value": gate.value,
        "warn": gate.warn,
        "fail": gate.fail,
        "verdict": gate.verdict.value,
        "score": gate.score,
        "source": gate.source,
        "formula": gate.formula,
        "reason": gate.reason,
        "detail": gate.detail,
    }


def _accepted(accepted: Accepted) -> dict[str, Any]:
    finding = accepted.finding
    return {
        "rule": finding.rule,
        "file": finding.file,
        "line": finding.line,
        "row": finding.row,
        "path": finding.path,
        "message": finding.message,
        "fingerprint": finding.fingerprint,
        "by": accepted.by.value,
        "kind": accepted.kind.value,
        "reason": accepted.reason,
        "until": accepted.until,
    }


def to_json(outcome: Outcome) -> bytes:
    """Return the report as UTF-8 JSON with a final newline; the bytes depend only on the input."""
    return to_json_document(to_dict(outcome))
