"""Notes about a second label of a text, named like the one that is learned but for a word or number, and not read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, Final

from datalint.privacy.display import excerpt
from datalint.shapes.base import Shape
from datalint.shapes.fields import fields_of, keys_of
from datalint.shapes.guess import Guess, can_be_typed
from datalint.support.lazy_pattern import lazy_pattern

#: Keys of a row, rows that are looked at, and characters of a label.
_MOST: Final = 64
_ROWS: Final = 200
_LABEL: Final = 40
#: A name whose last word is not a number, and one whose last sign is one, before which others have the same.
_NAME: Final = lazy_pattern(r"(.{1,60}[_. -])[^\W\d_]{1,20}")
_NUMBERED: Final = lazy_pattern(r"(\D{1,60})\d{1,2}")
#: The share of the values of two labels that both have, at least, if numbers distinguish their names.
_COMMON: Final = 0.5


def twin_labels(first: Mapping[str, Any], shape: Shape, rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the note on a label with the same values as the one that is learned, other ones in some rows; empty for
    none.

    ``label_joint`` is such a label next to ``label_alone``, and ``Score2``, of a second person, next to ``Score1``.
    """
    if len(first) > _MOST or shape.kind != "sft" or shape.fields is None:
        return ""
    parts = fields_of(shape, first)
    learned = keys_of(parts, "response")
    stem = stem_of(learned[0]) if len(learned) == 1 else ""
    if not stem or len({part for _, part in parts}) < len(parts) or not all(can_be_typed(key) for key, _ in parts):
        return ""
    read = {key for key, _ in parts}
    twins = [key for key in first if key not in read and stem_of(key) == stem]
    some = list(islice(rows, _ROWS)) if twins else []
    twins = [key for key in twins if can_be_typed(key) and _are_alike(some, learned[0], key)]
    if not twins:
        return ""
    option = Guess.of({str(part): twins[0] if part == "response" else key for key, part in parts}).option
    more = f" and {len(twins) - 1} more are" if len(twins) > 1 else " is"
    one, other = excerpt(learned[0], 40), excerpt(twins[0], 40)
    return f'"{one}" is learned, and "{other}"{more} not read; to learn that instead: {option}'


def stem_of(key: str) -> str:
    """Return the name of a label without its last word, or with a sign for its number; empty for a name of one word."""
    if found := _NAME.fullmatch(key):
        return found[1]
    return f"{found[1]}#" if (found := _NUMBERED.fullmatch(key)) else ""


def _are_alike(rows: Iterable[Mapping[str, Any]], one: str, other: str) -> bool:
    """Return whether two keys have the same few short values, which differ in some rows."""
    pairs = {(str(row.get(one)), str(row.get(other))) for row in rows}
    values, others = ({pair[side] for pair in pairs} for side in (0, 1))
    common = len(values & others) >= _COMMON * len(values | others) if one[-1:].isdigit() else others <= values
    return (
        len(others) > 1
        and common
        and any(mine != its for mine, its in pairs)
        and all(len(each) <= _LABEL for each in values)
    )
