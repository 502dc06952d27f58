"""Divides rows into sides: by groups that stay together, in strata that give every side its share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import polars as pl

from datalint.engine.reduce.categories import find_category
from datalint.engine.reduce.response_labels import find_label_set
from datalint.fixes.certificate import earlier_sides
from datalint.fixes.groups import Groups
from datalint.fixes.sides import Share, Sides
from datalint.privacy.display import printable

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from datalint.engine.execute.row_reader import Reader
    from datalint.engine.plan import Plan
    from datalint.engine.reduce.merge import Merged

#: Groups of more rows than this share of the smallest side stay in training, unless they have few rows.
_LARGEST: Final = 0.1
_SMALL: Final = 3
#: How many times the rows that are wanted should be in groups that may leave training, and the share of the smallest
#: side up to which larger groups may for that.
_SPARE: Final = 2
_MOST: Final = 0.5
#: Values of a category that are strata of their own, and the parts of the rows by length.
_CATEGORIES: Final = 50
_LENGTHS: Final = 3
_GOLDEN: Final = 0x9E3779B97F4A7C15


def divide(
    merged: Merged,
    reader: Reader,
    groups: Groups,
    shares: Mapping[str, Share],
    *,
    seed: int,
    plan: Plan,
    earlier: Mapping[str, Any] | None = None,
) -> Sides:
    """Put every group on a side: by a hash of its first row, so that rows which are added later move no other.

    Each stratum (category and length of the first row) gives each side its share. ``earlier`` is the certificate of an
    earlier run: rows that it had stay where they were, unless their group has rows of several sides, and its limits
    hold again for the others.
    """
    examples = merged.examples
    names = ["train", *shares]
    category = find_category(examples, plan.category_key, learned=plan.learned_labels)
    category = category or find_label_set(examples, reader.texts)
    bounds = list(earlier["bounds"]) if earlier else _bounds(examples["tokens"])
    strata = _strata(examples, None if category is None else category.values, bounds)
    wanted = [share.of(examples.height) for share in shares.values()]
    least = min((share * examples.height for share in wanted if share), default=0)
    heads = np.flatnonzero(groups.labels == np.arange(examples.height))
    sizes = np.bincount(groups.labels)[heads]
    largest = int(earlier["largest"]) if earlier else _largest(sizes, least, sum(wanted) * examples.height)
    chance = _hashes(examples["exact"].to_numpy()[heads], seed)
    named = strata.gather(heads)
    limits: dict[str, list[float]] = {} if earlier is None else {k: list(v) for k, v in earlier["limits"].items()}
    fits = sizes <= largest
    if earlier is None:
        limits = _limits(named, sizes, chance, fits, wanted)
    side = np.zeros(len(heads), np.int64)
    for stratum in named.unique().to_list():
        below = limits.get(stratum) or np.cumsum(wanted).tolist()
        mine = np.flatnonzero((named == stratum).to_numpy() & fits)
        # The first limit that is above decides.
        for number, limit in reversed(list(enumerate(below, 1))):
            side[mine[chance[mine] < limit]] = number
    if earlier is not None:
        known = earlier_sides(merged, names, earlier)
        group = np.searchsorted(heads, groups.labels)
        # Of a group with rows of several sides, as few as possible move.
        votes = np.stack([np.bincount(group, known == number, len(heads)) for number in range(len(names))])
        side = np.where(votes.any(axis=0), votes.argmax(axis=0), side)
    of_row = np.zeros(examples.height, np.int64)
    of_row[heads] = side
    key = None if category is None else category.key
    return Sides(names, of_row[groups.labels], strata, limits, bounds, largest, key)


def _largest(sizes: NDArray[np.int64], least: float, wanted: float) -> int:
    """Return the most rows of a group that may leave training, where the smallest side has ``least`` rows.

    If most groups are larger, as dialogues are that have a row for each turn, it is as many as it takes for twice the
    rows that are wanted.
    """
    most = max(_SMALL, int(_LARGEST * least))
    ordered = np.sort(sizes)
    enough = int(np.searchsorted(np.cumsum(ordered), _SPARE * wanted))
    needed = int(ordered[min(enough, len(ordered) - 1)])
    return needed if most < needed <= _MOST * least else most


def reunited(sides: Sides, groups: Groups) -> Sides:
    """Return the same sides, but for groups with rows of several ones, which are in ``train``."""
    rows = len(groups.labels)
    first, last = np.full(rows, len(sides.names), np.int64), np.zeros(rows, np.int64)
    np.minimum.at(first, groups.labels, sides.sides)
    np.maximum.at(last, groups.labels, sides.sides)
    return replace(sides, sides=np.where(first == last, first, 0)[groups.labels])


def _limits(
    strata: pl.Series,
    sizes: NDArray[np.int64],
    chance: NDArray[np.float64],
    fits: NDArray[np.bool_],
    wanted: Sequence[float],
) -> dict[str, list[float]]:
    """Return the hashes that divide each stratum so that every side gets its share of its rows, as nearly as it can."""
    found: dict[str, list[float]] = {}
    # What one stratum has too much or too little of, the next makes up for.
    owed = [0.0] * len(wanted)
    for stratum in sorted(strata.unique().to_list()):
        mine = (strata == stratum).to_numpy()
        total = int(sizes[mine].sum())
        order = np.flatnonzero(mine & fits)
        order = order[np.argsort(chance[order], kind="stable")]
        filled = np.append(0, np.cumsum(sizes[order]))
        start = 0
        limits: list[float] = []
        for side, share in enumerate(wanted):
            target = share * total + owed[side]
            stop = start + int(np.argmin(np.abs(filled[start:] - filled[start] - target)))
            owed[side] = target - float(filled[stop] - filled[start])
            # Halfway to the next group, so that no group has the limit as its hash.
            after = chance[order[stop]] if stop < len(order) else 1.0
            before = chance[order[stop - 1]] if stop else 0.0
            limits.append(float(before + after) / 2 if stop > start else (limits[-1] if limits else 0.0))
            start = stop
        found[stratum] = limits
    return found


def _hashes(values: NDArray[np.uint64], seed: int) -> NDArray[np.float64]:
    """Return a number from 0 to 1 for each value, as splitmix64 mixes it with the seed."""
    with np.errstate(over="ignore"):
        mixed = values + np.uint64((seed + 1) * _GOLDEN % (1 << 64))
        for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
            mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
        mixed ^= mixed >> np.uint64(31)
    return (mixed >> np.uint64(11)).astype(np.float64) / float(1 << 53)


def _bounds(tokens: pl.Series) -> list[float]:
    """Return the lengths that divide the rows into parts of the same number."""
    found = [tokens.quantile(part / _LENGTHS, "lower") for part in range(1, _LENGTHS)]
    return [float(bound) for bound in found if bound is not None]


def _strata(examples: pl.DataFrame, values: pl.Series | None, bounds: Sequence[float]) -> pl.Series:
    length = np.searchsorted(np.array(bounds), examples["tokens"].to_numpy(), side="left")
    parts = pl.Series("part", [f"length {part + 1}" for part in range(len(bounds) + 1)]).gather(length)
    if values is None:
        return parts
    counts = values.drop_nulls().value_counts(sort=True)
    common = counts.head(_CATEGORIES)[values.name].cast(pl.String)
    named = values.cast(pl.String).alias("value")
    is_common = named.is_in(common.implode()).fill_null(False)
    # The certificate names the strata.
    named = named.replace(common, [printable(name) for name in common])
    value = pl.when(is_common).then("value").otherwise(pl.lit("other"))
    return pl.DataFrame([named, parts]).select(pl.concat_str(value, "part", separator=", ")).to_series()
