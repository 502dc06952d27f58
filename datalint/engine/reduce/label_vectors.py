"""Vectors of zeros and ones, with a place for each label, as labels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import orjson
import polars as pl

from datalint.records.category import BETWEEN_LABELS

#: A vector, as lists are joined here, or as programs write one: ``0 1 0 0``, ``[0, 1, 0, 0]``, ``[0. 1. 0. 0.]``.
_BIT: Final = r"[01](?:\.0?)?"
_VECTOR: Final = rf"^\s*\[?\s*{_BIT}(?:(?:\s*[,;|{BETWEEN_LABELS}]\s*|\s+){_BIT}){{3,99}}\s*\]?\s*$"
#: Characters of the shortest vector: four places, and what is between them.
_SHORTEST: Final = 7
#: Share of the rows that may have all labels: votes of several people are often all for one.
_ALL: Final = 0.01
#: Rows to each different vector at least, and share of the places that have a label at most: bits of a picture or a
#: sum are more, and differ from row to row.
_ROWS_PER_VECTOR: Final = 2
_MOST_SET: Final = 0.5
#: How a text states a number, or yes and no, for each of several names, and the values of a flag.
_STATED: Final = r"(?:^|(?<=, ))([^,:\n]{1,60}): ([+-]?\d{1,6}(?:\.\d{1,6})?|(?i:true|false|yes|no))(?=, |$)"
_SET: Final = frozenset(("1", "1.0", "true", "yes"))
UNSET: Final = frozenset(("0", "0.0", "false", "no"))
_FLAGS: Final = _SET | UNSET
#: Share of the rows in which two lists have equally many labels if both have the same ones.
_ALIKE: Final = 0.95


def labels_of_vectors(values: pl.Series) -> pl.Series | None:
    """Return the labels of vectors by their places, as in "position 4", with ``BETWEEN_LABELS`` between them.

    None unless all values are vectors of equal size, from four places up, in which few places have a one.
    """
    present = values.drop_nulls().cast(pl.String)
    # Most values are none, and then they need not be counted.
    if present.is_empty() or not _may_be_vector(present[0]) or not present.head(1).str.contains(_VECTOR).all():
        return None
    rows = present.value_counts(name="rows")
    if _ROWS_PER_VECTOR * rows.height > present.len() or not rows[present.name].str.contains(_VECTOR).all():
        return None
    bits = rows[present.name].str.replace_all(r"\.0?", "").str.replace_all("[^01]", "")
    size, ones = bits.str.len_chars(), bits.str.count_matches("1")
    if size.n_unique() != 1:
        return None
    places, count = size[0], rows["rows"]
    if int(count.filter(ones == places).sum()) > _ALL * present.len():
        return None
    if not 0 < int((ones * count).sum()) <= _MOST_SET * places * present.len():
        return None
    names = {
        vector: BETWEEN_LABELS.join(f"position {place}" for place, bit in enumerate(each, 1) if bit == "1")
        for vector, each in zip(rows[present.name], bits, strict=True)
    }
    return values.cast(pl.String).replace_strict(names, default=None, return_dtype=pl.String).alias("value")


def vectors_of_flags(texts: Sequence[str]) -> tuple[list[str], list[str]] | None:
    """Return the names of flags, and the vector of each text that states them; None unless all state the same ones.

    Texts are objects (``{"meat": 1, "bread": 0}``) or such words (``meat: 1, bread: 0``).
    """
    found = [flags_of(text) for text in texts]
    if not found or found[0] is None or any(each is None or each.keys() != found[0].keys() for each in found):
        return None
    names = [*found[0]]
    return names, [" ".join(str(int(each[name])) for name in names) for each in found if each]


def with_names(labels: pl.Series, names: Sequence[str]) -> pl.Series:
    """Return labels of rows with the name of each place in the place of its number."""
    different = labels.drop_nulls().unique().to_list()
    named = [
        [names[int(each.rpartition(" ")[2]) - 1] for each in row.split(BETWEEN_LABELS) if each] for row in different
    ]
    renamed = {row: BETWEEN_LABELS.join(each) for row, each in zip(different, named, strict=True)}
    return labels.replace_strict(renamed, default=None, return_dtype=pl.String)


def flags_of(text: str) -> dict[str, bool] | None:
    """Return the flags that a text states for some names, as JSON or in words; None for any other text."""
    if not text.startswith("{"):
        said = {name: value.lower() for name, value in stated_values(text)}
        are_flags = bool(said) and _FLAGS.issuperset(said.values())
        return {name: value in _SET for name, value in said.items()} if are_flags else None
    try:
        stated = orjson.loads(text)
    except orjson.JSONDecodeError:
        return None
    are_flags = isinstance(stated, dict) and all(value in (0, 1) for value in stated.values())
    return {name: bool(value) for name, value in stated.items()} if are_flags else None


def stated_values(text: str) -> list[tuple[str, str]]:
    """Return the names in a text, each with the number or the yes or no that it states; none if it says more."""
    found = re.findall(_STATED, text)
    return found if ", ".join(f"{name}: {value}" for name, value in found) == text else []


def _may_be_vector(value: str) -> bool:
    """Return whether a value is as long as a vector and begins like one: compiling the pattern takes several ms."""
    digits = value.strip().removeprefix("[").lstrip()
    return len(digits) >= _SHORTEST and digits[0] in "01"


def are_places(labels: pl.Series) -> bool:
    """Return whether labels of rows are places of vectors."""
    first = labels.filter(labels != "").head(1)
    return bool(first.str.contains(r"^position \d").any())


def are_named(places: pl.Series, names: pl.Series) -> bool:
    """Return whether ``names`` are the labels of rows that vectors have as ``places``.

    They are as many, and nearly all rows have as many of them.
    """
    if are_places(names):
        return False
    alike = (_sizes(places) == _sizes(names)).sum()
    return alike >= _ALIKE * places.len() and _different(places) == _different(names)


def _sizes(values: pl.Series) -> pl.Series:
    some = values.fill_null("")
    return some.str.count_matches(BETWEEN_LABELS, literal=True) + (some != "").cast(pl.UInt32)


def _different(values: pl.Series) -> int:
    return values.drop_nulls().unique().str.split(BETWEEN_LABELS).explode().n_unique()
