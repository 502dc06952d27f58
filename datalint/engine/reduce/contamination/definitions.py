"""Published definitions of when a benchmark example counts as contaminated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from datalint.support.named_tuple import NamedTuple

Measured = Literal["any", "grams", "tokens"]


class Definition(NamedTuple):
    """A definition: what is compared, and the share of an example from which it is contaminated.

    Attributes:
        name: how it is selected.
        size: words of an n-gram, all of which must match.
        measured: the share of the example's ``grams`` or ``tokens`` that are in a match, or ``any`` for a single match.
        limit: the share; ``inclusive`` if the share itself is over the limit.
        union: whether matches with different training rows add up.
        prompts: whether only prompts are compared, and not answers.
        longer: words by which a match has to be longer than ``size``.
        mismatches: words after the first ``size`` in which a match may differ; not its last one.
    """

    name: str
    size: int
    measured: Measured
    limit: float
    inclusive: bool
    union: bool
    prompts: bool
    longer: int = 0
    mismatches: int = 0

    def reached(self, share: float) -> bool:
        """Return whether an example with this share is contaminated."""
        return share > self.limit or (self.inclusive and share == self.limit)


#: By name, the default first. Brown et al. 2020 (arXiv 2005.14165), appendix C; Chowdhery et al. 2022 (2204.02311),
#: section 8; Touvron et al. 2023 (2307.09288), appendix A.6, "dirty"; Lambert et al. 2024 (2411.15124), section 3.2.
DEFINITIONS: Final[Mapping[str, Definition]] = {
    each.name: each
    for each in (
        Definition("tulu-3", 8, "tokens", 0.5, inclusive=False, union=False, prompts=True),
        Definition("gpt-3", 13, "any", 0.0, inclusive=False, union=False, prompts=False),
        Definition("palm", 8, "grams", 0.7, inclusive=True, union=True, prompts=False),
        Definition("llama-2", 10, "tokens", 0.8, inclusive=True, union=True, prompts=False, longer=1, mismatches=4),
    )
}
