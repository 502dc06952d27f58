"""Which factors are judged with the limits of an evaluation set, although the data may be for training."""

from __future__ import annotations

from datalint.core.finding import Factor
from datalint.records.analyses import Analyses


def eased_factors(analyses: Analyses) -> frozenset[Factor]:
    """Return the factors whose limits are those of an evaluation set.

    Data that may be one needs fewer examples, and may be as uneven as what it stands for.
    """
    return frozenset((Factor.VOLUME, Factor.BALANCE)) if analyses.maybe_evaluation else frozenset()
