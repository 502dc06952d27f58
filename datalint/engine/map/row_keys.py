"""The keys of a chunk's rows, to compare with those that the user's settings name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Final

from datalint.shapes.guess import NESTED, keys_of
from datalint.shapes.key_paths import ITEMS, top_of
from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    import polars as pl

    from datalint.engine.plan import Plan
    from datalint.records.structure import Node, Structure

#: The most keys that are kept for a message.
_KEPT: Final = 200
#: The separator of the keys in the path of a nested key.
DOT: Final = "."


class RowKeys(NamedTuple):
    """The keys of some rows.

    ``found`` are the keys of the settings that occur in a row; ``names`` are the first keys of the rows in their order.
    """

    rows: int
    found: frozenset[str]
    names: tuple[str, ...]

    def joined(self, other: RowKeys) -> RowKeys:
        """Return the keys of these rows and of those that follow them."""
        return RowKeys(self.rows + other.rows, self.found | other.found, first_names(self.names, other.names))


def names_keys(plan: Plan) -> bool:
    """Return whether the settings name a key of rows."""
    return bool(plan.columns or plan.group_keys or plan.category_key is not None)


def row_keys(plan: Plan, structure: Structure, examples: pl.DataFrame) -> RowKeys | None:
    """Return which of the plan's keys occur in the rows of a chunk; None if the plan names none.

    ``structure`` is that of the rows, ``examples`` their index columns, with the category's values.
    """
    if not names_keys(plan):
        return None
    wanted = {key for meaning, value in plan.columns.items() for key in keys_of(meaning, value)}
    category = plan.category_key
    every = frozenset(key for group in structure.groups for key in group.keys)
    found = {key for key in wanted if key in every or _reaches(structure.root, key.split(NESTED))}
    names: Iterable[str] = chain.from_iterable(group.keys for group in structure.groups)
    if opened := {top_of(key) for key in wanted - every if NESTED in key}:
        names = chain(names, _below(structure.root, opened))
    named = [(f"category:{category}", category)] if category is not None else []
    named += [(f"group:{key}", key) for key in plan.group_keys]
    for column, key in named:
        has_value = column in examples.columns and examples[column].null_count() < examples.height
        if has_value or any(key in group.keys for group in structure.groups):
            found.add(key)
    if named:
        names = chain(names, _nested(structure.root))
    return RowKeys(examples.height, frozenset(found), first_names(names))


def _reaches(node: Node, parts: Sequence[str]) -> bool:
    """Return whether a path of keys, of which ``x[]`` is that of a list, ends in a key that an object has."""
    first, *rest = parts
    key = first.removesuffix(ITEMS) if rest else first
    if not any(key in group.keys for group in node.groups):
        return False
    inner = node.children.get(key) if rest else node
    if inner is not None and key != first:
        inner = inner.item
    return inner is not None and (not rest or _reaches(inner, rest))


def _below(root: Node, keys: Collection[str]) -> Iterator[str]:
    """Yield the paths below ``keys``, as ``--columns`` names them: one level of objects, or of a list of them."""
    for key in sorted(keys):
        node = root.children.get(key)
        if node is not None:
            yield from (f"{key}{DOT}{inner}" for group in node.groups for inner in group.keys)
        if node is not None and node.item is not None:
            yield from (f"{key}{ITEMS}{DOT}{inner}" for group in node.item.groups for inner in group.keys)


def _nested(root: Node) -> Iterator[str]:
    """Yield the keys of objects in rows, as a category names them."""
    for key, node in root.children.items():
        yield from (f"{key}{DOT}{inner}" for group in node.groups for inner in group.keys)


def first_names(*names: Iterable[Any]) -> tuple[str, ...]:
    """Return the first distinct names, no more than a message needs."""
    return tuple(islice(dict.fromkeys(chain.from_iterable(names)), _KEPT))
