"""How much text keys hold that nothing reads: counts of a chunk, merged, and grouped by their names."""

from __future__ import annotations

import re
from dataclasses import field
from typing import Final

from datalint.api import NamedTuple, mutable

#: Characters of an answer that is a label, and labels of a dataset.
LABEL_CHARS: Final = 40
_LABELS: Final = 40
#: Share of the rows of a key, and rows, with one label from which the key gives it away, and the most that the label
#: has of all rows.
_GIVEN_AWAY: Final = 0.95
_LEAST_ROWS: Final = 10
_NOT_ALL: Final = 0.8

#: Keys of prompts that are kept.
_ASKED: Final = 40

#: Answers and their rows; None if one is no label, or they are too many.
Labels = dict[str, int] | None


class Seen(NamedTuple):
    """A key: rows, characters, the first row, and the ``--columns`` line, if any, with what it is for.

    ``names`` are the keys that prompts and responses are read from with that line, if it leaves out all others.
    ``same`` is the checksum of the text that all rows have, None where they differ.
    """

    rows: int
    chars: int
    first: int
    columns: str = ""
    how: str = ""
    names: tuple[str, ...] = ()
    same: int | None = None


@mutable
class UnreadCounts:
    """Keys that nothing reads, at most ``most``, with the characters of all turns of their rows.

    ``answers`` are the labels of all rows, and ``labels`` those of the rows of each key. ``asked`` are the keys that
    prompts are read from, None for too many.
    """

    rows: int
    most: int
    keys: dict[str, Seen] = field(default_factory=dict)
    read: dict[str, int] = field(default_factory=dict)
    answers: Labels = field(default_factory=dict)
    labels: dict[str, Labels] = field(default_factory=dict)
    asked: frozenset[str] | None = frozenset()

    def leaves_out(self, seen: Seen) -> bool:
        """Return whether the line of a key would leave out what the prompts of other rows are read from."""
        return bool(seen.names) and (self.asked is None or not self.asked.issubset(seen.names))


class Series(NamedTuple):
    """A key, or several that differ only in a number, with the characters of the turns of their rows."""

    keys: tuple[str, ...]
    seen: Seen
    read: int

    @property
    def share(self) -> float:
        return self.seen.chars / max(self.seen.chars + self.read, 1)


def series_of(found: UnreadCounts) -> list[Series]:
    """Return the keys, grouped if they differ only in a number: two answers of a row are more text than either."""
    by_stem: dict[str, list[str]] = {}
    for key in sorted(found.keys):
        by_stem.setdefault(re.sub(r"[0-9]+", "#", key), []).append(key)
    groups: list[Series] = []
    for keys in by_stem.values():
        each = [found.keys[key] for key in keys]
        seen = Seen(max(one.rows for one in each), sum(one.chars for one in each), min(one.first for one in each))
        seen = each[0] if len(each) == 1 else seen
        groups.append(Series(tuple(keys), seen, max(found.read[key] for key in keys)))
    return groups


def merged(one: UnreadCounts, other: UnreadCounts) -> UnreadCounts:
    """Add up; rows of ``other`` come after those of ``one``."""
    answers = add_labels(one.answers, other.answers)
    asked = asked_of(one.asked, other.asked)
    joined = UnreadCounts(
        one.rows + other.rows, one.most, dict(one.keys), dict(one.read), answers, dict(one.labels), asked
    )
    for key, seen in other.keys.items():
        add(joined, key, seen._replace(first=seen.first + one.rows), other.read[key], other.labels[key])
    bound(joined)
    return joined


def asked_of(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    """Join the keys that prompts are read from; None for too many. Associative."""
    both = None if one is None or other is None else one | other
    return None if both is None or len(both) > _ASKED else both


def add_labels(one: Labels, other: Labels) -> Labels:
    """Add up the rows of labels. Associative."""
    if one is None or other is None:
        return None
    both = dict(one)
    for label, rows in other.items():
        both[label] = both.get(label, 0) + rows
    if len(both) > _LABELS or any(len(label) > LABEL_CHARS for label in both):
        return None
    return dict(sorted(both.items()))


def given_away(found: UnreadCounts, key: str) -> str | None:
    """Return the label that nearly all rows of a key have, and not nearly all rows; None if there is none."""
    all_rows, rows = found.answers, found.labels.get(key)
    if not all_rows or not rows or len(all_rows) == 1:
        return None
    label = max(rows, key=lambda each: (rows[each], each))
    whole, mine = sum(all_rows.values()), sum(rows.values())
    is_given = mine >= _LEAST_ROWS and rows[label] >= _GIVEN_AWAY * mine and all_rows[label] <= _NOT_ALL * whole
    return label if is_given else None


def add(found: UnreadCounts, key: str, seen: Seen, read: int, labels: Labels) -> None:
    """Add the counts of a key to those of the rows before."""
    known = found.keys.get(key)
    if known is not None:
        first = min(known, seen, key=lambda each: each.first)
        same = known.same if known.same == seen.same else None
        seen = first._replace(rows=known.rows + seen.rows, chars=known.chars + seen.chars, same=same)
    found.keys[key] = seen
    found.read[key] = found.read.get(key, 0) + read
    found.labels[key] = add_labels(found.labels.get(key, {}), labels)


def bound(found: UnreadCounts) -> None:
    """Keep the first keys by name: a choice that is the same however chunks are merged."""
    if len(found.keys) > found.most:
        names = sorted(found.keys)[: found.most]
        found.keys = {name: found.keys[name] for name in names}
        found.read = {name: found.read[name] for name in names}
        found.labels = {name: found.labels[name] for name in names}
