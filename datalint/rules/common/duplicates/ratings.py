"""Ratings of several people: rows of the same texts that follow one another, each with what one person gave them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, Final

from datalint.api import Dataset, Group, Hit, Severity, excerpt, frozen, others
from datalint.records.canonical import exact_hash
from datalint.rules.common.duplicates.brief import by_file

#: Last words of the names of ratings.
_RATINGS: Final = frozenset("rating ratings score scores grade stars likert judgment judgement".split())
_LONGEST: Final = 40
#: Files, and rows of each, that are looked at, and runs of rows with the same texts at least.
_FILES: Final = 20
_LOOKED_AT: Final = 600
_LEAST_RUNS: Final = 10
#: Ratings of one thing at least; share of runs with the usual number of them, and of those in which ratings differ.
_RATERS: Final = 2
_USUAL: Final = 0.8
_DIFFERING: Final = 0.1
#: Different ratings at least: of two values, one may be a label that was corrected.
_VALUES: Final = 3
#: Numbers from which on there is no rating.
_MOST: Final = 1_000_000


@frozen
class Rated:
    """The key of the ratings of a file, and how many there usually are of the same texts."""

    key: str
    ratings: int


def without_ratings(data: Dataset, groups: Sequence[Group]) -> tuple[list[Group], list[Group]]:
    """Return groups of rows of the same texts in two parts: copies, and what several people gave the same texts.

    Only rows that are next to one another are ratings; the same texts elsewhere are copies.
    """
    rated = data.once(_rated) if groups else {}
    if not rated:
        return list(groups), []
    files = data.examples["file"]
    parts: tuple[list[Group], list[Group]] = ([], [])
    for group in groups:
        first, last = group.rows[0], group.rows[-1]
        found = rated.get(files[first]) if files[first] == files[last] else None
        parts[found is not None and last - first < found.ratings].append(group)
    return parts


def rating_copies(data: Dataset, groups: Sequence[Group], what: str) -> Iterator[Hit]:
    """Yield a note for each file on its groups of ratings; ``what`` says how their rows repeat others."""
    for file, mine in by_file(data, groups).items():
        rated = data.once(_rated)[file]
        rows = sorted(row for group in mine for row in group.rows[1:])
        repeat = f"{len(rows):,} {'row repeats' if len(rows) == 1 else 'rows repeat'}"
        yield Hit(
            f"{repeat} {what}: most texts are in {rated.ratings} consecutive rows, "
            f"as if {rated.ratings} people had given each a '{excerpt(rated.key, 30)}'",
            at=rows[0],
            related=others(rows[1:]),
            severity=Severity.INFO,
            key=f"ratings {file}",
            fixable=False,
        )


def _rated(data: Dataset) -> dict[int, Rated]:
    """Return what the first rows of each file say about ratings, for the files that hold such rows."""
    sizes = Counter(data.examples["file"].to_list()) if len(data.files) > 1 else {0: data.size}
    found, first = {}, 0
    for file, size in [*sizes.items()][:_FILES]:
        rated = _rated_rows(data.records(list(range(first, first + min(size, _LOOKED_AT)))), whole=size <= _LOOKED_AT)
        found.update({file: rated} if rated is not None else {})
        first += size
    return found


def _rated_rows(records: Sequence[Mapping[str, Any]], *, whole: bool) -> Rated | None:
    """Return what rows say about ratings; None if they are no such rows. The last ones may lack some if not ``whole``."""
    keys = [key for key in records[0] if _is_rating(key)] if records else []
    if len(keys) != 1:
        return None
    key = keys[0]
    values = [_number(record.get(key)) for record in records]
    if None in values or len(set(values)) < _VALUES:
        return None
    texts = [exact_hash({name: value for name, value in record.items() if name != key}) for record in records]
    pairs = zip(texts, values, strict=True)
    runs = [[rating for _, rating in run] for _, run in groupby(pairs, key=lambda each: each[0])]
    runs = runs if whole else runs[:-1]
    if len(runs) < _LEAST_RUNS:
        return None
    usual, times = Counter(map(len, runs)).most_common(1)[0]
    differing = sum(len(set(run)) > 1 for run in runs)
    if usual < _RATERS or times < _USUAL * len(runs) or differing < _DIFFERING * len(runs):
        return None
    return Rated(key, usual)


def _is_rating(key: str) -> bool:
    words = re.findall(r"[a-z]+", key.lower()) if len(key) <= _LONGEST else []
    return bool(words) and words[-1] in _RATINGS


def _number(value: Any) -> float | None:
    if isinstance(value, str) and re.fullmatch(r"-?\d{1,6}(?:\.\d{1,6})?", value.strip()):
        value = float(value)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    # An integer may have more digits than a float.
    return float(value) if is_number and abs(value) < _MOST else None
