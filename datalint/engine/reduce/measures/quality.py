"""Measures of quality findings and of human review."""

from __future__ import annotations

import numpy as np

from datalint.core.finding import Factor, Severity
from datalint.engine.reduce.measures.registry import Facts, measure


@measure("quality-error-share")
def quality_error_share(facts: Facts) -> float | None:
    """Return the share of examples with a quality error of high confidence, or of a rule without one."""
    return _share(facts, facts.flagged(Factor.QUALITY, Severity.ERROR))


@measure("quality-issue-share")
def quality_issue_share(facts: Facts) -> float | None:
    """Return the share of examples with a quality error or warning of high confidence."""
    return _share(facts, _issues(facts))


@measure("quality-suspect-share")
def quality_suspect_share(facts: Facts) -> float | None:
    """Return the share of examples with a quality error or warning of any confidence, 0 if medium ones add none."""
    sure, all_issues = _issues(facts), _issues(facts, doubtful=True)
    return _share(facts, all_issues if (all_issues & ~sure & facts.read).any() else np.zeros_like(sure))


def _issues(facts: Facts, *, doubtful: bool = False) -> np.ndarray:
    return facts.flagged(Factor.QUALITY, Severity.ERROR, Severity.WARNING, doubtful=doubtful)


def _share(facts: Facts, flagged: np.ndarray) -> float | None:
    """Return the share of the examples that could be read."""
    read = facts.read
    return float(flagged[read].mean()) if read.any() else None


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
