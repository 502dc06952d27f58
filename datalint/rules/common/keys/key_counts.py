"""How many rows, or messages, have each key, merged over chunks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import field
from itertools import chain, compress
from typing import Final

from datalint.api import Alike, NamedTuple, Structure, mutable

_LONGEST: Final = 100
_Sets = dict[tuple[str, ...], list[int]]


class Seen(NamedTuple):
    """A key: how many have it, the first row that has it, and the first that lacks it (None for none)."""

    total: int
    first: int
    missing: int | None


@mutable
class KeyGroup:
    """The rows of one shape, or their messages: how many, the first row, and each key."""

    total: int
    first: int
    keys: dict[str, Seen]


@mutable
class KeyCounts:
    """``groups`` by (shape, ``row`` or ``message``) of ``rows`` rows, of each the first ``most`` keys by name."""

    rows: int
    most: int
    groups: dict[tuple[str, str], KeyGroup] = field(default_factory=dict)


def count_keys(shapes: Sequence[str], structure: Structure, most: int) -> KeyCounts:
    """Count the keys of every row of known shape and of its messages; ``shapes`` are the rows' names of shapes.

    Equal sets of keys are counted first and taken apart at the end, as there are few of them.
    """
    sets: dict[str, dict[str, _Sets]] = {}
    names = set(shapes)
    for group in structure.groups:
        for shape, places in _by_shape(group.rows, shapes, names).items():
            units = sets.setdefault(shape, {"row": {}, "message": {}})
            _count(units["row"], group.keys, group.rows[places[0]], len(places))
            if shape != "unknown":
                _count_messages(units["message"], structure, group, places)
    sets.pop("unknown", None)
    groups = {
        (shape, unit): _group(counts, most) for shape, units in sets.items() for unit, counts in units.items() if counts
    }
    return KeyCounts(len(shapes), most, groups)


def _by_shape(rows: Sequence[int], shapes: Sequence[str], names: Set[str]) -> Mapping[str, Sequence[int]]:
    """Return the places in ``rows`` of the rows of each shape; ``names`` are the different values of ``shapes``."""
    if len(names) == 1:
        return dict.fromkeys(names, range(len(rows)))
    found: dict[str, list[int]] = {}
    for place, row in enumerate(rows):
        found.setdefault(shapes[row], []).append(place)
    return found


def add_counts(one: KeyCounts, other: KeyCounts) -> KeyCounts:
    """Add up; rows of ``other`` come after those of ``one``. Associative."""
    groups = dict(one.groups)
    for name, theirs in other.groups.items():
        moved = _moved(theirs, one.rows)
        groups[name] = _joined(groups[name], moved, one.most) if name in groups else moved
    return KeyCounts(one.rows + other.rows, one.most, groups)


def _count_messages(counts: _Sets, structure: Structure, group: Alike, places: Sequence[int]) -> None:
    # Two keys are a speaker and a text; what else they may be, the shape's schema reports.
    items = structure.items(group, "messages") if "conversations" not in group.keys else None
    if items is not None and len(items.keys) == 2 and len(places) == len(group.rows):
        _count(counts, (), items.rows[0], len(items.rows))
        return
    columns = [group.column(key) for key in ("messages", "conversations") if key in group.keys]
    if not columns:
        return
    column = columns[0] if len(columns) == 1 else [one or other for one, other in zip(*columns, strict=True)]
    if len(places) < len(column):
        column = [column[place] for place in places]
    if set(map(type, column)) != {list}:
        chosen = [type(turns) is list for turns in column]
        places, column = list(compress(places, chosen)), list(compress(column, chosen))
    turns = list(chain.from_iterable(column))
    if not turns:
        return
    if set(map(type, turns)) == {dict} and set(map(len, turns)) == {2}:
        first = next(place for place, mine in zip(places, column, strict=True) if mine)
        _count(counts, (), group.rows[first], len(turns))
        return
    lists = [(turns, group.rows[place]) for place, turns in zip(places, column, strict=True) if turns]
    for turns, row in lists:
        rich = [tuple(turn) for turn in turns if type(turn) is dict and len(turn) != 2]
        if len(rich) < len(turns):
            _count(counts, (), row, len(turns) - len(rich))
        for keys in rich:
            _count(counts, keys, row)


def _count(counts: _Sets, keys: tuple[str, ...], row: int, times: int = 1) -> None:
    entry = counts.setdefault(keys, [0, row])
    entry[0] += times
    entry[1] = min(entry[1], row)


def _group(counts: _Sets, most: int) -> KeyGroup:
    total = sum(count for count, _ in counts.values())
    keys: dict[str, Seen] = {}
    ordered = sorted(counts.items(), key=lambda item: item[1][1])
    for names, (count, first) in ordered:
        for name in names:
            known = keys.get(name)
            keys[name] = Seen(count + known.total, known.first, None) if known else Seen(count, first, None)
    keys = _bounded(keys, most)
    lacking = {name for name, key in keys.items() if key.total < total}
    for names, (_, first) in ordered:
        for name in lacking.difference(names):
            keys[name] = keys[name]._replace(missing=first)
        lacking.intersection_update(names)
    return KeyGroup(total, min(first for _, first in counts.values()), keys)


def _moved(group: KeyGroup, rows: int) -> KeyGroup:
    keys = {
        name: Seen(key.total, key.first + rows, None if key.missing is None else key.missing + rows)
        for name, key in group.keys.items()
    }
    return KeyGroup(group.total, group.first + rows, keys)


def _joined(one: KeyGroup, other: KeyGroup, most: int) -> KeyGroup:
    keys: dict[str, Seen] = {}
    for name in one.keys.keys() | other.keys.keys():
        mine = one.keys.get(name, Seen(0, other.first, one.first))
        theirs = other.keys.get(name, Seen(0, one.first, other.first))
        missing = mine.missing if mine.missing is not None else theirs.missing
        keys[name] = Seen(mine.total + theirs.total, mine.first if mine.total else theirs.first, missing)
    return KeyGroup(one.total + other.total, one.first, _bounded(keys, most))


def _bounded(keys: dict[str, Seen], most: int) -> dict[str, Seen]:
    """Keep the first keys by name: a choice that comes out the same however chunks are merged."""
    names = sorted(name for name in keys if len(name) <= _LONGEST)[:most]
    return {name: keys[name] for name in names}
