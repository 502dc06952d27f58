"""Measures of repetition and contradiction in the dataset."""

from __future__ import annotations

from heapq import nlargest
from typing import Final

import numpy as np

from datalint.engine.reduce.measures.registry import Facts, measure
from datalint.records.prompts import common_prompts

_LARGEST_FAMILIES: Final = 5


@measure("redundant-share", needs={"near"})
def redundant_share(facts: Facts) -> float | None:
    """Return the share of rows that repeat an earlier one."""
    read, anchor = facts.read, facts.data.analyses.anchor
    repeats = _counted(facts) & (anchor != np.arange(len(anchor)))
    return float(repeats[read].mean()) if read.any() else None


@measure("largest-cluster-share", needs={"near"})
def largest_cluster_share(facts: Facts) -> float | None:
    """Return the share of rows in the largest cluster of rows that repeat one another."""
    read = facts.read
    if not read.any():
        return None
    largest = int(np.bincount(facts.data.analyses.anchor[_counted(facts) & read]).max(initial=0))
    return largest / int(read.sum()) if largest > 1 else 0.0


@measure("template-family-share", needs={"families"})
def template_family_share(facts: Facts) -> float | None:
    """Return the share of rows in the five largest template families: four templates teach hardly more than one."""
    if not facts.read.any():
        return None
    sizes = (len(group.rows) for group in facts.data.families if group.rows[0] not in facts.accepted)
    return sum(nlargest(_LARGEST_FAMILIES, sizes)) / int(facts.read.sum())


@measure("prompt-concentration", remedy="the rows have no prompts")
def prompt_concentration(facts: Facts) -> float | None:
    """Return the share of distinct rows with the most common prompt."""
    return common_prompts(facts.data.examples).largest_share(facts.accepted)


@measure("conflicting-prompt-share", needs={"conflicts"}, remedy="the rows have no prompts")
def conflicting_prompt_share(facts: Facts) -> float | None:
    """Return the share of rows whose prompt has contradicting responses."""
    if not (facts.data.examples["prompt_chars"] > 0).any():
        return None
    left = (group for group in facts.data.conflicts if group.rows[-1] not in facts.accepted)
    return sum(len(group.rows) for group in left) / int(facts.read.sum())


def _counted(facts: Facts) -> np.ndarray:
    counted = np.ones(facts.size, dtype=bool)
    counted[list(facts.accepted)] = False
    return counted
