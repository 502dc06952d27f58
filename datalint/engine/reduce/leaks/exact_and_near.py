"""Leaks: training rows that also occur in the evaluation set, exactly, nearly, or with another answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from datalint.engine.execute.row_reader import Reader, Readers
from datalint.engine.plan import NearSettings
from datalint.engine.reduce.comparing.random_numbers import KEY_COLUMNS, text_keys
from datalint.engine.reduce.comparing.values import VALUE_COLUMNS, Values
from datalint.engine.reduce.duplicates.repeats import near_query, search_facts
from datalint.engine.reduce.merge import Merged
from datalint.records.analyses import NearSearch
from datalint.records.empty_rows import empty_rows
from datalint.records.leaks import Leak
from datalint.shapes.detect import UNKNOWN

if TYPE_CHECKING:
    from numpy.typing import NDArray


def find_leaks(
    training: Merged,
    evaluation: Merged,
    readers: tuple[Reader, Reader],
    near: NearSettings,
    *,
    needs_near: bool,
    exactly: bool,
) -> tuple[list[Leak], NearSearch | None]:
    """Return the leaks between two splits, and facts about the search for near leaks.

    Kinds, the most serious first: ``exact`` (canonical row), ``normalized`` (same text), ``near`` (verified) and
    ``prompt`` (same context, another answer). The list is complete: it contains every training row and every
    evaluation row that leaks, with a partner of its most serious kind. ``exactly`` is true if the search within the
    training set was exact. Rows of unknown shape are no near leaks, since two questions about one passage are similar
    as long as nothing says which of their texts is asked.
    """
    train, held = training.examples, evaluation.examples
    found = _Found()
    searched: NearSearch | None = None
    for kind in ("exact", "normalized"):
        found.match(train, held, kind, kind)
    known = [(each["shape"] != UNKNOWN.name).to_numpy() for each in (train, held)]
    sketched = training.sketches is not None and evaluation.sketches is not None
    if needs_near and sketched and all(each.any() for each in known):
        searched = _near_leaks(training, evaluation, readers, near, found, known, exactly=exactly)
    complete = (pl.col("prompt_chars") > 0) & (pl.col("response_chars") > 0)
    found.match(train.filter(complete), held.filter(complete), "context", "prompt")
    # Rows that say nothing are no examples, and none of them leaks.
    ours, theirs = empty_rows(train), empty_rows(held)
    return [leak for leak in found.all() if not ours[leak.training] and not theirs[leak.evaluation]], searched


class _Found:
    """The most serious leak of each evaluation row and of each training row."""

    def __init__(self) -> None:
        self._of_evaluation: dict[int, Leak] = {}
        self._of_training: dict[int, Leak] = {}

    def match(self, train: pl.DataFrame, held: pl.DataFrame, key: str, kind: str) -> None:
        """Add the rows of both splits with a row of equal ``key`` in the other one: the first such row."""
        # The index columns of both splits have the same name.
        one, other = train.select(key, pl.col("i").alias("training")), held.select(key, pl.col("i").alias("evaluation"))
        for left, right in ((other, one), (one, other)):
            pairs = left.join(right.unique(key, keep="first", maintain_order=True), on=key, maintain_order="left")
            self.add(pairs.with_columns(pl.lit(1.0).alias("similarity")), kind)

    def add(self, pairs: pl.DataFrame, kind: str) -> None:
        """Add pairs, the best first."""
        for row, other, similarity in pairs.select("evaluation", "training", "similarity").iter_rows():
            leak = Leak(row, other, kind, similarity)
            self._of_evaluation.setdefault(row, leak)
            self._of_training.setdefault(other, leak)

    def all(self) -> list[Leak]:
        """Return the leaks by evaluation row, then by training row."""
        return sorted({*self._of_evaluation.values(), *self._of_training.values()})


def _near_leaks(
    training: Merged,
    evaluation: Merged,
    readers: tuple[Reader, Reader],
    near: NearSettings,
    found: _Found,
    known: Sequence[NDArray[np.bool_]],
    *,
    exactly: bool,
) -> NearSearch:
    from datalint.engine.reduce.leaks.near_search import search_near

    size = training.examples.height
    both = Readers(readers[0], readers[1], size)
    columns = dict.fromkeys((*KEY_COLUMNS, *VALUE_COLUMNS))
    examples = pl.concat([each.examples.select(*columns) for each in (training, evaluation)])
    within = near_query(training, readers[0], near)
    values = Values(examples, both)
    keys = text_keys(examples, both, near.view)
    copies = [
        each.examples.select("i", pl.Series("text_key", part))
        for each, part in zip((training, evaluation), np.split(keys, [size]), strict=True)
    ]
    found.match(copies[0], copies[1], "text_key", "near")
    if within.different is not None:
        within = replace(within, different=values.different, families=values.families)
    searched = search_near(training, evaluation, both, near, replace(within, identical=keys), exactly=exactly)
    for pairs in searched.best():
        read = known[0][pairs["training"].to_numpy()] & known[1][pairs["evaluation"].to_numpy()]
        found.add(pairs.filter(read), "near")
    return search_facts(searched.pairs, near)
