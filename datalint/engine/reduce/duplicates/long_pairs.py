"""Pairs in long form: each id has one row of each label, such as a sentence before and after it was simplified.

A row is one side of a pair then. A text that several pairs have, such as a source with several rewritings, is no copy:
without it, the other side would stand alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import polars as pl

from datalint.engine.reduce.duplicates.running_text import words_of
from datalint.support.duplicates import has_more
from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from datalint.engine.execute.row_reader import Reader

#: Labels of a pair at most, the share of rows that pairs of which a row is missing may leave over, and pairs at least.
_LABELS: Final = 4
_LEFT: Final = 0.02
_LEAST: Final = 20
#: Rows in which a key of pairs is looked for first, pairs whose texts are compared, and another pair, some places away.
_FIRST: Final = 2_000
_COMPARED: Final = 200
_AWAY: Final = 7
#: The share of its words that a text has in common with the other side at least, and how many times as many as with
#: another pair. Ids that are numbered anew for each label have neither.
_COMMON: Final = 0.3
_MORE: Final = 1.5


class LongPairs(NamedTuple):
    """Pairs in long form: the ``key`` of their id, and for each row the number of its pair, -1 for none."""

    key: str
    pair: NDArray[np.int64]


def find_long_pairs(examples: pl.DataFrame, reader: Reader) -> LongPairs | None:
    """Return the pairs of labelled texts, if rows are sides of pairs; otherwise None."""
    if examples.height < 2 * _LEAST or has_more(examples["response_hash"], _LABELS):
        return None
    counts = examples["response_hash"].value_counts()["count"].to_list()
    sides = len(counts)
    if sides == 1 or max(counts) - min(counts) > _LEFT * examples.height:
        return None
    if examples["shape"].n_unique() > 1 or not (examples["prompt_chars"] > 0).all():
        return None
    labels = examples["response_hash"].to_numpy()
    first = reader.records(range(min(examples.height, _FIRST)))
    # A prompt of several columns has one that rows share, such as what is claimed and what it is claimed of.
    if reader.texts([0])[0].prompt not in first[0].values():
        return None
    for key in first[0]:
        pair = _numbered(first, key)
        if _are_pairs(pair, labels[: len(first)], sides) and _are_alike(pair, reader):
            starts = range(0, examples.height, _FIRST)
            every = (reader.records(range(start, min(start + _FIRST, examples.height))) for start in starts)
            whole = pair if len(first) == examples.height else _numbered(chain.from_iterable(every), key)
            return LongPairs(key, whole) if _are_pairs(whole, labels, sides) else None
    return None


def repeated_pairs(pairs: LongPairs, anchors: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which rows are of a pair whose sides all repeat those of one earlier pair."""
    rows = pl.DataFrame({"pair": pairs.pair, "anchor": anchors}).with_row_index("row").filter(pl.col("pair") >= 0)
    sides = rows.sort("anchor").group_by("pair", maintain_order=True).agg("anchor", pl.col("row").min())
    again = sides.sort("row").filter(~pl.col("anchor").is_first_distinct())["pair"]
    found: NDArray[np.bool_] = np.isin(pairs.pair, again.to_numpy())
    return found


def _numbered(records: Iterable[Mapping[str, Any]], key: str) -> NDArray[np.int64]:
    """Return the number of the value that each row has under a key, -1 for none."""
    known: dict[str, int] = {}
    values = (record.get(key) for record in records)
    numbers = [known.setdefault(str(value), len(known)) if isinstance(value, str | int) else -1 for value in values]
    return np.array(numbers, np.int64)


def _are_pairs(pair: NDArray[np.int64], labels: NDArray[np.uint64], sides: int) -> bool:
    """Whether nearly all values have one row of each label."""
    has = pair >= 0
    table = pl.DataFrame({"pair": pair[has], "label": labels[has]}).group_by("pair")
    found = table.agg(pl.len().alias("rows"), pl.col("label").n_unique())
    complete = int(found.select((pl.col("rows") == sides) & (pl.col("label") == sides)).to_series().sum())
    return complete >= max(_LEAST, (1 - _LEFT) * len(pair) / sides)


def _are_alike(pair: NDArray[np.int64], reader: Reader) -> bool:
    """Whether the texts of a pair have more words in common than those of pairs some places away."""
    order = np.argsort(pair, kind="stable")
    starts = np.flatnonzero(np.diff(pair[order], prepend=-1))[: _COMPARED + _AWAY]
    starts = starts[starts + 1 < len(order)]
    sides = [[words_of(text.prompt) for text in reader.texts(order[starts + side].tolist())] for side in (0, 1)]
    own, other = (
        [len(one & two) / max(min(len(one), len(two)), 1) for one, two in zip(sides[0], sides[1][away:], strict=False)]
        for away in (0, _AWAY)
    )
    return bool(other) and float(np.mean(own)) >= max(_COMMON, _MORE * float(np.mean(other)))
