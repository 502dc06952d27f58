"""Files with versions of the same rows: the same ids, and other texts, such as tests at several levels of noise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from datalint.support.distinct import evenly_spaced
from datalint.support.lazy_pattern import lazy_pattern

if TYPE_CHECKING:
    from datalint.records.dataset import Dataset

#: Rows of a file at least, places of which rows are read, the share of them that differ, and files that are compared.
_LEAST: Final = 20
_READ: Final = 12
_DIFFER: Final = 0.5
_FILES: Final = 10
#: The name of an id.
_ID: Final = lazy_pattern(r"(?i)(?:.{0,30}[^a-z])?(?:q|u|uu|gu)?id(?:x|entifier)?")
#: Characters of a text that two versions of a row have in common, and how deep and how many texts are looked at.
_LONG: Final = 20
_DEEPEST: Final = 4
_TEXTS: Final = 50


def version_files(dataset: Dataset) -> tuple[int, ...]:
    """Return the numbers of files with as many rows, of the same ids and some of the same texts at the same places.

    Of more than ten such files, the first ones are compared, and the others taken to be like these.
    """
    if len(dataset.files) < 2:
        return ()
    files, starts, counts = np.unique(dataset.examples["file"].to_numpy(), return_index=True, return_counts=True)
    for count in sorted({int(each) for each in counts if each >= _LEAST}, reverse=True):
        every = np.flatnonzero(counts == count)
        alike = every[:_FILES]
        if len(alike) < 2:
            continue
        steps = evenly_spaced(count, _READ)
        rows = np.concatenate([starts[each] + steps for each in alike]).tolist()
        records = dataset.records(rows)
        parts = [records[at : at + len(steps)] for at in range(0, len(records), len(steps))]
        if all(_are_versions(one, other) for one, other in pairwise(parts)):
            return tuple(files[every].tolist())
    return ()


def _are_versions(some: Sequence[Mapping[str, Any]], others: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether the rows of two files have the same ids, one of their texts in common, and mostly other values."""
    ids = [key for key in some[0] if len(key) <= _LONG * 2 and _ID.fullmatch(key)]
    same = any(
        len({str(one.get(key)) for one in some}) == len(some)
        and all(one.get(key) == other.get(key) for one, other in zip(some, others, strict=True))
        for key in ids
    )
    if not same or sum(one != other for one, other in zip(some, others, strict=True)) < _DIFFER * len(some):
        return False
    shared = [set(_texts(one)) & set(_texts(other)) for one, other in zip(some, others, strict=True)]
    # A text that all rows have, such as a system prompt, says nothing.
    return all(each - shared[place - 1] for place, each in enumerate(shared))


def _texts(value: Any, depth: int = 0) -> Iterator[str]:
    """Yield the long texts in a value."""
    if isinstance(value, str):
        if len(value) >= _LONG:
            yield value
    elif isinstance(value, dict | list) and depth < _DEEPEST:
        for inner in list(value.values() if isinstance(value, dict) else value)[:_TEXTS]:
            yield from _texts(inner, depth + 1)
