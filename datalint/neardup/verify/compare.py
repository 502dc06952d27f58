"""Comparison of rows: exact similarities, computed from their texts."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import field
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import polars as pl

from datalint.neardup.limits import DEFAULT, Limits
from datalint.neardup.text.common import Common, CommonShingles
from datalint.neardup.text.hashing import Mask, Rows, Words
from datalint.neardup.text.shingles import Shingling, shingle_hashes
from datalint.neardup.verify.intersect import count_shared, distinct_runs
from datalint.neardup.verify.one_to_many import Center
from datalint.support.classes import mutable
from datalint.support.distinct import distinct
from datalint.support.graph import components
from datalint.support.named_tuple import NamedTuple
from datalint.support.prefetch import prefetch

if TYPE_CHECKING:
    from datalint.neardup.compiled.written import Kernels


#: Reads rows again: (k,) row numbers to the normalised parts, each a series of k texts.
Fetch = Callable[[Rows], list[pl.Series]]
Similarities = npt.NDArray[np.float64]
#: Takes the row numbers of pairs and returns their similarities: exact from the threshold on, otherwise any value
#: below it.
Compare = Callable[[Rows, Rows], Similarities]
_Texts = tuple[str, ...]


class _Sets(NamedTuple):
    """The shingles of a part of a row, and the same without common ones; none if these are not left out."""

    all: Words
    rest: Words

    @property
    def size(self) -> int:
        """The number of hashes in memory."""
        return len(self.all) + len(self.rest)


# Blocks whose pairs are processed before others, so that their rows are read only once.
_NEIGHBOURS = 4
# Common shingles are not removed if the texts differ, apart from them, in at most this many times the characters of a
# shingle: one changed character does not make a different text.
_SLIGHT = 2
# Pairs that each of the other rows of a star is in at most, on average: otherwise its shingles are made once and kept.
_FEW = 4


@mutable
class Comparer:
    """Computes the similarity of pairs of rows from their texts: the lowest Jaccard similarity of their parts.

    A part that is empty in both rows counts as 1, and one that is empty in only one row as 0. If texts have ``common``
    shingles, the similarity is the lower of the values with and without them. ``sizes`` are the (n, parts) numbers of
    shingles. Up to 64 MB of parts are cached as sets of hashes, so that repeated rounds read them once.
    """

    sizes: npt.NDArray[np.uint32]
    fetch: Fetch
    shingling: Shingling
    threshold: float
    common: CommonShingles | None = None
    limits: Limits = DEFAULT
    kernels: Kernels | None = None
    _kept: OrderedDict[tuple[int, int], _Sets] = field(default_factory=OrderedDict)
    _held: int = 0

    def __call__(self, first: Rows, second: Rows) -> Similarities:
        """Return the similarity of each pair: exact if it reaches the threshold, otherwise any value below it.

        Short parts are compared first: short answers often differ where long prompts from one template do not. One call
        with many pairs is faster than several calls with fewer.
        """
        least = np.ones(len(first), np.float64)
        rest = []
        for center, pairs in _stars(first, second, self.sizes, self.limits):
            if center < 0:
                rest.append(pairs)
            else:
                least[pairs] = self._star(center, second[pairs])
        others = np.concatenate([np.empty(0, np.int64), *rest])
        least[others] = self._scattered(first[others], second[others])
        return least

    def batches(self, first: Rows, second: Rows) -> Iterator[list[Rows]]:
        """Yield the pairs (as positions) in lists of a few tiles, for which a bounded amount of text is read."""
        return _batches(first, second, self.sizes.sum(axis=1, dtype=np.int64), self.limits)

    def _scattered(self, first: Rows, second: Rows) -> Similarities:
        least = np.ones(len(first), np.float64)
        rows = distinct(np.concatenate([first, second]))
        order = self._order(rows)
        batches = self._read_ahead(
            self.batches(first, second),
            first,
            second,
            order[0],
        )
        for tiles, texts in batches if self.kernels is None else prefetch(batches):
            for part in order:
                pairs = np.concatenate(tiles)
                sets = self._load(distinct(np.concatenate([first[pairs], second[pairs]])), part, texts)
                for tile in tiles:
                    members = distinct(np.concatenate([first[tile], second[tile]]))
                    left, right = np.searchsorted(members, first[tile]), np.searchsorted(members, second[tile])
                    some = [sets[row].all for row in members.tolist()]
                    similarity = _jaccard(some, left, right, self.threshold, self.limits, self.kernels)
                    least[tile] = np.minimum(least[tile], similarity)
                    self._compare_rest(least, tile[similarity >= self.threshold], first, second, sets, part)
                tiles = [alive for tile in tiles if len(alive := tile[least[tile] >= self.threshold])]
                if not tiles:
                    break
        return least

    def _compare_rest(
        self, least: Similarities, pairs: Rows, first: Rows, second: Rows, sets: dict[int, _Sets], part: int
    ) -> None:
        """Lower the similarities of ``pairs`` to the values without common shingles."""
        pairs = pairs[self._by_first_part(first[pairs], part) & self._by_first_part(second[pairs], part)]
        if not len(pairs) or self._common(part) is None:
            return
        members = distinct(np.concatenate([first[pairs], second[pairs]]))
        left, right = np.searchsorted(members, first[pairs]), np.searchsorted(members, second[pairs])
        rest = [sets[row].rest for row in members.tolist()]
        sizes = np.fromiter(map(len, rest), np.int64, len(rest))
        similarity = _jaccard(rest, left, right, 0.0, self.limits, self.kernels)
        most = (sizes[left] + sizes[right]) / (1 + similarity)
        similarity[most <= _SLIGHT * self.shingling.size] = 1.0
        least[pairs] = np.minimum(least[pairs], similarity)

    def _common(self, part: int) -> Common | None:
        return None if self.common is None else self.common.of(part)

    def _by_first_part(self, rows: Rows, part: int) -> Mask:
        """Return a mask of the rows whose first non-empty part is ``part``."""
        mask: Mask = np.asarray(~(self.sizes[rows, :part] > 0).any(axis=1))
        return mask

    def _read_ahead(
        self, batches: Iterator[list[Rows]], first: Rows, second: Rows, part: int
    ) -> Iterator[tuple[list[Rows], dict[int, _Texts]]]:
        """Yield the batches with the texts of the rows whose sets of ``part``, the first one, are not cached."""
        rows: list[int] = []
        for tiles in batches:
            pairs = np.concatenate(tiles)
            # The previous batch may still be building these sets.
            before = set(rows)
            rows = distinct(np.concatenate([first[pairs], second[pairs]])).tolist()
            yield tiles, self._read([row for row in rows if row not in before and (row, part) not in self._kept])

    def _read(self, rows: list[int]) -> dict[int, _Texts]:
        if not rows:
            return {}
        columns = [column.to_list() for column in self.fetch(np.array(rows, np.int64))]
        return dict(zip(rows, zip(*columns, strict=True), strict=True))

    def _star(self, center: int, others: Rows) -> Similarities:
        """Return the similarities of one row to many others."""
        least = np.ones(len(others), np.float64)
        mine = [text[0] for text in self.fetch(np.array([center]))]
        sets = {part: self._center(text, part, center) for part, text in enumerate(mine) if text}
        ends = np.cumsum(self.sizes[others].sum(axis=1, dtype=np.int64))
        for block in np.split(
            np.arange(len(others)), np.flatnonzero(np.diff(ends // self.limits.fetched_shingles)) + 1
        ):
            columns = [column.to_list() for column in self.fetch(others[block])]
            for part in self._order(np.array([center])):
                alive = block[least[block] >= self.threshold]
                unlike = [i for i in (alive - block[0]).tolist() if columns[part][i] != mine[part]]
                if not unlike:
                    continue
                where = np.array(unlike) + block[0]
                similarity = sets[part].similarities(
                    *shingle_hashes([columns[part][i] for i in unlike], self.shingling)
                )
                least[where] = np.minimum(least[where], similarity)
        return least

    def _center(self, text: str, part: int, row: int) -> Center:
        common = self._common(part) if self._by_first_part(np.array([row]), part)[0] else None
        return Center(shingle_hashes([text], self.shingling)[0], common, _SLIGHT * self.shingling.size, self.kernels)

    def _order(self, rows: Rows) -> list[int]:
        """Return the parts of rows in order of length, shortest first."""
        order: list[int] = np.argsort(self.sizes[rows].sum(axis=0, dtype=np.int64), kind="stable").tolist()
        return order

    def _load(self, rows: Rows, part: int, texts: dict[int, _Texts]) -> dict[int, _Sets]:
        """Return the shingle sets of a part of ``rows``; texts that have to be read are added to ``texts``."""
        sets = {row: self._kept[row, part] for row in rows.tolist() if (row, part) in self._kept}
        missing = [row for row in rows.tolist() if row not in sets]
        texts.update(self._read([row for row in missing if row not in texts]))
        hashes, counts = shingle_hashes([texts[row][part] for row in missing], self.shingling)
        rests = self._rests(np.array(missing, np.int64), part, hashes, counts)
        fresh = dict(zip(missing, map(_Sets, distinct_runs(hashes, counts, self.kernels), rests), strict=True))
        sets.update(fresh)
        self._kept.update(((row, part), each) for row, each in fresh.items())
        self._held += sum(each.size for each in fresh.values())
        while self._held > self.limits.kept_shingles:
            self._held -= self._kept.popitem(last=False)[1].size
        return sets

    def _rests(self, rows: Rows, part: int, hashes: Words, counts: Rows) -> list[Words]:
        """Return the shingles of a part that are not common, for rows of which it is the first part."""
        which = self._by_first_part(rows, part)
        common = self._common(part) if which.any() else None
        if common is None:
            return [hashes[:0]] * len(rows)
        mask = common.beyond(hashes, counts) & np.repeat(which, counts)
        before = np.concatenate(([0], np.cumsum(mask)))
        ends = np.cumsum(counts)
        return distinct_runs(hashes[mask], before[ends] - before[ends - counts], self.kernels)


def _stars(first: Rows, second: Rows, sizes: npt.NDArray[np.uint32], limits: Limits) -> Iterator[tuple[int, Rows]]:
    """Yield each row that has many pairs with those pairs (as positions), and finally -1 with all other pairs.

    The texts of the other rows are read for each row that is yielded, so these rows must be in few other pairs.
    """
    order = np.argsort(first, kind="stable")
    bounds = np.flatnonzero(np.diff(first[order], prepend=-1, append=-1))
    single = np.ones(len(first), np.bool_)
    _, inverse, counts = np.unique(second, return_inverse=True, return_counts=True)
    for start, end in pairwise(bounds.tolist()):
        center = int(first[order[start]])
        if end - start < limits.star_pairs or sizes[center].max() > limits.star_shingles:
            continue
        if counts[inverse[order[start:end]]].mean() <= _FEW:
            single[start:end] = False
            yield center, order[start:end]
    yield -1, np.sort(order[single])


def _batches(first: Rows, second: Rows, sizes: Rows, limits: Limits) -> Iterator[list[Rows]]:
    """Yield lists of a few tiles of pairs each."""
    tiles: list[Rows] = []
    rows = np.empty(0, np.int64)
    for tile in _tiles(first, second, sizes, limits.block_shingles):
        tiles.append(tile)
        rows = distinct(np.concatenate([rows, first[tile], second[tile]]))
        if sizes[rows].sum() > limits.fetched_shingles:
            yield tiles
            tiles, rows = [], rows[:0]
    if tiles:
        yield tiles


def _tiles(first: Rows, second: Rows, sizes: Rows, most: int) -> Iterator[Rows]:
    """Yield the pairs (as positions) in groups that involve few rows each.

    The rows of a component are adjacent and are cut into blocks of bounded size; pairs are grouped by the blocks of
    their rows.
    """
    rows = distinct(np.concatenate([first, second]))
    left, right = np.searchsorted(rows, first), np.searchsorted(rows, second)
    order = np.argsort(components(left, right, len(rows)), kind="stable")
    blocks = np.empty(len(rows), np.int64)
    blocks[order] = np.cumsum(sizes[rows[order]]) // most
    low, high = np.minimum(blocks[left], blocks[right]), np.maximum(blocks[left], blocks[right])
    by_block = np.lexsort((high, low, high // _NEIGHBOURS, low // _NEIGHBOURS))
    changes = (np.diff(low[by_block]) != 0) | (np.diff(high[by_block]) != 0)
    if len(by_block):
        yield from np.split(by_block, np.flatnonzero(changes) + 1)


def _jaccard(
    sets: list[Words], left: Rows, right: Rows, least: float, limits: Limits, kernels: Kernels | None
) -> Similarities:
    """Return the Jaccard similarity of ``sets[left[i]]`` and ``sets[right[i]]`` for each i; 1 for two empty sets.

    If the sizes of two sets already rule out ``least``, it is the upper bound that the sizes allow.
    """
    counts = np.fromiter(map(len, sets), np.int64, len(sets))
    small, large = np.minimum(counts[left], counts[right]), np.maximum(counts[left], counts[right])
    result: Similarities = np.where(large == 0, 1.0, small / np.maximum(large, 1))
    counted = np.flatnonzero((result >= least) & (large > 0))
    shared = count_shared(sets, left[counted], right[counted], limits, kernels)
    result[counted] = shared / (small[counted] + large[counted] - shared)
    return result
