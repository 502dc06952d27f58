"""GitLab's code quality report: one array of findings, each with a fingerprint of its own."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

from datalint.core.finding import Severity
from datalint.core.results import Outcome
from datalint.report.inert import inert_json
from datalint.report.places import home, locator, statement

#: GitLab has five grades; the two most severe are for what breaks at run time.
_SEVERITY: Final = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def to_gitlab(outcome: Outcome) -> bytes:
    """Return the report as JSON with the fields that GitLab documents.

    GitLab shows one of several entries that share a fingerprint, so copies of a row are told apart by a number.
    A finding about the dataset stands at the first file, as every entry needs a place.
    """
    import orjson

    locate = locator()
    seen: Counter[str] = Counter()
    entries: list[dict[str, Any]] = []
    for finding in outcome.findings.grouped:
        key = finding.fingerprint or f"{finding.rule}-{finding.message}"
        seen[key] += 1
        entries.append(
            {
                "description": f"{finding.rule} {statement(finding, outcome)}",
                "check_name": f"{finding.rule} {finding.name}",
                "fingerprint": key if seen[key] == 1 else f"{key}-{seen[key]}",
                "severity": _SEVERITY[finding.severity],
                "location": {
                    "path": "dataset" if (file := finding.file or home(outcome)) is None else locate(file),
                    "lines": {"begin": finding.line or 1},
                },
            }
        )
    return inert_json(orjson.dumps(entries, option=orjson.OPT_APPEND_NEWLINE))
