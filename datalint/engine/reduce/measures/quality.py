"""How many examples have a finding of quality, and how many a person reviewed."""

from __future__ import annotations

from datalint.core.finding import Factor, Severity
from datalint.engine.reduce.measures.registry import Facts, measure


@measure("quality-error-share")
def quality_error_share(facts: Facts) -> float | None:
    """Return the share of examples with a quality error."""
    return facts.flagged(Factor.QUALITY, Severity.ERROR) / facts.size if facts.size else None


@measure("quality-issue-share")
def quality_issue_share(facts: Facts) -> float | None:
    """Return the share of examples with a quality error or warning."""
    return facts.flagged(Factor.QUALITY, Severity.ERROR, Severity.WARNING) / facts.size if facts.size else None


@measure("reviewed-share", needs={"review"})
def reviewed_share(facts: Facts) -> float | None:
    """Return the share of examples that a person reviewed."""
    review = facts.data.review
    return None if review is None else review.reviewed / review.total


@reviewed_share.detail
def reviewed_rows(facts: Facts) -> str | None:
    """Name the field and count its marks."""
    review = facts.data.review
    return None if review is None else f"{review.key}: {review.reviewed:,} of {review.total:,}"
