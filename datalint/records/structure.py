"""A chunk's records by their structure: objects with the same keys stand together, as columns.

What many rows have in common is looked at once instead of row by row, which is most of what makes reading fast.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from itertools import chain, compress, repeat
from typing import Any, Final

#: JSON nesting beyond which values are not taken apart.
DEEPEST: Final = 100


class Alike:
    """Objects under one path that have the same keys in the same order.

    ``rows[i]`` is the index of the record that object ``i`` is in, ascending.
    """

    __slots__ = ("_columns", "_kinds", "keys", "rows")

    keys: tuple[str, ...]
    rows: Sequence[int]

    def __init__(self, keys: tuple[str, ...], rows: Sequence[int], objects: Sequence[dict[str, Any]]) -> None:
        self.keys = keys
        self.rows = rows
        self._columns: dict[str, list[Any]] = {key: [each[key] for each in objects] for key in keys}
        self._kinds = {key: set(map(type, column)) for key, column in self._columns.items()}

    def column(self, key: str) -> list[Any]:
        """Return the values under ``key``; KeyError for a key that these objects lack."""
        return self._columns[key]

    def kinds(self, key: str) -> Set[type]:
        """Return the Python types of the values under ``key``; KeyError for a key that these objects lack."""
        return self._kinds[key]

    def types(self, key: str) -> dict[type, tuple[int, int]]:
        """Return each type under ``key`` with the number of its values and the row of the first."""
        kinds, column = self.kinds(key), self.column(key)
        if len(kinds) == 1:
            return dict.fromkeys(kinds, (len(column), self.rows[0]))
        types = list(map(type, column))
        return {kind: (types.count(kind), self.rows[types.index(kind)]) for kind in kinds}

    def lengths(self, key: str) -> list[int]:
        """Return how many items each list under ``key`` has."""
        return list(map(len, self.column(key)))

    def items(self, key: str) -> Alike | None:
        """Return the items of the lists under ``key``, None where it is not known that all are objects and alike."""
        return None


class Node:
    """The values under one path, as far as they are objects or lists.

    ``groups`` are its objects by their keys, ``elements`` the types of its lists' items with their number and the
    row of the first, ``children`` the values under each key of its objects, ``item`` those in its lists.
    """

    __slots__ = ("children", "elements", "groups", "item")

    def __init__(self) -> None:
        self.groups: list[Alike] = []
        self.elements: dict[type, tuple[int, int]] = {}
        self.children: dict[str, Node] = {}
        self.item: Node | None = None


class Structure:
    """The structure of ``records`` (dicts): ``root`` and all below it, down to 100 levels (``deep`` tells of more).

    ``rows`` are the numbers that the records go by, where others stand between them, of which ``more`` are alike.
    """

    __slots__ = ("deep", "root")

    def __init__(
        self, records: Sequence[dict[str, Any]], rows: Sequence[int] | None = None, more: Alike | None = None
    ) -> None:
        self.deep = False
        self.root = Node()
        self._objects(self.root, records, range(len(records)) if rows is None else rows, 1)
        if more is not None:
            self._add(more)

    @property
    def groups(self) -> list[Alike]:
        """The records themselves, by their keys."""
        return self.root.groups

    def items(self, group: Alike, key: str) -> Alike | None:
        """Return the items of the lists under ``key`` of a group of records, one record's after another's.

        None where records differ in their keys, or these items do, or anything but a list is under the key or anything
        but an object in a list.
        """
        if (items := group.items(key)) is not None:
            return items
        if len(self.groups) != 1 or key not in self.root.children or group.kinds(key) != {list}:
            return None
        node = self.root.children[key]
        alike = node.item.groups if node.item is not None and node.elements.keys() == {dict} else []
        return alike[0] if len(alike) == 1 else None

    def key_count(self) -> int:
        """Return the number of keys in all objects at any depth."""
        return sum(len(group.keys) * len(group.rows) for node in self.nodes() for group in node.groups)

    def nodes(self) -> Iterator[Node]:
        """Yield every node."""
        waiting = [self.root]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += node.children.values()
            if node.item is not None:
                waiting.append(node.item)

    def _add(self, group: Alike) -> None:
        self.root.groups.insert(0, group)
        for key in group.keys:
            items = group.items(key)
            if items is None:
                continue
            node = self.root.children.setdefault(key, Node())
            if not items.rows:
                continue
            count, first = node.elements.get(dict, (0, items.rows[0]))
            node.elements[dict] = count + len(items.rows), min(first, items.rows[0])
            node.item = node.item or Node()
            node.item.groups.insert(0, items)

    def _objects(self, node: Node, objects: Sequence[dict[str, Any]], rows: Sequence[int], depth: int) -> None:
        if not objects:
            return
        node.groups = _alike(objects, rows)
        inner: dict[str, tuple[list[list[Any]], list[Sequence[int]], list[list[Any]], list[Sequence[int]]]] = {}
        for group in node.groups:
            for key in group.keys:
                kinds = group.kinds(key)
                if dict in kinds or list in kinds:
                    column = group.column(key)
                    objects_here, of_objects, lists_here, of_lists = inner.setdefault(key, ([], [], [], []))
                    if dict in kinds:
                        _put(dict, column, group.rows, kinds, objects_here, of_objects)
                    if list in kinds:
                        _put(list, column, group.rows, kinds, lists_here, of_lists)
        if inner and depth >= DEEPEST:
            self.deep = True
            return
        for key, (found, of_found, lists, of_lists) in inner.items():
            child = node.children[key] = Node()
            self._objects(child, *_by_row(found, of_found), depth + 1)
            self._lists(child, *_by_row(lists, of_lists), depth + 1)

    def _lists(self, node: Node, lists: Sequence[list[Any]], rows: Sequence[int], depth: int) -> None:
        if not lists:
            return
        items: list[Any] = list(chain.from_iterable(lists))
        owners = list(chain.from_iterable(map(repeat, rows, map(len, lists))))
        types: Sequence[type] = list(map(type, items))
        kinds = set(types)
        for kind in kinds:
            node.elements[kind] = types.count(kind), owners[types.index(kind)]
        if kinds.isdisjoint((dict, list)):
            return
        if depth >= DEEPEST:
            self.deep = True
            return
        node.item = Node()
        for kind, walk in ((dict, self._objects), (list, self._lists)):
            if kinds == {kind}:
                walk(node.item, items, owners, depth + 1)
            elif kind in kinds:
                chosen = [each is kind for each in types]
                walk(node.item, list(compress(items, chosen)), list(compress(owners, chosen)), depth + 1)


def _alike(objects: Sequence[dict[str, Any]], rows: Sequence[int]) -> list[Alike]:
    keys: list[tuple[str, ...]] = list(map(tuple, objects))
    kinds = dict.fromkeys(keys)
    if len(kinds) == 1:
        return [Alike(keys[0], rows, objects)]
    members: dict[tuple[str, ...], list[int]] = {each: [] for each in kinds}
    for index, each in enumerate(keys):
        members[each].append(index)
    return [Alike(each, [rows[i] for i in mine], [objects[i] for i in mine]) for each, mine in members.items()]


def _put(
    kind: type,
    column: list[Any],
    rows: Sequence[int],
    kinds: Set[type],
    values: list[list[Any]],
    owners: list[Sequence[int]],
) -> None:
    if len(kinds) == 1:
        values.append(column)
        owners.append(rows)
        return
    chosen = [type(value) is kind for value in column]
    values.append(list(compress(column, chosen)))
    owners.append(list(compress(rows, chosen)))


def _by_row(values: Sequence[list[Any]], owners: Sequence[Sequence[int]]) -> tuple[list[Any], Sequence[int]]:
    """Return the values of several groups as one, in the order of the rows that they are in."""
    if len(values) == 1:
        return values[0], owners[0]
    joined, rows = list(chain.from_iterable(values)), list(chain.from_iterable(owners))
    order = sorted(range(len(rows)), key=rows.__getitem__)
    return [joined[place] for place in order], [rows[place] for place in order]
