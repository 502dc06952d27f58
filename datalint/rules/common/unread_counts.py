"""How much text keys hold that nothing reads: counts of a chunk, merged, and grouped by their names."""

from __future__ import annotations

import re
from dataclasses import field

from datalint.api import NamedTuple, mutable


class Seen(NamedTuple):
    """A key: rows, characters, the first row, and the ``--columns`` line, if any, with what it is for."""

    rows: int
    chars: int
    first: int
    columns: str = ""
    how: str = ""


@mutable
class UnreadCounts:
    """Keys that nothing reads, at most ``most``, with the characters of all turns of their rows."""

    rows: int
    most: int
    keys: dict[str, Seen] = field(default_factory=dict)
    read: dict[str, int] = field(default_factory=dict)


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
    joined = UnreadCounts(one.rows + other.rows, one.most, dict(one.keys), dict(one.read))
    for key, seen in other.keys.items():
        add(joined, key, seen._replace(first=seen.first + one.rows), other.read[key])
    bound(joined)
    return joined


def add(found: UnreadCounts, key: str, seen: Seen, read: int) -> None:
    """Add the counts of a key to those of the rows before."""
    known = found.keys.get(key)
    if known is not None:
        first = min(known, seen, key=lambda each: each.first)
        seen = first._replace(rows=known.rows + seen.rows, chars=known.chars + seen.chars)
    found.keys[key] = seen
    found.read[key] = found.read.get(key, 0) + read


def bound(found: UnreadCounts) -> None:
    """Keep the first keys by name: a choice that is the same however chunks are merged."""
    if len(found.keys) > found.most:
        names = sorted(found.keys)[: found.most]
        found.keys = {name: found.keys[name] for name in names}
        found.read = {name: found.read[name] for name in names}
