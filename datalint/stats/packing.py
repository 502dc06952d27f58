"""How trainers join rows of a maximum length: the numbers of tokens are enough to simulate it."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from datalint.support.classes import frozen

if TYPE_CHECKING:
    from numpy.typing import NDArray

Packing = Literal["none", "bfd", "wrapped", "multipack"]

#: Rows that TRL packs together: ``pack_dataset`` maps batches of the default size of ``datasets``.
TRL_BATCH: Final = 1000
#: Rows that axolotl packs together, and the most that it puts in one (``sample_packing_group_size``, ``_bin_size``).
AXOLOTL_GROUP: Final = 100_000
AXOLOTL_BIN: Final = 200


@frozen
class Packed:
    """Rows after packing: their number, how full they are (0 to 1), and the tokens that are lost.

    ``dropped`` counts the rows that are left out because they are too long; their tokens are among the lost ones.
    """

    strategy: Packing
    length: int
    rows: int
    fill: float
    lost: int
    dropped: int


def pack(tokens: NDArray[np.int64], length: int, strategy: Packing) -> Packed:
    """Return the rows that a trainer makes of rows with these numbers of tokens, in the order of the dataset.

    - ``none``: each row is cut and padded.
    - ``bfd`` (best fit decreasing): as TRL's ``pack_dataset(strategy="bfd")``: rows are cut, and in each batch of 1,000
      rows the longest first is put where the least room is left.
    - ``wrapped``: as ``pack_dataset(strategy="wrapped")``: the rows of a batch are joined and cut at every ``length``.
    - ``multipack``: as axolotl's ``MultipackBatchSampler``: rows that are too long are dropped; the others, in random
      order, are put in the first of the open rows with room, at most 200 in one.

    The methods are those of TRL at f2cd577 and axolotl at 067b021; ``benchmarks/packing.py`` compares the results.
    """
    total, dropped = int(tokens.sum()), 0
    if strategy == "wrapped":
        kept = total
        rows = sum(-(-int(batch.sum()) // length) for batch in _batches(tokens, TRL_BATCH))
    elif strategy == "multipack":
        fitting = tokens[tokens <= length]
        kept, dropped = int(fitting.sum()), len(tokens) - len(fitting)
        # The trainer draws an order of its own; this one is as good, and the same in every run.
        order = np.random.default_rng(0).permutation(fitting[fitting > 0])
        rows = sum(_first_fit(batch.tolist(), length, AXOLOTL_BIN) for batch in _batches(order, AXOLOTL_GROUP))
    else:
        cut = np.minimum(tokens, length)
        kept = int(cut.sum())
        rows = len(tokens)
        if strategy == "bfd":
            rows = sum(_best_fit(batch[batch > 0].tolist(), length) for batch in _batches(cut, TRL_BATCH))
    fill = round(kept / (rows * length), 4) if rows else 0.0
    return Packed(strategy, length, rows, fill, total - kept, dropped)


def _batches(tokens: NDArray[np.int64], size: int) -> list[NDArray[np.int64]]:
    return [tokens[start : start + size] for start in range(0, len(tokens), size)]


def _best_fit(sizes: Sequence[int], length: int) -> int:
    """Return the number of bins of ``length`` that best fit decreasing fills."""
    room: list[int] = []
    bins = 0
    for size in sorted(sizes, reverse=True):
        at = bisect_left(room, size)
        if at < len(room):
            left = room.pop(at) - size
        else:
            bins += 1
            left = length - size
        insort(room, left)
    return bins


def _first_fit(sizes: Sequence[int], length: int, most: int) -> int:
    """Return the number of bins of ``length`` that first fit fills with at most ``most`` sizes each.

    A tree over all bins, empty ones included, has the greatest room in each half, so that the first bin with enough is
    found in logarithmic time.
    """
    leaves = 1 << max(len(sizes) - 1, 0).bit_length()
    room = [length] * (2 * leaves)
    counts = [0] * leaves
    bins = 0
    for size in sizes:
        at = 1
        while at < leaves:
            at *= 2
            if room[at] < size:
                at += 1
        found = at - leaves
        bins = max(bins, found + 1)
        counts[found] += 1
        room[at] = room[at] - size if counts[found] < most else -1
        while at > 1:
            at //= 2
            room[at] = max(room[2 * at], room[2 * at + 1])
    return bins
