"""The linter for fine-tuning data.

    import datalint

    report = datalint.lint("train.jsonl")
    print(report.verdict, report.score)

Importing this package imports nothing heavy; what is asked for is loaded then.
"""

from __future__ import annotations

# As typing has it, whose import takes as long as that of all else that the command needs before its first line.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from datalint.core.errors import DatalintError
    from datalint.core.finding import Factor, Finding, Related, Severity
    from datalint.core.results import Verdict
    from datalint.operations.check import lint
    from datalint.operations.fix import fix
    from datalint.report.model import Report

__version__ = "0.1.0"

_HOMES = {
    "DatalintError": "datalint.core.errors",
    "Factor": "datalint.core.finding",
    "Finding": "datalint.core.finding",
    "Related": "datalint.core.finding",
    "Report": "datalint.report.model",
    "Severity": "datalint.core.finding",
    "Verdict": "datalint.core.results",
    "fix": "datalint.operations.fix",
    "lint": "datalint.operations.check",
}

__all__ = [
    "DatalintError",
    "Factor",
    "Finding",
    "Related",
    "Report",
    "Severity",
    "Verdict",
    "__version__",
    "fix",
    "lint",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'datalint' has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
