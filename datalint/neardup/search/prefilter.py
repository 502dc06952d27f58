"""Prefilter: which of many rows may be similar to one of a few other rows, without joining their sketches."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from datalint.neardup.limits import DEFAULT, Limits
from datalint.neardup.search.bands import band_keys, band_width
from datalint.neardup.sketch.bit_prints import close, most_differing, prints
from datalint.neardup.sketch.chosen import ChosenSketches
from datalint.neardup.sketch.sketch import Sketches
from datalint.neardup.text.hashing import Halves, Mask, Rows, Words, portions, spread

if TYPE_CHECKING:
    from datalint.neardup.compiled.written import Kernels


# Bits of a key that index the table which rules out most rows: so many that about one key in 64 is in it by chance, and
# at least and at most.
_SPARE, _LEAST, _MOST = 6, 20, 24
# The same for the table of compiled code, which leads to the keys themselves.
_ROOM = 2


def rows_near(
    rows: Sketches | ChosenSketches,
    others: Sketches | ChosenSketches,
    threshold: float,
    limits: Limits = DEFAULT,
    kernels: Kernels | None = None,
) -> Rows:
    """Return the rows that share a band with one of ``others`` and whose prints do not rule out the threshold.

    They include each row for which a search over both would find a pair.
    """
    mine, theirs = (np.flatnonzero(each.sizes.any(axis=1)) for each in (rows, others))
    sides = (_signed(rows, mine), _signed(others, theirs))
    words = np.concatenate([prints(signatures, at, kernels) for signatures, at in sides], axis=1)
    near = np.zeros(len(mine), np.bool_)
    width = band_width(threshold)
    keys = [band_keys(signatures, at, width, kernels) for signatures, at in sides]
    for own, wanted in zip(*keys, strict=True):
        if kernels is not None:
            _mark(kernels, own, wanted, words, near, threshold, limits)
            continue
        order = np.argsort(wanted)
        some = _candidates(own, wanted, near)
        starts, ends = (np.searchsorted(wanted[order], own[some], side=side) for side in ("left", "right"))
        crowded = ends - starts > limits.prefilter_crowd
        near[some[crowded]] = True
        some, starts, counts = some[~crowded], starts[~crowded], (ends - starts)[~crowded]
        for block in portions(counts, limits.prefilter_pairs):
            first = np.repeat(some[block], counts[block])
            second = order[np.repeat(starts[block], counts[block]) + spread(counts[block])]
            near[first[close(words, first, second + len(mine), threshold)]] = True
    return mine[near]


def _mark(
    kernels: Kernels, own: Halves, wanted: Halves, words: Words, near: Mask, threshold: float, limits: Limits
) -> None:
    """Mark rows in ``near`` by one band, with compiled code."""
    bits = min(max(len(wanted).bit_length() + _ROOM, 1), _MOST)
    heads, members = np.zeros((1 << bits) + 2, np.int64), np.empty(len(wanted), np.int64)
    most = np.array(most_differing(threshold), np.int64)
    kernels.pairs.mark_near(
        own, wanted, words, np.uint32(32 - bits), heads, members, limits.prefilter_crowd, most, near
    )


def _signed(sketches: Sketches | ChosenSketches, rows: Rows) -> tuple[npt.NDArray[np.uint16], Rows]:
    """Return signatures, and where those of ``rows`` are in them."""
    if isinstance(sketches, ChosenSketches):
        return sketches.of.signatures, sketches.rows[rows]
    return sketches.signatures, rows


def _candidates(own: Halves, wanted: Halves, near: Mask) -> Rows:
    """Return the rows that are not marked in ``near`` yet and whose keys may be among ``wanted``."""
    bits = min(max(len(wanted).bit_length() + _SPARE, _LEAST), _MOST)
    shift = np.uint32(32 - bits)
    table = np.zeros(1 << bits, np.bool_)
    table[wanted >> shift] = True
    return np.flatnonzero(table[own >> shift] & ~near)
