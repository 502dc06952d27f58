"""How much of the dataset repeats itself, or contradicts itself."""

from __future__ import annotations

import numpy as np

from datalint.engine.reduce.measures.registry import Facts, measure


@measure("redundant-share", needs={"near"})
def redundant_share(facts: Facts) -> float | None:
    """Return the share of rows that repeat an earlier one."""
    if not facts.size:
        return None
    anchor = facts.data.analyses.anchor
    return float((_counted(facts) & (anchor != np.arange(len(anchor)))).mean())


@measure("largest-cluster-share", needs={"near"})
def largest_cluster_share(facts: Facts) -> float | None:
    """Return the share of rows in the largest cluster of rows that repeat one another."""
    if not facts.size:
        return None
    largest = int(np.bincount(facts.data.analyses.anchor[_counted(facts)]).max(initial=0))
    return largest / facts.size if largest > 1 else 0.0


@measure("template-family-share", needs={"families"})
def template_family_share(facts: Facts) -> float | None:
    """Return the share of rows in the largest template family."""
    if not facts.size:
        return None
    sizes = (len(group.rows) for group in facts.data.families if group.rows[0] not in facts.accepted)
    return max(sizes, default=0) / facts.size


@measure("conflicting-prompt-share", needs={"conflicts"}, remedy="the rows have no prompts")
def conflicting_prompt_share(facts: Facts) -> float | None:
    """Return the share of rows whose prompt has contradicting responses."""
    if not (facts.data.examples["prompt_chars"] > 0).any():
        return None
    left = (group for group in facts.data.conflicts if group.rows[-1] not in facts.accepted)
    return sum(len(group.rows) for group in left) / facts.size


def _counted(facts: Facts) -> np.ndarray:
    counted = np.ones(facts.size, dtype=bool)
    counted[list(facts.accepted)] = False
    return counted
