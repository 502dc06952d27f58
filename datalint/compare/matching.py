"""Match old and new rows by content, never by line number.

The most reliable criterion comes first: the canonical row, then its text under any keys, then a verified
near-duplicate, then a prompt or response that only a few rows share, the same number on both sides. Each row is
matched once, equal rows in order.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import polars as pl

from datalint.compare.keys import BLOCK
from datalint.compare.model import Level
from datalint.compare.writing import folded
from datalint.engine.execute.row_reader import Reader, Readers
from datalint.records.canonical import as_text, exact_hash
from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from datalint.engine.run import Examined
    from datalint.neardup import Pairs

#: The maximum number of rows with one prompt, or one response, that are paired in order. A prompt that more rows share
#: is a template, such a response a label.
_FEW: Final = 8
#: The length that a response must exceed to identify its row; shorter ones may be labels.
_TELLING: Final = 40


class RowMatch(NamedTuple):
    """An old and a new row that belong together, by index in the run."""

    old: int
    new: int
    level: Level
    similarity: float | None = None


@dataclass(slots=True)
class Matches:
    """``matched`` is in the order of the new rows; ``copies`` are added rows with the old row that they duplicate."""

    matched: list[RowMatch] = field(default_factory=list)
    added: list[int] = field(default_factory=list)
    removed: list[int] = field(default_factory=list)
    copies: list[RowMatch] = field(default_factory=list)
    near: bool = True


def match_rows(old: Examined, new: Examined) -> Matches:
    """Match the rows of two runs of one plan.

    Near-duplicates are searched only if a rule of the plan needs them (``Matches.near``).
    """
    left = _keyed(old.training.examples)
    right = _keyed(new.training.examples)
    matcher = _Matcher(left, right)
    for level, keys in (
        (Level.EXACT, ["exact"]),
        (Level.NORMALIZED, ["normalized"]),
        (Level.TEXT, ["text"]),
        (Level.WORDS, ["prompt_hash", "response_hash"]),
    ):
        matcher.by_key(level, keys)
    matcher.by_values(old.reader, new.reader)
    matches = Matches(near=old.training.sketches is not None and new.training.sketches is not None)
    near = _near(old, new, matcher.fresh()) if len(matcher.fresh()) and left.height and matches.near else None
    if near is not None:
        matcher.by_pairs(near)
    matcher.by_few(Level.PROMPT, "prompt_hash", pl.col("prompt_chars") > 0)
    matcher.by_few(Level.RESPONSE, "response_hash", pl.col("response_chars") > _TELLING)
    matches.matched = sorted(matcher.found, key=lambda match: match.new)
    matches.added, matches.removed = matcher.fresh().tolist(), matcher.gone().tolist()
    matches.copies = _copies(left, right, matches.added, near)
    return matches


def moved_rows(matched: Iterable[RowMatch]) -> int:
    """Return the smallest number of matched rows that must move to turn the old order into the new one.

    That is their number minus the length of the longest increasing subsequence of old positions (patience sorting).
    """
    tails: list[int] = []
    size = 0
    for match in matched:
        size += 1
        at = bisect_left(tails, match.old)
        tails[at : at + 1] = [match.old]
    return size - len(tails)


def _keyed(examples: pl.DataFrame) -> pl.DataFrame:
    return examples.select(
        pl.int_range(pl.len(), dtype=pl.Int64).alias("i"),
        "exact",
        "normalized",
        # `normalized` is the hash of the text XOR `identity`, so a second XOR removes `identity` again.
        (pl.col("normalized") ^ pl.col("identity")).alias("text"),
        "prompt_hash",
        "response_hash",
        "prompt_chars",
        "response_chars",
    )


@dataclass(frozen=True, slots=True)
class _Near:
    """Verified pairs of the ``size`` old rows with the new rows ``fresh``, which are numbered from ``size`` on."""

    pairs: Pairs
    size: int
    fresh: NDArray[np.int64]

    def old(self) -> Callable[[int], list[int]]:
        """Return a function that maps the first of identical old rows to all of them."""
        members = _classes(self.pairs.classes[: self.size])
        return lambda row: members(row).tolist()

    def new(self) -> Callable[[int], list[int]]:
        """Return a function that maps a pair's second row to all new rows identical to it, as rows of the new run."""
        members = _classes(self.pairs.classes[self.size :] - self.size)
        return lambda row: self.fresh[members(row - self.size)].tolist()


