"""Lists of annotations of a text, such as entities or events: objects with the same keys in every row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.names import CHOSEN_FROM, PARTS, has_word
from datalint.shapes.evidence.sampled import Holds, SampledColumn
from datalint.shapes.side_keys import use_of
from datalint.support.names.column_names import Strength, strength

#: Rows that are looked at, and most keys of an object.
_ROWS: Final = 50
_MOST: Final = 40
#: The minimum number of different lists of annotations.
_LEAST_NOTES: Final = 1.5
#: Share of rows that must have a list, and of distinct values of a key that has few at most.
_FILLED: Final = 0.9
_FEW: Final = 0.2


def noted_alone(used: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> list[SampledColumn]:
    """Return the list of annotations next to a text and nothing else, even if its name is that of a context."""
    lists = [each for each in used if each.holds is Holds.OBJECT and use_of(each.key) == "context"]
    if len(used) != len(lists) + 1 or len(lists) != 1 or lists[0].sparse:
        return []
    text = next(each for each in used if each not in lists)
    noted = text.holds is Holds.TEXT and bool(strength(text.key, "text")) and are_annotations(rows, text.key, lists[0])
    return lists if noted and not has_word(lists[0].key, (*PARTS, *CHOSEN_FROM)) else []


def are_annotations(rows: Sequence[Mapping[str, Any]], text: str, column: SampledColumn) -> bool:
    """Whether a column holds lists of annotations of a text: objects with the same keys, which differ between rows.

    Under one of their keys are words of the text, or few values over all rows, and no key is about a person or a file.
    """
    lists = [row[column.key] for row in rows if isinstance(row.get(column.key), list)]
    objects = [each for found in lists for each in found[:_MOST]]
    if column.distinct * len(rows) < _LEAST_NOTES or len(lists) < _FILLED * len(rows) or len(objects) < len(lists) / 2:
        return False
    if not all(isinstance(each, dict) and 1 < len(each) <= _MOST for each in objects):
        return False
    names = {name for each in objects for name in each}
    if sum(map(len, objects)) < _FILLED * len(names) * len(objects) or any(map(_is_of_somebody, names)):
        return False
    inner = [item for each in objects for item in each.values() if isinstance(item, dict | list)]
    if any(isinstance(item, dict) or any(isinstance(each, dict | list) for each in item[:_MOST]) for item in inner):
        return False
    values = {name: [str(each[name]) for each in objects if name in each] for name in names}
    few = any(1 < len(set(found)) <= max(3, _FEW * len(found)) for found in values.values())
    return few or any(are_words(rows, text, column.key, name) for name in names)


def _is_of_somebody(name: str) -> bool:
    return strength(name, "about") >= Strength.HEAD or has_word(name, ("user", "username", "author", "likes"))


def are_words(rows: Sequence[Mapping[str, Any]], text: str, key: str, name: str) -> bool:
    """Return whether half of the values under a name, in the lists of objects of rows, are in the text of their row."""
    items = [(each.get(name), str(row.get(text))) for row in rows[:_ROWS] for each in row.get(key) or ()]
    pairs = [(str(one), whole) for item, whole in items for one in (item if isinstance(item, list) else [item])]
    return 2 * sum(len(one) > 1 and one.casefold() in whole.casefold() for one, whole in pairs) > len(pairs)
