"""The measures of gates that are made of dataset rules' findings, without the findings that a baseline covers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

import numpy as np

from datalint.records.dataset import Dataset, Group, most_serious

if TYPE_CHECKING:
    import polars as pl

    from datalint.engine.plan import Plan
    from datalint.engine.reduce.measures import Measures

#: The rules that say at each redundant row what it repeats.
_REPEATS: Final = ("DIV001", "DIV002", "DIV003")
#: For each gate of leaks the rule that reports them at the training row, and the kinds it speaks of.
_LEAKS: Final = {
    "leaked-exact": ("RDY003", ("exact", "normalized")),
    "leaked-near": ("RDY004", ("near",)),
    "leaked-prompt": ("RDY005", ("prompt",)),
}


def discounted(dataset: Dataset, covered: pl.DataFrame, plan: Plan) -> Measures:
    """Return the measures that change when the ``covered`` hits of dataset rules don't count.

    Sizes stay: a share is of all examples, and a repeat is no effective example whoever accepts it.
    """
    codes = [active.rule.code for active in plan.rules]
    rows: dict[str, set[int]] = {}
    for rule, at in covered.select("rule", "at").drop_nulls().iter_rows():
        rows.setdefault(codes[rule] if rule >= 0 else "", set()).add(at)
    out: Measures = {}
    if repeats := set().union(*(rows.get(code, ()) for code in _REPEATS)):
        out |= _redundancy(dataset, repeats)
    if accepted := rows.get("DIV005"):
        left = [group for group in dataset.conflicts if group.rows[-1] not in accepted]
        out["conflicting-prompt-share"] = sum(len(group.rows) for group in left) / dataset.size
    if accepted := rows.get("DIV007"):
        sizes = [len(group.rows) for group in dataset.families if group.rows[0] not in accepted]
        out["template-family-share"] = max(sizes, default=0) / dataset.size
    if rows.get("FMT103"):
        out["shapes"] = 1
    if any(rows.get(code) for code, _ in _LEAKS.values()):
        accepted_rows = {kind: rows.get(code, set()) for code, kinds in _LEAKS.values() for kind in kinds}
        counted = most_serious(leak for leak in dataset.leaks if leak.training not in accepted_rows[leak.kind])
        for measure, (_, kinds) in _LEAKS.items():
            out[measure] = sum(leak.kind in kinds for leak in counted)
    return out


def _redundancy(dataset: Dataset, accepted: set[int]) -> Measures:
    anchor = _anchors(dataset.size, (*dataset.exact, *dataset.normalized, *dataset.near))
    rows = np.arange(dataset.size)
    counted = np.ones(dataset.size, dtype=bool)
    counted[list(accepted)] = False
    largest = int(np.bincount(anchor[counted]).max(initial=0))
    return {
        "redundant-share": float((counted & (anchor != rows)).mean()),
        "largest-cluster-share": largest / dataset.size if largest > 1 else 0.0,
    }


def _anchors(size: int, groups: Iterable[Group]) -> np.ndarray:
    """Return for each row the first of its cluster: a copy's text may itself be near another."""
    anchor = np.arange(size)
    for group in groups:
        anchor[group.rows[1:]] = group.rows[0]
    return anchor[anchor[anchor]]
