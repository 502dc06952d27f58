"""Keys whose values say which JSON type another key of the row has, such as ``eval_type`` of ``ground_truth``."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import Final

from datalint.api import Structure, json_path
from datalint.rules.common.keys.value_kinds import kind_of

#: Last words of the names of such keys, and values of one and keys next to it at most.
_DECIDING: Final = ("type", "kind", "format", "typ", "field", "attribute")
_MOST_VALUES: Final = 40
_MOST_KEYS: Final = 40
_LONGEST: Final = 60

#: (Path, deciding key) → value of that key → the types of what stands under the path; None for too many values.
Deciding = dict[tuple[str, str], dict[str, tuple[str, ...]] | None]


def kinds_decided(structure: Structure) -> Deciding:
    """Return for each key of rows, and each key next to it that may decide its type, the types by its values."""
    found: Deciding = {}
    for group in structure.groups:
        deciders = [key for key in group.keys if _may_decide(key) and group.kinds(key) == {str}]
        if not deciders or len(group.keys) > _MOST_KEYS:
            continue
        for decider in deciders:
            said = group.column(decider)
            values = sorted(set(said))
            for key in group.keys:
                if key == decider:
                    continue
                place = (json_path((key,)), decider)
                if len(values) > _MOST_VALUES or any(len(value) > _LONGEST for value in values):
                    found[place] = None
                    continue
                found = joined_deciding(found, {place: _types(said, values, group.column(key), group.kinds(key))})
    return found


def _types(
    said: Sequence[str], values: Sequence[str], column: Sequence[object], kinds: Set[type]
) -> dict[str, tuple[str, ...]]:
    if len(kinds) == 1:
        kind = kind_of(column[0])
        return {} if kind is None else dict.fromkeys(values, (kind,))
    pairs = {(value, kind) for value, item in zip(said, column, strict=True) if (kind := kind_of(item)) is not None}
    return {value: tuple(sorted(kind for one, kind in pairs if one == value)) for value, _ in sorted(pairs)}


def joined_deciding(one: Deciding, other: Deciding) -> Deciding:
    """Add up. Associative."""
    joined = dict(one)
    for place, theirs in other.items():
        mine = joined.get(place, {})
        if mine is None or theirs is None:
            joined[place] = None
            continue
        both = {value: tuple(sorted({*mine.get(value, ()), *theirs.get(value, ())})) for value in mine | theirs}
        joined[place] = both if len(both) <= _MOST_VALUES else None
    return joined


def deciding_key(found: Deciding, path: str) -> str | None:
    """Return the first key by name whose every value goes with one type under a path; None for none."""
    for (place, key), types in sorted(found.items(), key=lambda item: item[0]):
        if place == path and types and len(types) > 1 and all(len(kinds) == 1 for kinds in types.values()):
            return key
    return None


def _may_decide(key: str) -> bool:
    return len(key) <= _LONGEST and key.lower().endswith(_DECIDING)
