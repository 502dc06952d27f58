"""Measure the recall of a search on the user's own rows, with planted copies."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import polars as pl

from datalint.neardup.evaluate.mutations import MUTATIONS, Mutation, pieces
from datalint.neardup.search.entry import near_clusters
from datalint.neardup.search.query import Query
from datalint.neardup.search.texts_at_hand import NearRows, Parts, join
from datalint.neardup.text.hashing import Rows, Words, constant
from datalint.neardup.text.normalize import normalize
from datalint.neardup.text.shingles import Shingling, shingle_hashes
from datalint.neardup.verify.compare import Fetch, Similarities
from datalint.support.distinct import distinct

#: The maximum number of planted copies per mutation.
PLANTED: Final = 200
# Rows that are tried per copy, because the mutation may not apply to many of them.
_TRIES = 20


@dataclass(frozen=True, slots=True)
class Recall:
    """The recall of one mutation.

    ``planted`` copies were added to the rows; the exact similarity of ``alike`` of them to their originals reaches the
    threshold. ``found`` of these are in a verified pair, and ``clustered`` in a cluster (a copy may be similar to a
    member of a cluster, but not to its anchor). ``under`` is the median similarity of the other copies, which are not
    near-duplicates by this measure; None if there are none.
    """

    mutation: str
    planted: int
    alike: int
    found: int
    clustered: int
    under: float | None

    @property
    def share(self) -> float | None:
        """The share of similar copies that were found; None if no copy is similar."""
        return self.found / self.alike if self.alike else None


def check_recall(
    rows: NearRows,
    fetch: Fetch,
    query: Query,
    *,
    seed: int = 0,
    planted: int = PLANTED,
) -> tuple[list[Recall], bool]:
    """Add changed copies to the rows, search as usual, and count; also return whether the search was exact.

    Each copy is of a different row, if there are enough rows, and is changed in its longest text. A row to which a
    mutation does not apply (no digit to change) is not used. For ``fetch``, see
    :func:`~datalint.neardup.search.entry.near_clusters`.
    """
    given = rows.reader(fetch)
    plants = _planted(rows, given, seed, planted)
    copies = Parts([normalize(pl.Series(texts, dtype=pl.String)) for texts in plants.texts], query.shingling)
    similarity = _similarities(given(np.array(plants.rows, np.int64)) if plants.rows else [], copies, query.shingling)
    size = len(rows)

    def both(wanted: Rows) -> list[pl.Series]:
        order = np.argsort(wanted >= size, kind="stable")
        old, new = wanted[wanted < size], wanted[wanted >= size] - size
        ones = given(old) if len(old) else [text.clear() for text in copies.texts]
        columns = zip(ones, copies.fetch(new), strict=True)
        return [pl.concat(column).gather(np.argsort(order)) for column in columns]

    everything = join([rows, copies])
    fresh = np.array([constant(70, seed, number) for number in range(len(copies))], np.uint64)
    # Recall is measured by similarity only: a changed digit makes a different example, but a similar one.
    query = replace(query, common=None, different=None)
    if query.identical is not None:
        query = replace(query, identical=np.concatenate([query.identical, fresh]))
    pairs, clusters = near_clusters(everything, both, query)
    paired = np.zeros(len(everything), np.bool_)
    paired[pairs.first] = paired[pairs.second] = True
    clustered = np.bincount(clusters.anchors, minlength=len(everything))[clusters.anchors] > 1
    alike = similarity >= query.threshold
    names = np.array(plants.names, dtype=object)
    results = []
    for name in MUTATIONS:
        mine = names == name
        rest = similarity[mine & ~alike]
        results.append(
            Recall(
                name,
                planted=int(mine.sum()),
                alike=int((mine & alike).sum()),
                found=int((mine & alike & paired[size:]).sum()),
                clustered=int((mine & alike & clustered[size:]).sum()),
                under=float(np.median(rest)) if len(rest) else None,
            )
        )
    return results, pairs.complete


def _planted(rows: NearRows, given: Fetch, seed: int, planted: int) -> _Plants:
    """Return as many copies for each mutation, of different rows if there are enough."""
    chance = random.Random(seed)
    originals, longest = _originals(rows, chance)
    plants = _Plants([], [], [[] for _ in range(rows.sizes.shape[1])])
    for number, (name, mutation) in enumerate(MUTATIONS.items()):
        some = _rotated(originals, number * planted)
        _plant(plants, name, mutation, some, longest, given, chance, planted)
    return plants


@dataclass(frozen=True, slots=True)
class _Plants:
    """Copies: the mutation of each, its original, and its texts by part."""

    names: list[str]
    rows: list[int]
    texts: list[list[str]]


def _originals(rows: NearRows, chance: random.Random) -> tuple[list[int], Rows]:
    """Return the rows with text in random order, and each row's longest part; punctuation is not text."""
    texts = rows.sizes[:, :2]
    having = np.flatnonzero(texts.any(axis=1)).tolist()
    chance.shuffle(having)
    return having, np.argmax(texts, axis=1)


def _rotated(rows: list[int], by: int) -> list[int]:
    start = by % len(rows) if rows else 0
    return rows[start:] + rows[:start]


def _plant(
    plants: _Plants,
    name: str,
    mutation: Mutation,
    rows: list[int],
    longest: Rows,
    fetch: Fetch,
    chance: random.Random,
    planted: int,
) -> None:
    done = 0
    for start in range(0, min(len(rows), _TRIES * planted), planted):
        some = rows[start : start + planted]
        texts = [column.to_list() for column in fetch(np.array(some, np.int64))]
        words = _words(texts)
        for place, row in enumerate(some):
            copy = [column[place] for column in texts]
            part = int(longest[row])
            changed = mutation(copy[part], words, chance)
            if changed == copy[part] or not changed.strip():
                continue
            copy[part] = changed
            plants.names.append(name)
            plants.rows.append(row)
            for column, text in zip(plants.texts, copy, strict=True):
                column.append(text)
            done += 1
            if done == planted:
                return


def _words(texts: Sequence[Sequence[str]]) -> list[str]:
    """Return words of some texts, to insert into others."""
    return [piece.rstrip() for column in texts[:2] for text in column for piece in pieces(text[:400])] or ["word"]


def _similarities(originals: list[pl.Series], copies: Parts, shingling: Shingling) -> Similarities:
    """Return the similarity of each copy to its original, that of their least similar parts, from all shingles."""
    least = np.ones(len(copies))
    for part, (old, new) in enumerate(zip(originals, copies.texts, strict=False)):
        sets = [_sets(texts.to_list(), shingling, part) for texts in (old, new)]
        for place, (a, b) in enumerate(zip(*sets, strict=True)):
            union = len(np.union1d(a, b))
            shared = len(a) + len(b) - union
            least[place] = min(least[place], shared / union if union else 1.0)
    return least


def _sets(texts: list[str], shingling: Shingling, part: int) -> list[Words]:
    hashes, counts = shingle_hashes(texts, shingling, part)
    return [distinct(some) for some in np.split(hashes, np.cumsum(counts)[:-1])]
