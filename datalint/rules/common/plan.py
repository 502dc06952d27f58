"""What rules about the plan of a training run share: how they check it against the data."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from datalint.advise import checks
from datalint.api import Dataset, Hit
from datalint.records.observed import facts_of

__all__ = ["against", "checks"]

if TYPE_CHECKING:
    from datalint.advise.facts import DataFacts, Training


def against(data: Dataset, check: Callable[[Training, DataFacts], Iterator[str]]) -> Iterator[Hit]:
    """Yield a hit for each message of a check of the plan."""
    training = data.training
    if training is None:
        return
    for message in check(training, facts_of(data)):
        yield Hit(message, key=check.__name__)
