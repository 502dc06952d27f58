"""What targets do with the dataset, a line for each: ``trl: 1,340 of 1,345 rows train; 5 dropped: …``."""

from __future__ import annotations

from typing import Any, Final

from datalint.core.finding import Severity
from datalint.core.results import Outcome
from datalint.core.targets import TargetResult
from datalint.privacy.display import Shown, printable

_DONE: Final = {"rejects": "rejected", "drops": "dropped", "truncates": "truncated", "alters": "read otherwise"}
#: Reasons in a line.
_MOST: Final = 3


def target_lines(outcome: Outcome) -> list[Shown]:
    """Return a line for each target of a run."""
    return [printable(f"{each.name}: {target_sentence(each)}") for each in outcome.targets]


def target_sentence(result: TargetResult) -> str:
    """Return what a target does with the dataset in a sentence without its name."""
    parts = [f"{result.trained:,} of {result.rows:,} rows train"]
    if result.refused:
        parts.append(f"it refuses the data as it is, and accepts {result.accepted:,} of the rows")
    parts += [f"{reason.rows:,} {_DONE[reason.outcome]}: {reason.says}" for reason in result.reasons[:_MOST]]
    if len(result.reasons) > _MOST:
        parts.append(f"{len(result.reasons) - _MOST} more reasons")
    parts += [limit.says for limit in result.broken if limit.severity is not Severity.INFO]
    if result.note:
        parts.append(result.note)
    return "; ".join(parts)


def to_dicts(outcome: Outcome) -> list[dict[str, Any]]:
    """Return the targets as the JSON report has them."""
    return [
        {
            "name": each.name,
            "title": each.title,
            "rows": each.rows,
            "trained": each.trained,
            "accepted": each.accepted,
            "refused": each.refused,
            "reasons": [reason._asdict() for reason in each.reasons],
            "limits": [{"message": limit.says, "severity": limit.severity.value} for limit in each.broken],
            "note": each.note,
        }
        for each in outcome.targets
    ]
