"""Divides rows into sides, so that no row of one side leaks into another."""

from __future__ import annotations

import base64
from collections.abc import Collection, Mapping, Sequence
from dataclasses import field, replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import polars as pl

from datalint.engine.reduce.categories import find_category, find_label_set
from datalint.fixes.groups import Groups
from datalint.privacy.display import file_name
from datalint.support.classes import mutable

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from datalint.engine.execute.row_reader import Reader
    from datalint.engine.plan import Plan
    from datalint.engine.reduce.merge import Merged

SCHEMA: Final = "datalint-split/2"
#: Groups of more rows than this share of the smallest side stay in training, unless they have few rows.
_LARGEST: Final = 0.1
_SMALL: Final = 3
#: Values of a category that are strata of their own, and the parts of the rows by length.
_CATEGORIES: Final = 50
_LENGTHS: Final = 3
_GOLDEN: Final = 0x9E3779B97F4A7C15


class Share(NamedTuple):
    """How much a side gets: a number of rows, or a share of them."""

    rows: int | None = None
    share: float | None = None

    def of(self, size: int) -> float:
        """Return the share of ``size`` rows."""
        return self.share if self.share is not None else min((self.rows or 0) / max(size, 1), 1.0)

    def __str__(self) -> str:
        return f"{self.rows}" if self.rows is not None else f"{100 * (self.share or 0):g}%"


@mutable
class Sides:
    """Which side each row is on: an index into ``names``, the first of which is ``train``.

    ``limits`` has for each stratum the hash below which a group is on each of the other sides, ``bounds`` are the
    lengths that divide strata, and ``largest`` is the size of a group up to which it may be on another side than
    ``train``: what the next run needs so that rows keep their side.
    """

    names: Sequence[str]
    sides: NDArray[np.int64]
    strata: list[str]
    limits: dict[str, list[float]]
    bounds: list[float]
    largest: int
    category: str | None = None
    leaks: int = 0
    near_prompts: int = 0
    table: pl.DataFrame = field(default_factory=pl.DataFrame)

    def counts(self) -> dict[str, int]:
        """Return the number of rows of each side."""
        sizes = np.bincount(self.sides, minlength=len(self.names)).tolist()
        return dict(zip(self.names, sizes, strict=True))


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
    category = find_category(examples, plan.category_key) or find_label_set(examples, reader.texts)
    bounds = list(earlier["bounds"]) if earlier else _bounds(examples["tokens"])
    strata = _strata(examples, None if category is None else category.values, bounds)
    wanted = [share.of(examples.height) for share in shares.values()]
    least = min((share * examples.height for share in wanted if share), default=0)
    largest = int(earlier["largest"]) if earlier else max(_SMALL, int(_LARGEST * least))
    heads, sizes = np.unique(groups.labels, return_counts=True)
    chance = _hashes(examples["exact"].to_numpy()[heads], seed)
    named = np.array(strata, object)[heads]
    limits: dict[str, list[float]] = {} if earlier is None else {k: list(v) for k, v in earlier["limits"].items()}
    fits = sizes <= largest
    if earlier is None:
        limits = _limits(named, sizes, chance, fits, wanted)
    side = np.zeros(len(heads), np.int64)
    for place, (stratum, each) in enumerate(zip(named.tolist(), chance.tolist(), strict=True)):
        below = limits.get(stratum) or list(np.cumsum(wanted))
        if fits[place]:
            side[place] = next((number for number, limit in enumerate(below, 1) if each < limit), 0)
    if earlier is not None:
        known = _earlier_sides(merged, names, earlier)
        group = np.searchsorted(heads, groups.labels)
        # Of a group with rows of several sides, as few as possible move.
        votes = np.stack([np.bincount(group, known == number, len(heads)) for number in range(len(names))])
        side = np.where(votes.any(axis=0), votes.argmax(axis=0), side)
    of_row = np.zeros(examples.height, np.int64)
    of_row[heads] = side
    key = None if category is None else category.key
    found = Sides(names, of_row[groups.labels], strata, limits, bounds, largest, key)
    found.table = _table(found)
    return found


