"""A dataset while it is fixed: which rows were changed and which were removed, and what is left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from datalint.engine.execute.row_reader import Reader
from datalint.engine.map.hits import HitTable
from datalint.engine.reduce.merge import Merger
from datalint.fixes.repair import located
from datalint.fixes.repairs import Repaired, Repairs
from datalint.neardup import Parts
from datalint.sources.json_truth.fast_path import reread
from datalint.support.classes import mutable
from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from datalint.engine.map.mapper import Mapper
    from datalint.engine.reduce.merge import Merged
    from datalint.neardup import NearRows
    from datalint.sources import Source

#: Columns that say where a row stands; an edited row keeps them.
_PLACE = ("file", "line", "row", "offset", "i")
#: Edited rows that are mapped at a time.
_BLOCK = 8192
_NO_HITS = HitTable(0).frame().with_columns(pl.lit(None, dtype=pl.Int64).alias("file"))


class Removed(NamedTuple):
    """Why a row or a line is removed: the rule, by its index in the plan, and what its finding says.

    ``kept`` is the row of its cluster that stays, and ``like`` the row that the finding compares it with.
    """

    rule: int
    reason: str
    kept: int | None = None
    like: int | None = None


@mutable
class State:
    """The rows of a dataset by their number in the order of files and lines, while they are fixed.

    ``merged`` is the dataset as it is now: changed rows as they are now, without the removed ones; ``rows[i]`` is the
    number that row ``i`` of it has. ``reader`` reads its rows. Columns and sketches are replaced one by one, so that a
    large dataset is not in memory twice.
    """

    sources: Sequence[Source]
    original: Reader
    merged: Merged
    rows: NDArray[np.int64]
    reader: Reader
    repaired: Repairs = field(default_factory=Repairs)
    removed: dict[int, Removed] = field(default_factory=dict)

    @classmethod
    def of(cls, sources: Sequence[Source], merged: Merged, reader: Reader) -> State:
        """Return the state in which nothing is fixed."""
        return cls(sources, reader, merged, np.arange(merged.examples.height), reader)

    def change(self, rows: Sequence[int], mapper: Mapper) -> Merged:
        """Put repaired rows, by their numbers now, in the place of what they were.

        Return the new ones, in order, with their hits.
        """
        at = np.array(rows, np.int64)
        lines = (self.repaired[number].line for number in self.rows[at].tolist())
        mapped = _mapped(lines, mapper, texts=_has_texts(self.merged.sketches))
        place = self.merged.examples[at].select(_PLACE)
        edited = mapped.examples.drop(_PLACE, strict=False).hstack(place)
        columns = _columns_with(self._taken_columns(), at, edited)
        sketches = _changed(self.merged.sketches, at, mapped.sketches)
        self.merged = replace(self.merged, examples=pl.DataFrame(list(columns)), sketches=sketches)
        self._read_again()
        mapped.examples = edited.with_columns(pl.int_range(pl.len(), dtype=pl.Int64).alias("i"))
        return mapped

    def remove(self, removals: Mapping[int, Removed]) -> None:
        """Remove rows, by their numbers now."""
        for row, why in removals.items():
            stays, like = (None if each is None else int(self.rows[each]) for each in (why.kept, why.like))
            self.removed[int(self.rows[row])] = why._replace(kept=stays, like=like)
        kept = np.ones(len(self.rows), np.bool_)
        kept[list(removals)] = False
        left, mask = np.flatnonzero(kept), pl.Series(kept)
        columns = [column.filter(mask) for column in self._taken_columns()]
        # What rules measured may be about numbers of rows.
        self.merged = replace(
            self.merged,
            examples=pl.DataFrame(columns).with_columns(pl.int_range(pl.len(), dtype=pl.Int64).alias("i")),
            measured={},
            sketches=None if (known := self.merged.sketches) is None else known.reduced(left),
        )
        self.rows = self.rows[left]
        self._read_again()

    def _taken_columns(self) -> Iterator[pl.Series]:
        """Take the columns of the rows away and yield each, so that none is in memory once it is replaced."""
        columns = self.merged.examples.get_columns()[::-1]
        self.merged = replace(self.merged, examples=pl.DataFrame())
        while columns:
            yield columns.pop()

    def _read_again(self) -> None:
        self.reader = FixedReader(self.original, self.rows, self.repaired)


class FixedReader(Reader):
    """Reads the rows of a state: those that were changed as they are now, and the others from their source."""

    def __init__(self, original: Reader, rows: NDArray[np.int64], changed: Mapping[int, Repaired]) -> None:
        self._original = original
        self._rows = rows
        self._changed = changed
        self._kept = None
        self._texts, self._chars = {}, 0
        self.detector = original.detector
        self.kernels = original.kernels
        self.words = {}
        self.partner = None
        self.sources = original.sources
        # Elsewhere, rows would be read from their source, without the changes.
        self.tasks = None

    def places(self, rows: NDArray[np.int64]) -> pl.DataFrame:
        """Return where the rows are in the sources, as they were before the changes."""
        return self._original.places(self._rows[rows])

    def records(self, rows: Sequence[int] | NDArray[np.int64]) -> list[dict[str, Any]]:
        """Return the records of ``rows``, in the order asked for."""
        numbers = self._rows[np.asarray(rows, np.int64)]
        stored = np.array([number not in self._changed for number in numbers.tolist()], np.bool_)
        found = iter(self._original.records(numbers[stored]))
        return [
            next(found) if is_stored else reread(self._changed[number].line) or {}
            for number, is_stored in zip(numbers.tolist(), stored.tolist(), strict=True)
        ]


def _mapped(lines: Iterator[bytes], mapper: Mapper, *, texts: bool) -> Merged:
    merger = Merger(mapper.plan)
    while block := list(islice(lines, _BLOCK)):
        merger.add([0], mapper(located(block), keep_texts=texts))
    merged = merger.finish([])
    return merged if merged.hits.width else replace(merged, hits=_NO_HITS)


def _has_texts(rows: NearRows | None) -> bool:
    return rows is not None and rows.has_texts


def _columns_with(columns: Iterator[pl.Series], at: NDArray[np.int64], edited: pl.DataFrame) -> Iterator[pl.Series]:
    """Yield columns with the rows of ``edited`` at ``at``, and then those columns that only ``edited`` has.

    A column that one of them does not have is null there.
    """
    left, height = dict.fromkeys(edited.columns), 0
    order = np.arange(0)
    for column in columns:
        if not len(order):
            height = len(column)
            order = np.arange(height)
            order[at] = np.arange(height, height + len(at))
        left.pop(column.name, None)
        new = edited[column.name] if column.name in edited.columns else column.clear(len(at))
        yield pl.concat([column.to_frame(), new.to_frame()], how="vertical_relaxed").to_series().gather(order)
    for name in left:
        yield pl.concat([edited[name].clear(height), edited[name]]).gather(order)


def _changed(rows: NearRows | None, at: NDArray[np.int64], others: NearRows | None) -> NearRows | None:
    """Return the sketches of rows, those at ``at`` replaced."""
    if rows is None or others is None:
        return None
    if isinstance(rows, Parts) and isinstance(others, Parts):
        pairs = zip(rows.texts, others.texts, strict=True)
        return Parts([one.clone().scatter(at, other) for one, other in pairs], rows.shingling)
    sketches = rows.sketches
    sketches.signatures[at], sketches.sizes[at] = others.sketches.signatures, others.sketches.sizes
    return sketches
