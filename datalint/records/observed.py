"""The facts that a dataset shows for advice and for the checks of a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from datalint.advise.observe import observe
from datalint.records.effective import effective_examples

if TYPE_CHECKING:
    from datalint.advise.facts import DataFacts
    from datalint.records.dataset import Dataset


def facts_of(data: Dataset) -> DataFacts:
    """Return what the rows of a dataset show, with the kind of task that its plan names; computed once."""
    return data.once(_facts_of)


def _facts_of(data: Dataset) -> DataFacts:
    training = data.analyses.training
    effective = effective_examples(data) if data.size else 0
    return observe(data, effective, None if training is None else training.plan.task, to_join=data.to_join)
