"""The JSON types under every path of a chunk, in time that hardly grows with rows alike.

An object is recognised by its keys and the types of its values, so that the second one like it costs a tuple
and a look-up; only lists and objects inside are walked again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from datalint.rules.format._places import json_path

#: JSON type → (number of values, row of the first).
Kinds = dict[str, tuple[int, int]]

_NAMES: Final[dict[type, str]] = {
    str: "string",
    bool: "boolean",
    int: "number",
    float: "number",
    dict: "object",
    list: "array",
}
_NULL: Final = type(None)
_Walk = Callable[["_Node", Iterable[Any], int, int], None]
_DEEPEST: Final = 32
_LONGEST: Final = 100


class _Node:
    """What is known of the values under one path, as far as they are objects or lists."""

    __slots__ = ("children", "elements", "item", "seen")

    def __init__(self) -> None:
        self.seen: dict[tuple[Any, ...], _Seen] = {}
        self.children: dict[str, _Node] = {}
        self.item: _Node | None = None
        self.elements: dict[type, list[int]] = {}


class _Seen:
    """Objects with the same keys and types: how many, the first row, and what to walk in them."""

    __slots__ = ("count", "first", "nested")

    def __init__(self, first: int, nested: tuple[tuple[str, _Walk, _Node], ...]) -> None:
        self.count = 0
        self.first = first
        self.nested = nested


def collect(records: Sequence[dict[str, Any]]) -> dict[str, Kinds]:
    """Return path → type → (count, first row) over ``records``; null counts as no type."""
    root = _Node()
    for row, record in enumerate(records):
        _objects(root, (record,), row, 0)
    paths: dict[str, Kinds] = {}
    _spell(root, "$", paths)
    return paths


def _objects(node: _Node, values: Iterable[dict[str, Any]], row: int, depth: int) -> None:
    known = node.seen
    for value in values:
        signature = (*value, *map(type, value.values()))
        seen = known.get(signature)
        if seen is None:
            seen = known[signature] = _Seen(row, _nested(node, value, depth))
        seen.count += 1
        for key, walk, child in seen.nested:
            walk(child, (value[key],), row, depth + 1)


def _nested(node: _Node, value: dict[str, Any], depth: int) -> tuple[tuple[str, _Walk, _Node], ...]:
    if depth >= _DEEPEST:
        return ()
    inside = [key for key, item in value.items() if type(item) in (dict, list) and len(key) <= _LONGEST]
    return tuple(
        (key, _objects if type(value[key]) is dict else _lists, node.children.setdefault(key, _Node()))
        for key in inside
    )


def _lists(node: _Node, lists: Iterable[list[Any]], row: int, depth: int) -> None:
    for values in lists:
        _list(node, values, row, depth)


def _list(node: _Node, values: list[Any], row: int, depth: int) -> None:
    for kind, count in _counted(values):
        known = node.elements.get(kind)
        if known is None:
            node.elements[kind] = [count, row]
        else:
            known[0] += count
        if kind is dict or (kind is list and depth < _DEEPEST):
            if node.item is None:
                node.item = _Node()
            inside: list[Any] = values
            if len(values) != count:
                inside = [value for value in values if type(value) is kind]
            (_objects if kind is dict else _lists)(node.item, inside, row, depth + 1)


def _counted(values: list[Any]) -> Iterable[tuple[type, int]]:
    kinds = set(map(type, values))
    if len(kinds) == 1:
        return ((kinds.pop(), len(values)),)
    return Counter(map(type, values)).items()


def _spell(node: _Node, path: str, paths: dict[str, Kinds]) -> None:
    for signature, seen in node.seen.items():
        half = len(signature) // 2
        for key, kind in zip(signature[:half], signature[half:], strict=True):
            if len(key) <= _LONGEST:
                _add(paths, json_path((key,), path), kind, seen.count, seen.first)
    for kind, (count, first) in node.elements.items():
        _add(paths, f"{path}[]", kind, count, first)
    for key, child in node.children.items():
        _spell(child, json_path((key,), path), paths)
    if node.item is not None:
        _spell(node.item, f"{path}[]", paths)


def _add(paths: dict[str, Kinds], path: str, kind: type, count: int, first: int) -> None:
    if kind is _NULL:
        return
    name = _NAMES.get(kind, kind.__name__)
    kinds = paths.setdefault(path, {})
    known = kinds.get(name)
    kinds[name] = (count, first) if known is None else (known[0] + count, min(known[1], first))
