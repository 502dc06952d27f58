"""Rows that could not be read as examples, and so are not judged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from datalint.core.finding import Factor, Severity
from datalint.core.results import RuleResult
from datalint.core.rule import Rule
from datalint.records.dataset import Dataset
from datalint.shapes.detect import UNKNOWN


def unread_reason(dataset: Dataset, selected: Iterable[Rule], fired: Mapping[str, RuleResult]) -> str | None:
    """Return why no row could be read as an example; None if one could, or if there is no row.

    ``selected`` are the rules of the run, ``fired`` those with findings, the most severe and most frequent first.
    """
    refused = sum(facts.rows_refused for facts in dataset.files)
    if _without_text(dataset) < dataset.size or not dataset.size + refused:
        return None
    errors = (rule for rule in fired.values() if rule.factor is Factor.FORMAT and rule.severity is Severity.ERROR)
    found = next((f"{rule.code} {rule.name}" for rule in errors), None)
    unknown = _unknown(selected)
    # A row that lacks one key of a known shape is of no shape either, and another rule says so.
    reported = unknown is not None and unknown.partition(" ")[0] in fired
    cause = unknown if dataset.size and (reported or unknown is None or found is None) else found
    return "no row could be read as an example" + (f": see {cause}" if cause else "")


def unread_note(dataset: Dataset, selected: Iterable[Rule], fired: Mapping[str, RuleResult]) -> str | None:
    """Return a note on the rows that the verdict leaves out; None if it judges all or none."""
    unread = unread_rows(dataset)
    if not 0 < unread < dataset.size:
        return None
    rules = [*selected]
    cause = _unknown(rules)
    if cause is not None and cause.partition(" ")[0] not in fired:
        # A misspelled key, or one that is missing, is reported by a rule of its own.
        others = (rule for rule in rules if rule.code in fired and "unknown" in rule.requires)
        errors = (rule for rule in others if fired[rule.code].severity is Severity.ERROR)
        cause = next((f"{rule.code} {rule.name}" for rule in errors), cause)
    return f"not assessed: {unread:,} of {dataset.size:,} rows, of unknown shape" + (f"; see {cause}" if cause else "")


def unread_rows(dataset: Dataset) -> int:
    """Return the number of rows whose shape is unknown."""
    return int((dataset.examples["shape"] == UNKNOWN.name).sum()) if dataset.size else 0


def _without_text(dataset: Dataset) -> int:
    """Return the number of rows of unknown shape, and of those that are not valid and of which no turn was read."""
    if not dataset.size:
        return 0
    examples = dataset.examples
    return int(((examples["shape"] == UNKNOWN.name) | (~examples["valid"] & (examples["roles"] == ""))).sum())


def _unknown(selected: Iterable[Rule]) -> str | None:
    """Return the rule that reports rows of unknown shape; None if it does not run."""
    return next((f"{rule.code} {rule.name}" for rule in selected if rule.requires == {"unknown"}), None)
