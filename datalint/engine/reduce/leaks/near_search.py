"""The search for pairs of a training row and an evaluation row that are nearly the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from datalint.engine.execute.row_reader import RowTexts
from datalint.neardup import ChosenSketches, Sketches, find_exact, find_pairs, join
from datalint.neardup.search.own_texts import own_texts
from datalint.neardup.search.prefilter import rows_near
from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from datalint.engine.execute.row_reader import Readers
    from datalint.engine.plan import NearSettings
    from datalint.engine.reduce.merge import Merged
    from datalint.neardup import Fetch, NearRows, Pairs, Query


class Searched(NamedTuple):
    """Pairs of near rows, whose numbers are places among the searched rows of both splits, training rows first."""

    pairs: Pairs
    #: The training rows that were searched, and the evaluation rows.
    old: NDArray[np.int64]
    new: NDArray[np.int64]

    def best(self) -> Iterator[pl.DataFrame]:
        """Yield for the evaluation rows, and then for the training rows, the most similar row of the other split.

        Of identical rows only the first of each split is in a pair; the others share its partners.
        """
        pairs = self.pairs
        table = pl.DataFrame({"one": pairs.first, "other": pairs.second, "similarity": pairs.similarity})
        ones = pl.DataFrame({"training": self.old, "one": pairs.classes[: len(self.old)]})
        others = pl.DataFrame({"evaluation": self.new, "other": pairs.classes[len(self.old) :]})
        for rows, key, partners, partner in ((others, "other", ones, "one"), (ones, "one", others, "other")):
            # The first row of the partner's class represents it.
            first = partners.unique(partner, keep="first", maintain_order=True)
            best = table.sort(key, "similarity", partner, descending=[False, True, False]).unique(
                key, keep="first", maintain_order=True
            )
            yield rows.join(best, on=key, maintain_order="left").join(first, on=partner, maintain_order="left")


def search_near(
    training: Merged, evaluation: Merged, both: Readers, near: NearSettings, query: Query, *, exactly: bool
) -> Searched:
    """Return the pairs of near rows of two splits, which have sketches.

    ``both`` reads the rows of both, training rows first, and ``query`` has their identical ones. ``exactly`` is true if
    the search within the training set was exact: if its rows were too many for that, more rows are too.
    """
    before, after = training.sketches, evaluation.sketches
    assert before is not None
    assert after is not None
    size = training.examples.height
    old, new = np.arange(size), np.arange(evaluation.examples.height)
    fetch: Fetch = RowTexts(both, near.view)
    if before.has_texts and after.has_texts:
        fetch = join([before, after]).reader(fetch)
    if query.common is not None and query.common.preambles:
        everything, fetch = own_texts(join([before, after]), fetch, query.common, query.kernels)
        before, after = everything.take(old), everything.take(new + size)
    if exactly:
        pairs = find_exact(np.concatenate([before.sizes, after.sizes]), fetch, replace(query, groups=_sides(old, new)))
        if pairs is not None:
            return Searched(pairs, old, new)
    return _by_sketches(before, after, both, near, query, fetch)


def _by_sketches(
    before: NearRows, after: NearRows, both: Readers, near: NearSettings, query: Query, fetch: Fetch
) -> Searched:
    """Search the training rows whose sketches are near those of an evaluation row: most are near none."""
    ours, theirs = (each if isinstance(each, ChosenSketches) else each.sketches for each in (before, after))
    old = rows_near(ours, theirs, near.threshold, query.limits, query.kernels)
    new = np.arange(len(after))
    rows = np.concatenate([old, new + len(before)])
    assert query.identical is not None
    few = replace(query, identical=query.identical[rows], groups=_sides(old, new), spare=True)
    sketches = Sketches.concat([ours.take(old), after.sketches])
    read_again = isinstance(fetch, RowTexts)
    some: Fetch = RowTexts(both, near.view, rows) if read_again else (lambda wanted: fetch(rows[wanted]))
    return Searched(find_pairs(sketches, some, few.among(rows)), old, new)


def _sides(old: NDArray[np.int64], new: NDArray[np.int64]) -> NDArray[np.uint8]:
    return np.repeat(np.array([0, 1], dtype=np.uint8), [len(old), len(new)])
