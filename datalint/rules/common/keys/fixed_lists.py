"""Lists of one length in all rows with a type for each place, such as ``[name, number, [places]]``: tuples."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from datalint.rules.common.keys.value_kinds import kind_of

#: Lists from which on their types are no chance, and the most values of one.
_LEAST: Final = 10
_LONGEST: Final = 12


def types_by_place(values: Iterable[object]) -> Sequence[str]:
    """Return the type at each place of lists that agree in all of them; empty if they do not, or are few."""
    lists = [value for value in values if isinstance(value, list)]
    if len(lists) < _LEAST or len({len(each) for each in lists}) > 1 or len(lists[0]) > _LONGEST:
        return ()
    places = [{kind for value in place if (kind := kind_of(value))} for place in zip(*lists, strict=True)]
    return [kind for kinds in places for kind in kinds] if all(len(kinds) == 1 for kinds in places) else ()
