"""How many hashes sets have in common, for many pairs of sets at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from datalint.neardup.hashing import Halves, Rows, Words, distinct

# Partners of a set from which it pays to number the hashes: that costs about as much as merging two sets.
_MANY = 3
# Hashes looked up at a time.
_LOOKED_UP = 1 << 16


def count_shared(sets: Sequence[Words], left: Rows, right: Rows) -> Rows:
    """Return the size of the intersection of ``sets[left[i]]`` and ``sets[right[i]]`` for each i.

    Sets are sorted distinct hashes. A set with one or two partners is merged with them. For one with more, the
    hashes that sets have in common are numbered, its own numbers are marked, and those of its partners looked
    up in the marks, which takes a nanosecond or two for each.
    """
    order = np.argsort(left, kind="stable")
    starts = np.flatnonzero(np.diff(left[order], prepend=-1))
    groups = np.split(order, starts[1:]) if len(order) else []
    shared = np.empty(len(left), np.int64)
    many = [group for group in groups if len(group) >= _MANY]
    for group in groups:
        if len(group) < _MANY:
            for pair in group.tolist():
                shared[pair] = _merge(sets[left[pair]], sets[right[pair]])
    if many:
        chosen = np.concatenate(many)
        members = distinct(np.concatenate([left[chosen], right[chosen]]))
        numbered = dict(zip(members.tolist(), _number([sets[row] for row in members.tolist()]), strict=True))
        marks = np.zeros(1 + max(int(numbers[-1]) for numbers in numbered.values()), np.uint32)
        for group in many:
            partners = [numbered[row] for row in right[group].tolist()]
            shared[group] = _probe(marks, numbered[int(left[group[0]])], partners)
    return shared


def _merge(a: Words, b: Words) -> int:
    both = np.concatenate((a, b))
    both.sort()
    return int(np.count_nonzero(both[1:] == both[:-1]))


def _probe(marks: Halves, own: Rows, partners: list[Rows]) -> Halves:
    """Return how many numbers each of ``partners`` shares with ``own``; ``marks`` are zeros before and after."""
    marks[own[:-1]] = 1
    starts = np.cumsum([0, *map(len, partners[:-1])])
    counts: Halves = np.add.reduceat(marks[np.concatenate(partners)], starts, dtype=np.uint32)
    marks[own[:-1]] = 0
    return counts


def _number(sets: Sequence[Words]) -> list[Rows]:
    """Return for each set the numbers of its hashes that other sets have too, and last one that stands for none.

    The last keeps a set without any such hash from being empty.
    """
    ends = np.cumsum(np.fromiter(map(len, sets), np.int64, len(sets)))
    words = np.concatenate(sets)
    ordered = np.sort(words)
    known = distinct(ordered[1:][ordered[1:] == ordered[:-1]])
    places, owners = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for start in range(0, len(words) if len(known) else 0, _LOOKED_UP):
        some = words[start : start + _LOOKED_UP]
        place = np.searchsorted(known, some)
        place[place == len(known)] = 0
        hit = np.flatnonzero(known[place] == some)
        places.append(place[hit])
        owners.append(np.searchsorted(ends, hit + start, side="right"))
    place, owner = np.concatenate(places), np.concatenate(owners)
    numbers = np.full(len(place) + len(sets), len(known), np.int64)
    numbers[np.arange(len(place)) + owner] = place
    return np.split(numbers, np.cumsum(np.bincount(owner, minlength=len(sets)) + 1)[:-1])
