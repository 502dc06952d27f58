"""Columns of the values under keys that may name a category or a review."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from functools import partial
from heapq import nsmallest
from typing import Final

import polars as pl

from datalint.engine.map.index import CATEGORY_NAMES, LABEL_NAMES, REVIEW_NAMES
from datalint.privacy.redaction import hide
from datalint.records.base_ids import base_ids
from datalint.records.structure import Alike
from datalint.shapes.category import category_text, category_value, joined_labels, labelled, value_at
from datalint.support.names.metadata_keys import NESTS

_RANKS: Final = {
    kind: {name: rank for rank, name in enumerate(names)}
    for kind, names in (("category:", CATEGORY_NAMES), ("labels:", LABEL_NAMES), ("review:", REVIEW_NAMES))
}
#: The most columns for keys that may name a category, and for those that may name a review.
_MOST_COLUMNS: Final = 64
_NEST: Final = "nest:"
_LABELS: Final = "labels:"
_SEED: Final = 11
#: Maximum length of a category, in characters.
_LONGEST: Final = 200
#: Rows, and the cell of each in a column.
_Cells = tuple[Sequence[int], list[str | None]]


def named_columns(
    groups: Sequence[Alike], size: int, category_key: str | None, guessed: Set[str] = frozenset()
) -> list[pl.Series]:
    """Return a column for each key that may name a category or a review and that occurs in a row.

    ``guessed`` are keys that were inferred to be categories. Lists of labels have a column of their own.
    """
    found: dict[str, list[tuple[Alike, str]]] = {}
    nested: dict[str, tuple[list[int], list[str | None]]] = {}
    for group in groups:
        for column, key in _wanted(group.keys, category_key, guessed):
            if column.startswith(_NEST):
                _add_nested(nested, group.rows, key, group.column(key))
            else:
                found.setdefault(column, []).append((group, key))
    # A column has a cell for each row, so only the columns that are kept are built.
    columns = []
    for name in sorted(bounded_columns(found.keys() | nested.keys(), category_key)):
        if name.startswith(_LABELS):
            lists = [(group.rows, _label_cells(group, key)) for group, key in found[name]]
            if any(any(cell is not None for cell in cells) for _, cells in lists):
                columns.append(pl.Series(name, _filled(lists, None, size), dtype=pl.String))
            continue
        mine = [(group.rows, _cells(group, key, lists=key == category_key)) for group, key in found.get(name, ())]
        columns.append(pl.Series(name, _filled(mine, nested.get(name), size), dtype=pl.String))
    return columns


def group_columns(groups: Sequence[Alike], size: int, keys: Sequence[str]) -> list[pl.Series]:
    """Return for each of ``keys`` a column with hashes of its values, null for no value or no scalar.

    If ids have suffixes of rows that were made of another one, a column ``group-base:KEY`` has hashes without these.
    """
    columns = []
    for key in keys:
        cells = [(group.rows, _uncut(group, key)) for group in groups]
        values = pl.Series(f"group:{key}", _filled(cells, None, size), dtype=pl.String)
        bases = base_ids(values).alias(f"group-base:{key}")
        found = (values, bases) if (bases != values).any() else (values,)
        columns += [series.hash(_SEED).set(series.is_null(), None) for series in found]
    return columns


def _uncut(group: Alike, key: str) -> list[str | None]:
    if key in group.keys:
        return [labelled(item) for item in group.column(key)]
    first, dot, rest = key.partition(".")
    if not dot or first not in group.keys:
        return [None] * len(group.rows)
    return [category_value(item, rest) if isinstance(item, dict) else None for item in group.column(first)]


def bounded_columns(names: Set[str], category_key: str | None) -> set[str]:
    """Return the columns that are kept: the first 64 of each kind, by key and with unusual spellings last.

    The choice does not depend on how chunks are merged. It is limited because a key may have any number of spellings,
    and each takes a column.
    """
    configured = (f"category:{category_key}", f"{_LABELS}{category_key}")
    kept = {name for name in names if name.startswith(("group:", "group-base:")) or name in configured}
    for kind, ranks in _RANKS.items():
        mine = (name for name in names if name.startswith(kind))
        kept.update(nsmallest(_MOST_COLUMNS, mine, key=partial(_order, ranks)))
    return kept


def _order(ranks: Mapping[str, int], column: str) -> tuple[int, bool, bool, str]:
    key = column.partition(":")[2]
    leaf = key.rpartition(".")[2]
    name = leaf.strip().lower()
    return ranks.get(name, len(ranks)), leaf != name, "." in key, key


def _add_nested(
    nested: dict[str, tuple[list[int], list[str | None]]], rows: Sequence[int], key: str, nests: Sequence[object]
) -> None:
    """Add the values that the objects ``nests`` under ``key`` have under keys that may name a category or a review."""
    known: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    for row, nest in zip(rows, nests, strict=True):
        if not isinstance(nest, dict):
            continue
        keys = tuple(nest)
        if (wanted := known.get(keys)) is None:
            wanted = known[keys] = [each for each in _wanted(keys, None) if not each[0].startswith((_NEST, _LABELS))]
        for column, inner in wanted:
            prefix, _, _ = column.partition(":")
            places, cells = nested.setdefault(f"{prefix}:{key}.{inner}", ([], []))
            places.append(row)
            cells.append(_short(category_text(nest[inner])))


def _filled(found: Sequence[_Cells], nested: _Cells | None, size: int) -> list[str | None]:
    """Return a cell for each of ``size`` rows."""
    if len(found) == 1 and len(found[0][1]) == size:
        values = found[0][1]
    else:
        values = [None] * size
        for rows, cells in found:
            for row, cell in zip(rows, cells, strict=True):
                values[row] = cell
    for row, cell in zip(*nested, strict=True) if nested else ():
        # A configured key such as metadata.topic is found by name as well.
        if values[row] is None:
            values[row] = cell
    return values


def _cells(group: Alike, key: str, *, lists: bool) -> list[str | None]:
    """Return the category values under ``key``, which may be a path into objects, and may have ``lists`` of labels."""
    if key in group.keys:
        column, kinds = group.column(key), group.kinds(key)
        if kinds == {bool}:
            return ["true" if item else "false" for item in column]
        if kinds == {str}:
            # Most categories are few.
            different = set(column)
            if all(map(str.isascii, different)) and len(max(different, key=len)) <= _LONGEST:
                blank = {text for text in different if not text.strip()}
                return [None if item in blank else item for item in column] if blank else [*column]
        if lists and list in kinds:
            return [_short(labelled(item)) for item in column]
        return [_short(category_text(item)) for item in column]
    first, dot, rest = key.partition(".")
    if not dot or first not in group.keys:
        return [None] * len(group.rows)
    column = group.column(first)
    return [_short(category_value(item, rest)) if isinstance(item, dict) else None for item in column]


def _label_cells(group: Alike, key: str) -> list[str | None]:
    """Return the labels of the lists under ``key``, which may be a path into objects."""
    if key in group.keys:
        column, kinds = group.column(key), group.kinds(key)
        # Most texts are a category by themselves, and most categories are few.
        texts = set(column) if kinds == {str} else ()
        if kinds.isdisjoint((list, str)) or (texts and not any(text.startswith("[") for text in texts)):
            return [None] * len(column)
        return [None if isinstance(item, str) and item[:1] != "[" else joined_labels(item) for item in column]
    first, dot, rest = key.partition(".")
    if not dot or first not in group.keys:
        return [None] * len(group.rows)
    return [joined_labels(value_at(item, rest)) if isinstance(item, dict) else None for item in group.column(first)]


def _short(item: str | None) -> str | None:
    # A secret that is cut would no longer be recognised as one.
    return item if item is None or len(item) <= _LONGEST else hide(item, 0, _LONGEST)


def _wanted(keys: tuple[str, ...], category_key: str | None, guessed: Set[str] = frozenset()) -> list[tuple[str, str]]:
    wanted = [
        (f"{kind}:{key}", key)
        for key in keys
        for kind, names in (("category", CATEGORY_NAMES), ("labels", LABEL_NAMES), ("review", REVIEW_NAMES))
        if key.strip().lower() in names
    ]
    named = [key for key in keys if key in guessed] + ([category_key] if category_key is not None else [])
    wanted += [(f"{kind}{key}", key) for kind in ("category:", _LABELS) for key in named]
    return [*dict.fromkeys(wanted)] + [(f"{_NEST}{key}", key) for key in keys if key in NESTS]
