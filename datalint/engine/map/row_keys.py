"""Comparison of the keys of the rows with those that the user's settings name: a key that no row has is a mistake."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from datalint.core.errors import DatalintError
from datalint.core.registry import quoted, suggestion
from datalint.privacy.display import printable
from datalint.records.canonical import visible_surrogates
from datalint.shapes.guess import keys_of

if TYPE_CHECKING:
    import polars as pl

    from datalint.engine.plan import Plan
    from datalint.engine.reduce.merge import Merged
    from datalint.records.structure import Node, Structure

#: Maximum numbers of keys that are kept for the message, and that it names.
_KEPT: Final = 200
_SHOWN: Final = 12
#: Files that a note names.
_FILES: Final = 3
#: The separator of the keys in the path of a nested key.
_DOT: Final = "."


class RowKeys(NamedTuple):
    """The keys of some rows.

    ``found`` are the keys of the settings that occur in a row; ``names`` are the first keys of the rows in their order.
    """

    rows: int
    found: frozenset[str]
    names: tuple[str, ...]

    def joined(self, other: RowKeys) -> RowKeys:
        """Return the keys of these rows and of those that follow them."""
        return RowKeys(self.rows + other.rows, self.found | other.found, _first(self.names, other.names))


class MissingKeyError(DatalintError):
    """A key that a setting names and no row has.

    ``setting`` is its dotted name; ``reason`` is the message without the place."""

    def __init__(self, setting: str, key: str, names: Sequence[str]) -> None:
        self.setting = setting
        self.key = key
        leaves = [name for name in names if name.rpartition(_DOT)[2] == key]
        near = f"; did you mean {quoted(leaves[0])}?" if leaves else suggestion(key, names)
        shown = ", ".join(quoted(name) for name in names[:_SHOWN])
        more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
        self.reason = f"no row has the key {quoted(key)}{near} (keys of the rows: {shown or 'none'}{more})"
        super().__init__(f"{setting}: {self.reason}")


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
    found = {key for group in structure.groups for key in wanted.intersection(group.keys)}
    names: Iterable[str] = chain.from_iterable(group.keys for group in structure.groups)
    named = [(f"category:{category}", category)] if category is not None else []
    named += [(f"group:{key}", key) for key in plan.group_keys]
    for column, key in named:
        has_value = column in examples.columns and examples[column].null_count() < examples.height
        if has_value or any(key in group.keys for group in structure.groups):
            found.add(key)
    if named:
        names = chain(names, _nested(structure.root))
    return RowKeys(examples.height, frozenset(found), _first(names))


def refuse_missing(plan: Plan, sets: Iterable[Merged]) -> None:
    """Check that every key of the plan's settings, except the loose ones, occurs in a row of ``sets``, if there are
    rows.

    Raises:
        MissingKeyError: for the first one that does not.
    """
    known = [keys for merged in sets for keys in merged.keys if keys is not None]
    if not known or not sum(keys.rows for keys in known):
        return
    found = frozenset().union(*(keys.found for keys in known))
    for setting, key in _settings(plan):
        if key not in found and setting not in plan.loose_keys:
            names = [visible_surrogates(name) for name in _first(*(keys.names for keys in known))]
            raise MissingKeyError(setting, key, names)


def missing_in_some(plan: Plan, sets: Iterable[Merged]) -> Iterator[str]:
    """Yield a note for each key of the plan's settings that occurs in no row of some files, or, for a loose key, of all
    files."""
    files = [
        (facts.path, keys)
        for merged in sets
        for facts, keys in zip(merged.files, merged.keys, strict=True)
        if keys is not None and keys.rows
    ]
    for setting, key in _settings(plan):
        without = [path for path, keys in files if key not in keys.found]
        if without and (len(without) < len(files) or setting in plan.loose_keys):
            shown = ", ".join(printable(visible_surrogates(path)) for path in without[:_FILES])
            more = f" and {len(without) - _FILES} more files" if len(without) > _FILES else ""
            yield f"{setting}: no row of {shown}{more} has the key {quoted(key)}"


def _settings(plan: Plan) -> Iterator[tuple[str, str]]:
    """Yield the settings that name a key of rows, and the key."""
    for meaning, value in plan.columns.items():
        if meaning != "category":
            yield from ((f"columns.{meaning}", key) for key in keys_of(meaning, value))
    if plan.category_key is not None:
        yield "balance.field", plan.category_key
    yield from (("group-by", key) for key in plan.group_keys)


def _nested(root: Node) -> Iterator[str]:
    """Yield the keys of objects in rows, as a category names them."""
    for key, node in root.children.items():
        yield from (f"{key}{_DOT}{inner}" for group in node.groups for inner in group.keys)


def _first(*names: Iterable[Any]) -> tuple[str, ...]:
    return tuple(islice(dict.fromkeys(chain.from_iterable(names)), _KEPT))