def reunited(sides: Sides, groups: Groups) -> Sides:
    """Return the same sides, but for groups with rows of several ones, which are in ``train``."""
    heads, group = np.unique(groups.labels, return_inverse=True)
    first = np.full(len(heads), len(sides.names), np.int64)
    last = np.zeros(len(heads), np.int64)
    np.minimum.at(first, group, sides.sides)
    np.maximum.at(last, group, sides.sides)
    found = replace(sides, sides=np.where(first == last, first, 0)[group])
    found.table = _table(found)
    return found


def _earlier_sides(merged: Merged, names: Sequence[str], earlier: Mapping[str, Any]) -> NDArray[np.int64]:
    """Return the side of each row in an earlier run; -1 for a row that it did not have.

    The certificate has the hashes of the rows of all sides but ``train``. What else was read then is in ``train``: rows
    are appended, so these are the first ones of each input.
    """
    exact, files = merged.examples["exact"], merged.examples["file"].to_numpy()
    rows = {each["path"]: int(each["rows"]) for each in earlier.get("inputs", ())}
    read = np.array([rows.get(file_name(file.path), 0) for file in merged.files], np.int64)
    found = np.where(merged.examples["row"].to_numpy() <= read[files], 0, -1)
    for number, name in enumerate(names[1:], 1):
        members = pl.Series(_unpacked(earlier["members"][name]))
        found[exact.is_in(members.implode()).to_numpy()] = number
    return found


def members_of(merged: Merged, sides: Sides) -> dict[str, str]:
    """Return the hashes of the rows of each side but the first, as :func:`divide` needs them of an earlier run."""
    exact = merged.examples["exact"].to_numpy()
    return {
        name: base64.b64encode(np.unique(exact[sides.sides == number]).astype("<u8").tobytes()).decode()
        for number, name in enumerate(sides.names[1:], 1)
    }


def _unpacked(members: str) -> NDArray[np.uint64]:
    return np.frombuffer(base64.b64decode(members, validate=True), "<u8").astype(np.uint64)


def is_certificate(value: Mapping[str, Any], names: Collection[str]) -> bool:
    """Return whether a value has what :func:`divide` needs of an earlier run with these sides but ``train``."""
    try:
        numbers = [
            *value["bounds"],
            value["largest"],
            *(each for limits in value["limits"].values() for each in limits),
        ]
        rows = [(each["path"], each["rows"]) for each in value["inputs"]]
        members = [_unpacked(value["members"][name]) for name in names]
    except (KeyError, TypeError, ValueError, AttributeError):
        return False
    sound = all(type(number) in (int, float) and np.isfinite(number) for number in numbers)
    return sound and len(members) == len(names) and all(type(path) is str and type(n) is int for path, n in rows)


def _limits(
    strata: NDArray[Any],
    sizes: NDArray[np.int64],
    chance: NDArray[np.float64],
    fits: NDArray[np.bool_],
    wanted: Sequence[float],
) -> dict[str, list[float]]:
    """Return the hashes that divide each stratum so that every side gets its share of its rows, as nearly as it can."""
    found: dict[str, list[float]] = {}
    # What one stratum has too much or too little of, the next makes up for.
    owed = [0.0] * len(wanted)
    for stratum in sorted(set(strata.tolist())):
        mine = strata == stratum
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
            # Halfway to the next group, so that the limit itself is nobody's hash.
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


def _strata(examples: pl.DataFrame, values: pl.Series | None, bounds: Sequence[float]) -> list[str]:
    length = np.searchsorted(np.array(bounds), examples["tokens"].to_numpy(), side="left").tolist()
    if values is None:
        return [f"length {part + 1}" for part in length]
    counts = values.drop_nulls().value_counts(sort=True)
    common = set(counts.head(_CATEGORIES)[values.name].to_list())
    named = [value if value in common else None for value in values.to_list()]
    return [
        f"{'other' if value is None else value}, length {part + 1}" for value, part in zip(named, length, strict=True)
    ]


def _table(sides: Sides) -> pl.DataFrame:
    """Return the number of rows on each side by stratum."""
    frame = pl.DataFrame({"stratum": sides.strata, "side": [sides.names[side] for side in sides.sides.tolist()]})
    counted = frame.group_by("stratum", "side").len()
    wide = counted.pivot(on="side", index="stratum", values="len").fill_null(0).sort("stratum")
    return wide.with_columns(pl.lit(0).alias(name) for name in sides.names if name not in wide.columns)
