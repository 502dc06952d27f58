"""The accepted findings that reports list: those that somebody accepted on purpose, not all that was there before."""

from __future__ import annotations

from collections.abc import Iterator

from datalint.core.accepted import Accepted, Kind
from datalint.core.results import Outcome


def on_purpose(outcome: Outcome) -> Iterator[Accepted]:
    """Yield the findings that are accepted with a reason of their own; notes count those of a legacy baseline."""
    return (each for each in outcome.accepted if each.kind is not Kind.LEGACY)
