"""Measures of format errors and of the number of shapes."""

from __future__ import annotations

from typing import Final

from datalint.core.finding import Factor, Severity
from datalint.engine.reduce.measures.registry import Facts, measure
from datalint.records.shape_counts import shape_counts, unlabelled_rows
from datalint.records.shape_keys import shape_key
from datalint.support.remarks import is_remark

#: The measure of errors that are learned, which are not counted with those at which training stops.
_LEARNED: Final = "learned-error-share"


@measure("format-error-examples")
def format_error_examples(facts: Facts) -> int:
    """Count the examples with a format error at which training stops, and the lines that yielded no record."""
    examples = int(facts.flagged(Factor.FORMAT, Severity.ERROR, without=_LEARNED).sum())
    return examples + facts.lines_without_record(Factor.FORMAT)


@measure("format-suspect-examples")
def format_suspect_examples(facts: Facts) -> int:
    """Count the examples and lines whose only format errors are of medium confidence."""
    examples = int(facts.flagged(Factor.FORMAT, Severity.ERROR, doubtful=True, without=_LEARNED).sum())
    lines = facts.lines_without_record(Factor.FORMAT, doubtful=True)
    return examples + lines - int(format_error_examples.compute(facts) or 0)


@measure("format-issue-share")
def format_issue_share(facts: Facts) -> float | None:
    """Return the share of examples with a format warning, of any confidence."""
    flagged = facts.flagged(Factor.FORMAT, Severity.WARNING, doubtful=True)
    return float(flagged[facts.read].mean()) if facts.read.any() else None


@measure("shapes", remedy="no row has a known shape")
def shapes(facts: Facts) -> int | None:
    """Count the known shapes of rows as the rule about them does; 1 where a baseline covers its finding.

    Shapes that a key of an evaluation set separates count as one.
    """
    counts = shape_counts(facts.data)
    found = len(counts)
    if found > 1 and (facts.accepted or shape_key(facts.data) is not None or unlabelled_rows(counts)):
        return 1
    return found or None


@shapes.detail
def most_frequent_shapes(facts: Facts) -> str:
    """List the most frequent shapes."""
    counts = facts.data.examples["shape"].value_counts().sort(["count", "shape"], descending=[True, False])
    return ", ".join(f"{shape} {count:,}" for shape, count in counts.head(4).iter_rows())


@measure(_LEARNED)
def learned_error_share(facts: Facts) -> float | None:
    """Return the share of examples with a format error at which no training stops, so that it is learned."""
    hits = facts.issues(_LEARNED)
    rows = hits["at"].filter(hits["severity"] == Severity.ERROR.value).n_unique()
    return rows / int(facts.read.sum()) if facts.read.any() else None


@measure("incomplete-share")
def incomplete_share(facts: Facts) -> float | None:
    """Return the share of examples that lack the one text or label that others have, or have a null there.

    Texts without a label have one finding together, at the first of them. Remarks are no examples.
    """
    if not facts.read.any():
        return None
    hits = facts.issues("incomplete-share")
    if not hits.height:
        return 0.0
    rows = hits["at"].filter(hits["severity"] == Severity.WARNING.value).unique()
    unread = [row for row in rows if not facts.read[row]]
    remarks = sum(map(is_remark, facts.data.records(unread)))
    counts = shape_counts(facts.data)
    more = unlabelled_rows(counts) - 1 if len(counts) > 1 and counts[1].first in rows else 0
    return (len(rows) - remarks + max(more, 0)) / facts.size


@measure("unread-keys")
def unread_keys(facts: Facts) -> int:
    """Count the keys whose texts are neither prompt nor response, although they are much of the data."""
    return facts.issues("unread-keys").height


@measure("format-problems")
def format_problems(facts: Facts) -> int:
    """Count the warnings about the format of most rows, each of which is one finding."""
    return facts.issues("format-problems").height


@measure("untrained-share", needs={"target"})
def untrained_share(facts: Facts) -> float | None:
    """Return the share of rows that the target which trains on the fewest does not train on."""
    targets = facts.data.analyses.targets
    return max((1 - each.trained / each.rows for each in targets if each.rows), default=None)


@untrained_share.detail
def worst_target(facts: Facts) -> str | None:
    """Name that target."""
    worst = min(facts.data.analyses.targets, key=lambda each: each.trained / max(each.rows, 1), default=None)
    return None if worst is None else f"{worst.name}: {worst.trained:,} of {worst.rows:,} rows train"
