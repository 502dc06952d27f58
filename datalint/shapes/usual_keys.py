"""The keys that nearly all rows of a source have, and the misspelled or missing keys of other rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from datalint.shapes.guess_choice import Lack, instead_of
from datalint.support.named_tuple import NamedTuple
from datalint.support.names.spelling import resembles

if TYPE_CHECKING:
    from datalint.shapes.detect import Detector

#: Rows that are looked at, those of one shape at least, and their share of the rows.
_ROWS: Final = 60
_LEAST: Final = 8
_NEARLY_ALL: Final = 0.9
#: Keys of a row beyond which they are data themselves.
_MOST: Final = 64
#: Characters of a key up to which it may be a slip.
_LONGEST: Final = 60
#: Keys that a row has of its own, and lacks, at most.
_FEW: Final = 8
#: Types of the cells of a table.
_CELLS: Final = ("str", "int", "float", "bool")


class Layout(NamedTuple):
    """The keys that nearly all rows have, the name of the type of each one's value, and the keys they are read by."""

    keys: tuple[str, ...]
    types: tuple[str, ...]
    needed: frozenset[str]


def usual_layout(rows: Iterable[dict[str, Any]], detector: Detector) -> Layout | None:
    """Return the layout of the first rows, if nearly all of them have one shape; None otherwise."""
    some = [row for row in islice(rows, _ROWS) if row and len(row) <= _MOST]
    names = [detector.shape(row).name for row in some]
    (name, count), *_ = Counter(names).most_common(1) or [("unknown", 0)]
    if name == "unknown" or count < max(_LEAST, _NEARLY_ALL * len(some)):
        return None
    alike = [row for row, each in zip(some, names, strict=True) if each == name]
    counts = Counter(key for row in alike for key in row)
    keys = tuple(key for key, number in counts.items() if number >= _NEARLY_ALL * count)
    whole = next((row for row in alike if all(key in row for key in keys)), None)
    if whole is None:
        return None
    needed = (key for key in keys if detector.shape({each: whole[each] for each in whole if each != key}).name != name)
    return Layout(keys, tuple(type(whole[key]).__name__ for key in keys), frozenset(needed))


def slips(layouts: Sequence[Layout], value: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return ``(key, key of the other rows)`` for each key of a row that other rows of a layout spell differently.

    The row lacks the other key, and the values of both have the same type.
    """
    found = (tuple(_slips(layout, value)) for layout in layouts)
    return max(found, key=len, default=())


def _slips(layout: Layout, value: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    if len(value) > _MOST:
        return
    others = [key for key in value if key not in layout.keys and len(key) <= _LONGEST]
    missing = [pair for pair in zip(layout.keys, layout.types, strict=True) if pair[0] not in value]
    # Rows of another layout have many keys of their own.
    if max(len(others), len(missing)) > _FEW:
        return
    for key, kind in missing:
        near = [each for each in others if type(value[each]).__name__ == kind and resembles(each, key)]
        if len(near) == 1:
            others.remove(near[0])
            yield near[0], key


def lacking(layouts: Sequence[Layout], value: Mapping[str, Any]) -> Lack | None:
    """Return the only key that a row lacks of those by which the other rows of its layout are read."""
    for layout in layouts:
        missing = [key for key in layout.keys if key in layout.needed and value.get(key) is None]
        shared = sum(key in value for key in layout.keys)
        if len(missing) != 1 or not shared:
            continue
        instead = instead_of(missing[0], layout.keys, value)
        alike = 2 * shared >= len(layout.keys)
        # Few keys are enough if the row has no others but the same one with another name; that is no row of a table.
        if alike or (instead and len(value) == shared + 1):
            kind = layout.types[layout.keys.index(missing[0])]
            return Lack(missing[0], instead, alike and kind in _CELLS)
    return None
