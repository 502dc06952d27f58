"""Near-duplicates by brute force: every two texts, by what they have in common. Knows nothing of the search."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence, Set
from pathlib import Path
from typing import Any

import numpy as np

Pairs = dict[tuple[int, int], float]
#: Names of files that hold rows.
_ROWS = (".jsonl", ".json", ".csv", ".parquet", ".jsonl.gz", ".txt")


def shingles(text: str, size: int = 5) -> frozenset[str]:
    """Return the runs of ``size`` characters of a text, or the whole of a shorter one."""
    return frozenset(text[i : i + size] for i in range(max(len(text) - size + 1, 1))) if text else frozenset()


def alike(sets: Sequence[Set[Hashable]], threshold: float) -> Pairs:
    """Return the Jaccard similarity of every two sets that reaches ``threshold``; of empty sets none."""
    holders: dict[Hashable, list[int]] = {}
    for number, each in enumerate(sets):
        for item in each:
            holders.setdefault(item, []).append(number)
    arrays = {item: np.array(numbers, np.int32) for item, numbers in holders.items() if len(numbers) > 1}
    sizes = np.array([len(each) for each in sets], np.int64)
    found: Pairs = {}
    for number, each in enumerate(sets):
        lists: list[Any] = [arrays[item] for item in each if item in arrays]
        if not lists:
            continue
        shared = np.bincount(np.concatenate(lists), minlength=len(sets))[number + 1 :]
        similarity = shared / (sizes[number] + sizes[number + 1 :] - shared)
        for other in np.flatnonzero(similarity >= threshold).tolist():
            found[number, number + 1 + other] = float(similarity[other])
    return found


def files(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder that hold rows; tables of what is true of them are none."""
    for path in sorted(folder.rglob("*")):
        if path.name.endswith(_ROWS) and path.is_file() and not path.name.startswith(("truth", "INDEX", "README")):
            yield path
