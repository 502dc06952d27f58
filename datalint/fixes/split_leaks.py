"""Searches for leaks between the sides of a split, and after rows were moved again only for those."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from datalint.engine.reduce.comparing.random_numbers import KEY_COLUMNS
from datalint.engine.reduce.comparing.values import VALUE_COLUMNS
from datalint.engine.reduce.leaks.contrastive_leaks import contrastive_leaks
from datalint.engine.reduce.leaks.exact_and_near import find_leaks
from datalint.engine.reduce.leaks.near_prompts import PromptScan
from datalint.engine.reduce.leaks.unlike_leaks import leaks_but_for_keys, unlike_leaks
from datalint.engine.reduce.leaks.unread_leaks import leaks_but_for_unread
from datalint.fixes.repairs import Repairs
from datalint.fixes.state import FixedReader
from datalint.neardup import Parts, chosen
from datalint.records.empty_rows import EMPTY_COLUMNS
from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from datalint.engine.execute.row_reader import Reader
    from datalint.engine.plan import Plan
    from datalint.engine.reduce.merge import Merged
    from datalint.fixes.sides import Sides
    from datalint.neardup import NearRows
    from datalint.records.leaks import Leak

#: Share of the rows of a side above which near-leaked prompts do not tell rows apart, as those of one template.
_MOST: Final = 0.5
_COLUMNS: Final = tuple(
    dict.fromkeys(("shape", "exact", "context", "prompt_hash", *EMPTY_COLUMNS, *KEY_COLUMNS, *VALUE_COLUMNS))
)


class _Side(NamedTuple):
    """The rows of a side, by their number in the dataset, with how to read them."""

    rows: NDArray[np.int64]
    merged: Merged
    reader: Reader


class LeakSearch:
    """Finds leaks between any two sides of a dataset.

    Near-leaked prompts are searched only where there are no other leaks. After the first search of each kind, only the
    rows that :meth:`moved` names are compared with those of other sides.
    """

    def __init__(self, merged: Merged, reader: Reader, plan: Plan, *, by_prompt: bool) -> None:
        """Search in a dataset with sketches of its prompts; unless ``by_prompt``, rows with one prompt do not leak."""
        self._merged = replace(merged, examples=merged.examples.select(_COLUMNS), prompts=None)
        self._prompts = replace(self._merged, sketches=None, prompts=merged.prompts)
        # Each side is written as one file.
        one_file = self._merged.examples.with_columns(pl.lit(0, pl.Int32).alias("file"))
        self._written = replace(self._merged, examples=one_file, sketches=None)
        self._reader = reader
        self._plan = plan
        self._by_prompt = by_prompt
        #: Rows that were not compared with those of other sides yet; None for all of them.
        self._open: NDArray[np.bool_] | None = None
        #: The same for near-leaked prompts.
        self._open_prompts: NDArray[np.bool_] | None = None
        #: Pairs of sides most rows of which have nearly the same prompts.
        self._alike: set[tuple[int, int]] = set()

    def divided(self) -> None:
        """Note that any row may be on another side now."""
        self._open = self._open_prompts = None

    def moved(self, rows: NDArray[np.bool_]) -> None:
        """Note that only these rows are on another side now, namely in training, or were in leaks."""
        self._open = None if self._open is None else self._open | rows
        self._open_prompts = None if self._open_prompts is None else self._open_prompts | rows

    def find(self, sides: Sides) -> list[Leak]:
        """Return the leaks between the sides, with the numbers of the rows in the dataset.

        If most rows of a side have prompts that are nearly the same as those of another, ``sides.near_prompts`` counts
        these rows, and they are no leaks.
        """
        at = [sides.sides == number for number in range(len(sides.names))]
        compared = self._compared(self._merged, at, self._open)
        found = [leak for _, one, other in compared for leak in self._leaks(one, other)]
        # Which keys a file has depends on all of its rows, so that all are compared.
        for _, one, other in self._compared(self._written, at, at[0]):
            readers = one.reader, other.reader
            leaks = leaks_but_for_keys(one.merged.examples, other.merged.examples, readers, [])
            leaks = leaks_but_for_unread(one.merged.examples, other.merged.examples, readers, leaks)
            found += _numbered([each for each in leaks if self._by_prompt or each.kind != "prompt"], one, other)
        self._open = np.zeros(len(sides.sides), np.bool_)
        if found or not self._by_prompt:
            return found
        if self._open_prompts is None:
            sides.near_prompts, self._alike = 0, set()
        for names, one, other in self._compared(self._prompts, at, self._open_prompts):
            leaks = self._near_prompts(one, other) if names not in self._alike else []
            if self._open_prompts is None and len(leaks) > _MOST * len(one.rows):
                sides.near_prompts += len(leaks)
                self._alike.add(names)
            else:
                found += leaks
        self._open_prompts = np.zeros(len(sides.sides), np.bool_)
        return found

    def _compared(
        self, merged: Merged, at: Sequence[NDArray[np.bool_]], rows: NDArray[np.bool_] | None
    ) -> Iterator[tuple[tuple[int, int], _Side, _Side]]:
        """Yield the pairs of sides that are to be compared, by their numbers; of training only ``rows`` if given."""
        # Rows move to training only, so that the other sides have no new pair between them.
        ones = range(len(at)) if rows is None else (0,)
        for one in ones:
            first = self._side(merged, at[one] if rows is None else at[one] & rows)
            for other in range(one + 1, len(at)) if len(first.rows) else ():
                second = self._side(merged, at[other])
                if len(second.rows):
                    yield (one, other), first, second

    def _side(self, merged: Merged, mine: NDArray[np.bool_]) -> _Side:
        rows, index = np.flatnonzero(mine), pl.int_range(pl.len(), dtype=pl.Int64).alias("i")
        side = replace(
            merged,
            examples=merged.examples.filter(pl.Series(mine)).with_columns(index),
            sketches=None if merged.sketches is None else _chosen(merged.sketches, rows),
            prompts=None if merged.prompts is None else chosen(merged.prompts, rows),
        )
        return _Side(rows, side, FixedReader(self._reader, rows, Repairs()))

    def _leaks(self, first: _Side, other: _Side) -> list[Leak]:
        readers = (first.reader, other.reader)
        leaks, _ = find_leaks(first.merged, other.merged, readers, self._plan.near, needs_near=True, exactly=True)
        leaks = unlike_leaks(first.merged.examples, other.merged.examples, leaks)
        leaks = contrastive_leaks(first.merged.examples, other.merged.examples, readers, leaks)
        return [leak for leak in _numbered(leaks, first, other) if self._by_prompt or leak.kind != "prompt"]

    def _near_prompts(self, first: _Side, other: _Side) -> list[Leak]:
        """Return rows whose prompts the other side has almost word by word, with other answers."""
        scan = PromptScan(first.merged, other.merged, (first.reader, other.reader), self._plan.near, ())
        return _numbered(scan.finish(), first, other)


def _chosen(sketches: NearRows, rows: NDArray[np.int64]) -> NearRows:
    return sketches.take(rows) if isinstance(sketches, Parts) else chosen(sketches, rows)


def _numbered(leaks: Sequence[Leak], first: _Side, other: _Side) -> list[Leak]:
    """Return leaks with the numbers that rows have in the dataset."""
    return [
        leak._replace(training=int(first.rows[leak.training]), evaluation=int(other.rows[leak.evaluation]))
        for leak in leaks
    ]