class _Matcher:
    """Matches rows and keeps track of those that have no partner yet."""

    def __init__(self, old: pl.DataFrame, new: pl.DataFrame) -> None:
        self._frames = (old, new)
        self._open = (np.ones(old.height, np.bool_), np.ones(new.height, np.bool_))
        self.found: list[RowMatch] = []

    def fresh(self) -> NDArray[np.int64]:
        """Return the new rows without a partner."""
        return np.flatnonzero(self._open[1])

    def gone(self) -> NDArray[np.int64]:
        """Return the old rows without a partner."""
        return np.flatnonzero(self._open[0])

    def by_key(self, level: Level, keys: Sequence[str]) -> None:
        """Match rows with equal values of all ``keys``."""
        allowed = (pl.col("prompt_chars") + pl.col("response_chars") > 0) | pl.lit(level is Level.EXACT)
        self._join(level, [frame.filter(allowed).select("i", *keys) for frame in self._left()], keys)

    def by_few(self, level: Level, key: str, allowed: pl.Expr) -> None:
        """Match rows by a ``key`` that few rows have: as many, and as many without a partner, on both sides."""
        sizes = [pl.len().over(key).alias("all"), pl.col("open").sum().over(key).alias("left")]
        frames = [
            frame.filter(allowed)
            .with_columns(pl.Series("open", mask).filter(frame.select(allowed).to_series()))
            .with_columns(sizes)
            .filter("open", pl.col("all") <= _FEW)
            .select("i", key, "all", "left")
            for frame, mask in zip(self._frames, self._open, strict=True)
        ]
        self._join(level, frames, [key, "all", "left"])

    def by_values(self, old: Reader, new: Reader) -> None:
        """Match rows with the same texts and numbers, ignoring keys, white space, escapes and case."""
        gone, fresh = self.gone(), self.fresh()
        if len(gone) and len(fresh):
            sides = ((gone, old), (fresh, new))
            frames = [pl.DataFrame({"i": rows, "values": _value_keys(rows, reader)}) for rows, reader in sides]
            self._join(Level.VALUES, [frame.drop_nulls() for frame in frames], ["values"])

    def by_pairs(self, near: _Near) -> None:
        """Match verified near-duplicates, the most similar first, then by position."""
        pairs, old, new = near.pairs, near.old(), near.new()
        order = np.lexsort((pairs.second, pairs.first, -pairs.similarity))
        columns = (pairs.first[order].tolist(), pairs.second[order].tolist(), pairs.similarity[order].tolist())
        for first, second, similarity in zip(*columns, strict=True):
            olds = [row for row in old(first) if self._open[0][row]]
            news = [row for row in new(second) if self._open[1][row]]
            for one, other in zip(olds, news, strict=False):
                self._pair(RowMatch(one, other, Level.NEAR, similarity))

    def _left(self) -> list[pl.DataFrame]:
        return [frame.filter(pl.Series(mask)) for frame, mask in zip(self._frames, self._open, strict=True)]

    def _join(self, level: Level, frames: Sequence[pl.DataFrame], keys: Sequence[str]) -> None:
        nth = pl.int_range(pl.len()).over(*keys).alias("nth")
        old, new = (frame.with_columns(nth) for frame in frames)
        joined = old.join(new, on=[*keys, "nth"], how="inner", suffix="_new")
        for one, other in joined.select("i", "i_new").sort("i_new").iter_rows():
            self._pair(RowMatch(one, other, level))

    def _pair(self, match: RowMatch) -> None:
        self._open[0][match.old] = self._open[1][match.new] = False
        self.found.append(match)


def _value_keys(rows: NDArray[np.int64], reader: Reader) -> pl.Series:
    """Return a hash of each row's non-empty values that ignores their order and spelling; null without values."""
    keys: list[int | None] = []
    for start in range(0, len(rows), BLOCK):
        for record in reader.records(rows[start : start + BLOCK]):
            values = sorted(folded(as_text(value)) for value in leaves(record))
            keys.append(exact_hash(values) if values else None)
    return pl.Series(keys, dtype=pl.UInt64)


def leaves(record: Any) -> Iterable[Any]:
    """Yield every non-empty value inside a record, at any depth."""
    stack = [record]
    while stack:
        item = stack.pop()
        if isinstance(item, dict):
            stack += item.values()
        elif isinstance(item, list):
            stack += item
        elif item not in ("", None):
            yield item


def _classes(firsts: NDArray[np.int64]) -> Callable[[int], NDArray[np.int64]]:
    """Return a function that maps the first row of a class to all its rows."""
    order = np.argsort(firsts, kind="stable")
    starts = np.searchsorted(firsts[order], np.arange(len(firsts) + 1))
    return lambda row: order[starts[row] : starts[row + 1]]


def _near(old: Examined, new: Examined, fresh: NDArray[np.int64]) -> _Near:
    from datalint.neardup import Query, Shingling, Sketches, find_pairs

    assert old.training.sketches is not None
    assert new.training.sketches is not None
    before, after = old.training.sketches.sketches, new.training.sketches.sketches
    near, size = old.plan.near, len(before)
    both = Readers(old.reader, new.reader, size)
    rows = np.concatenate([np.arange(size), fresh + size])
    normalized = [each.training.examples["normalized"].to_numpy() for each in (old, new)]
    pairs = find_pairs(
        Sketches.concat([before, Sketches(after.signatures[fresh], after.sizes[fresh])]),
        lambda wanted: both.parts(rows[wanted], near.view),
        Query(
            near.threshold,
            Shingling.parse(near.shingle),
            identical=np.concatenate([normalized[0], normalized[1][fresh]]),
            groups=np.repeat(np.array([0, 1], dtype=np.uint8), [size, len(fresh)]),
            kernels=new.reader.kernels,
        ),
    )
    return _Near(pairs, size, fresh)


def _copies(old: pl.DataFrame, new: pl.DataFrame, added: Sequence[int], near: _Near | None) -> list[RowMatch]:
    """Return the old row that each added row duplicates most closely, if there is one."""
    found: dict[int, RowMatch] = {}
    rows = new.filter(pl.col("i").is_in(added))
    for level in (Level.EXACT, Level.NORMALIZED):
        firsts = old.select(pl.col("i").alias("was"), level.value).unique(level.value, keep="first")
        for row, was in rows.join(firsts, on=level.value).select("i", "was").iter_rows():
            found.setdefault(row, RowMatch(was, row, level, 1.0))
    if near is not None:
        _add_near(near, set(added), found)
    return [found[row] for row in sorted(found)]


def _add_near(near: _Near, added: set[int], found: dict[int, RowMatch]) -> None:
    best: dict[int, tuple[int, float]] = {}
    pairs, members = near.pairs, near.new()
    for first, second, similarity in zip(
        pairs.first.tolist(), pairs.second.tolist(), pairs.similarity.tolist(), strict=True
    ):
        if second not in best or similarity > best[second][1]:
            best[second] = (first, similarity)
    for second, (first, similarity) in best.items():
        for row in members(second):
            if row in added:
                found.setdefault(row, RowMatch(first, row, Level.NEAR, similarity))
