"""Names that number the rows within each class, such as ``018.txt`` in a folder for each topic: no name of a thing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

#: Pairs of rows with one name that are looked at, at most, and of these with one class, as many by chance at least.
_MOST_PAIRS: Final = 1_000
_BY_CHANCE: Final = 10
#: Classes at most, and rows of one on average at least.
_CLASSES: Final = 50
_ROWS: Final = 5
#: Characters of a text that are looked at, and how many times as many of their words texts of one thing share.
_CHARS: Final = 2_000
_ABOVE: Final = 1.2

Pair = tuple[Mapping[str, Any], Mapping[str, Any]]


def numbers_classes(key: str, rows: Iterable[tuple[str, Mapping[str, Any]]]) -> bool:
    """Return whether rows with one name share neither a class nor, more than any other rows do, words.

    ``rows`` are the names under ``key`` with the records that have them. Without a class, the names may be of anything.
    """
    by_name: dict[str, list[Mapping[str, Any]]] = {}
    for name, record in rows:
        by_name.setdefault(name, []).append(record)
    pairs = [pair for each in by_name.values() for pair in pairwise(each)][:_MOST_PAIRS]
    records = [record for each in by_name.values() for record in each]
    if not records or not any(_never_share(each, pairs, records) for each in records[0]):
        return False
    # Rows of one name are next to each other.
    others = [(one, pairs[place - len(pairs) // 2][1]) for place, (one, _) in enumerate(pairs)]
    return _shared(pairs, key) <= _ABOVE * _shared(others, key)


def _never_share(
    key: str, pairs: Sequence[tuple[Mapping[str, Any], ...]], records: Sequence[Mapping[str, Any]]
) -> bool:
    """Whether a key has classes, and no pair of rows has one of these in common, as some would by chance."""
    classes = Counter(value for record in records if isinstance(value := record.get(key), str))
    if not 1 < len(classes) <= _CLASSES or classes.total() < _ROWS * len(classes):
        return False
    chance = sum((count / len(records)) ** 2 for count in classes.values())
    return chance * len(pairs) >= _BY_CHANCE and not any(one.get(key) == other.get(key) for one, other in pairs)


def _shared(pairs: Sequence[Pair], key: str) -> float:
    """Return the share of the words of the shorter one that two rows have in common but for a key, on average."""
    words = [(_words(one, key), _words(other, key)) for one, other in pairs]
    return sum(len(one & other) / (min(len(one), len(other)) or 1) for one, other in words) / len(words)


def _words(record: Mapping[str, Any], key: str) -> set[str]:
    texts = (value[:_CHARS].lower() for each, value in record.items() if isinstance(value, str) and each != key)
    return {word for text in texts for word in re.findall(r"\w+", text)}
