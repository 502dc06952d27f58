"""Measures of repetition and contradiction in the dataset."""

from __future__ import annotations

from typing import Final

import numpy as np

from datalint.engine.reduce.measures.registry import Facts, measure
from datalint.records.analyses import Family
from datalint.records.effective import repeated_rows
from datalint.records.prompts import prompts_of

#: Rows of a cluster from which on its share is judged.
_LEAST_CLUSTER: Final = 5
#: Similarity from which on two rows have the same texts.
_SAME: Final = 0.9995


@measure("redundant-share", needs={"near"})
def redundant_share(facts: Facts) -> float | None:
    """Return the share of rows that repeat an earlier one, and that a warning names."""
    return _share(facts, [float(_repeats(facts, "redundant-share").sum())])


@redundant_share.detail
def named_repeats(facts: Facts) -> str | None:
    """Return how many of the repeats are counted, if volume counts more of them."""
    named, repeats = int(_repeats(facts, "redundant-share").sum()), int(repeated_rows(facts.data).sum())
    return f"{named:,} of {repeats:,} repeats: no warning names the others" if 0 < named < repeats else None


@measure("similar-share", needs={"near"})
def similar_share(facts: Facts) -> float | None:
    """Return the share of rows that are near-duplicates of an earlier one, whether or not a finding names them."""
    found = {
        member
        for group in facts.data.near
        for member, similarity in zip(group.rows[1:], group.similarities[1:], strict=True)
        if similarity < _SAME
    }
    return _share(facts, [float(facts.read[list(found - facts.accepted)].sum())])


@measure("largest-cluster-share", needs={"near"})
def largest_cluster_share(facts: Facts) -> float | None:
    """Return the share of rows in the largest cluster of five rows or more that repeat one another.

    Of a small dataset, a pair is a large share; the redundant share counts it.
    """
    clusters = facts.data.analyses.anchor[_repeats(facts, "largest-cluster-share")]
    largest = 1 + int(np.bincount(clusters).max(initial=0))  # with the first row, which repeats none
    return _share(facts, [float(largest) if largest >= _LEAST_CLUSTER else 0.0])


@measure("template-family-share", needs={"families"})
def template_family_share(facts: Facts) -> float | None:
    """Return the share of rows in common template families: at most a hundred kinds of prompts."""
    return _share(facts, [float(len(family.rows)) for family in _common_families(facts)])


@measure("template-copy-share", needs={"families"})
def template_copy_share(facts: Facts) -> float | None:
    """Return the share of rows in common template families whose responses are filled templates as well."""
    return _share(facts, [family.repeated * len(family.rows) for family in _common_families(facts)])


@template_copy_share.detail
def families(facts: Facts) -> str | None:
    """Return how many templates there are."""
    found = sum(family.repeated > 0 for family in _common_families(facts))
    return f"{found:,} template{'s' * (found != 1)}" if found else None


@measure("prompt-concentration", remedy="the rows have no prompts")
def prompt_concentration(facts: Facts) -> float | None:
    """Return the share of distinct rows with the most common prompt."""
    return facts.data.once(prompts_of).largest_share(facts.accepted)


@measure("answer-concentration")
def answer_concentration(facts: Facts) -> float | None:
    """Return the share of rows with an answer that a rule reports as the one of too many rows, of the most common."""
    hits = facts.issues("answer-concentration")
    if not hits.height:
        return _share(facts, [])
    reported = hits["at"].drop_nulls()
    answers = facts.data.examples["response_hash"]
    return _share(facts, [float(max((int((answers == said).sum()) for said in answers.gather(reported)), default=0))])


@measure("conflicting-prompt-share", needs={"conflicts"}, remedy="the rows have no prompts")
def conflicting_prompt_share(facts: Facts) -> float | None:
    """Return the share of rows whose prompt has contradicting responses."""
    if not (facts.data.examples["prompt_chars"] > 0).any():
        return None
    left = (group for group in facts.data.conflicts if group.rows[-1] not in facts.accepted)
    return sum(len(group.rows) for group in left) / int(facts.read.sum())


@measure("diversity-problems")
def diversity_problems(facts: Facts) -> int:
    """Count the warnings about what makes all rows alike, each of which is one finding."""
    return facts.issues("diversity-problems").height


def _common_families(facts: Facts) -> list[Family]:
    found = (family for family in facts.data.families if family.is_common(facts.size))
    return [family for family in found if family.rows[0] not in facts.accepted]


def _share(facts: Facts, sizes: list[float]) -> float | None:
    return sum(sizes) / int(facts.read.sum()) if facts.read.any() else None


def _repeats(facts: Facts, measure: str) -> np.ndarray:
    """Return which rows repeat an earlier one and are named by a warning; repeats in notes are, or may be, intended.

    A finding about many rows has the others as related ones.
    """
    named = np.zeros(facts.size, dtype=bool)
    hits = facts.issues(measure)
    for rows in (hits["at"], hits["related"].explode().struct.field("at")) if hits.height else ():
        named[rows.drop_nulls().to_numpy()] = True
    repeats: np.ndarray = named & facts.read & (facts.data.analyses.anchor != np.arange(facts.size))
    return repeats
