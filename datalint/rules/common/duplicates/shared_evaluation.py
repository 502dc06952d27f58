"""Rows that two evaluation sets have in common, such as those for development and for tests: one finding."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final

import polars as pl

from datalint.api import Dataset, Hit, Places, Severity, counted, empty_rows, listed, printable
from datalint.rules.common.duplicates.numbers import UNKNOWN

#: Characters from which a text is more than what several people write. Shorter ones count from this share of a file
#: and more rows than this, as those of ``leaked-example`` do.
_LONG: Final = 30
_SHARE: Final = 0.03
_FEW: Final = 5
#: Rows of a file at least of which a copy is named, and files whose content is compared.
_LEAST: Final = 10
_COMPARED: Final = 100
#: Sets that are compared with each other.
_MOST: Final = 8
#: Share of a file from which it is a part of the other one by design, if that has so many times its rows.
_PART: Final = 0.9
_LARGER: Final = 1.5


def shared_evaluation(data: Dataset) -> Iterator[Hit]:
    """Yield one hit for two evaluation sets that are one file, or for those with most rows in common.

    It is a note if these are few, as any two samples of one source may have, or if one set is a part of the other.
    """
    held = data.evaluation
    if (same := _same_file(data)) is not None:
        yield same
        return
    # Files whose names differ in numbers only are parts of one set.
    names = [re.sub("[0-9]+", "0", file.path) for file in data.evaluation_files]
    if held is None or not 1 < len({*names}) <= _MOST:
        return
    # Texts that are empty in both are reported as such, and rows of unknown shape may be ids and labels alone.
    held = held.filter(pl.col("shape") != UNKNOWN)
    size_of_text = pl.max_horizontal("prompt_chars", "response_chars").alias("size")
    rows = held.filter(~empty_rows(held)).select("normalized", "file", "i", size_of_text)
    sets = [
        rows.filter(pl.col("file").is_in([number for number, each in enumerate(names) if each == name]))
        for name in dict.fromkeys(names)
    ]
    found = [pair for one, other in combinations(sets, 2) if (pair := _common(one, other)).height]
    if not found:
        return
    most = max(found, key=lambda pair: pair.height)
    places = Places(data)
    pairs = most.select("i", "i_right").head(2).iter_rows()
    named = listed((f"{places.of_evaluation(i)} is {places.of_evaluation(j)}" for i, j in pairs), most.height, 2)
    size = _size_of(sets, most["file"][0])
    others = counted(len(found) - 1, "other pair")
    more = f"; {others} of files {'has' if len(found) == 2 else 'have'} such rows" if len(found) > 1 else ""
    is_part = most.height >= _PART * size and _size_of(sets, most["file_right"][0]) >= _LARGER * size
    advice = "" if is_part else "; leave each in one of the two"
    yield Hit(
        f"{most.height:,} of {size:,} rows of an evaluation file are in another one too: {named}{more}{advice}",
        severity=Severity.INFO if is_part or not _are_many(most, size) else Severity.WARNING,
        key="shared evaluation",
        fixable=False,
    )


def _same_file(data: Dataset) -> Hit | None:
    """Return the hit for the largest two evaluation sets that are one file, read or not; None if there are none."""
    # Several lists of one file have its name and its checksum.
    named = {file.path: file for file in data.evaluation_files if file.sha256 and file.rows_read >= _LEAST}
    files = [*named.values()]
    pairs = [(one, other) for one, other in combinations(files[:_COMPARED], 2) if one.sha256 == other.sha256]
    if not pairs:
        return None
    one, other = max(pairs, key=lambda pair: pair[0].rows_read)
    more = f"; {counted(len(pairs) - 1, 'other pair')} of files too" if len(pairs) > 1 else ""
    return Hit(
        f"{printable(one.path)} and {printable(other.path)} are one file: its {one.rows_read:,} evaluation rows count"
        f" twice{more}; leave one out",
        severity=Severity.WARNING,
        key="shared evaluation",
        fixable=False,
    )


def _common(one: pl.DataFrame, other: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of the smaller file that the other one has too, with the first such row (``i_right``)."""
    small, large = sorted((one, other), key=lambda rows: rows.height)
    both = small.join(large.unique("normalized", keep="first"), on="normalized", how="inner", maintain_order="left")
    if _are_many(both, small.height):
        return both
    return both.filter((pl.col("size") == 0) | (pl.col("size") >= _LONG))


def _size_of(sets: Sequence[pl.DataFrame], file: int) -> int:
    """Return how many rows the set has that a file belongs to."""
    return next(each.height for each in sets if file in each["file"])


def _are_many(both: pl.DataFrame, size: int) -> bool:
    return both.height > max(_SHARE * size, _FEW)
