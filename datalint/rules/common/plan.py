"""What rules about the plan of a training run share: the plan, and the facts of the data."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from datalint.advise import checks
from datalint.advise.observe import observe
from datalint.api import Dataset, Hit

__all__ = ["against", "checks", "facts"]

if TYPE_CHECKING:
    from datalint.advise.facts import DataFacts, Training


def facts(data: Dataset) -> DataFacts:
    """Return what the rows show, with the kind of task that the plan names; computed once for a dataset."""
    return data.once(_facts)


def against(data: Dataset, check: Callable[[Training, DataFacts], Iterator[str]]) -> Iterator[Hit]:
    """Yield a hit for each message of a check of the plan."""
    training = data.training
    if training is None:
        return
    for message in check(training, facts(data)):
        yield Hit(message, key=check.__name__)


def _facts(data: Dataset) -> DataFacts:
    """Observe the dataset. Effective examples are valid ones that repeat no other, as the measure counts them."""
    import numpy as np

    anchor = data.analyses.anchor
    effective = int((data.examples["valid"].to_numpy() & (anchor == np.arange(len(anchor)))).sum()) if data.size else 0
    training = data.analyses.training
    return observe(data, effective, None if training is None else training.plan.task)
