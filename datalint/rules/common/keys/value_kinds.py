"""The JSON types under every path of a chunk, from its structure: rows alike are looked at together."""

from __future__ import annotations

from typing import Final

from datalint.api import Node, Structure, json_path

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
_DEEPEST: Final = 32
_LONGEST: Final = 100


def collect_kinds(structure: Structure) -> dict[str, Kinds]:
    """Return path → type → (count, first row) of a chunk; null counts as no type."""
    paths: dict[str, Kinds] = {}
    _spell(structure.root, "$", 0, paths)
    return paths


def _spell(node: Node, path: str, depth: int, paths: dict[str, Kinds]) -> None:
    for group in node.groups:
        for key in group.keys:
            if len(key) <= _LONGEST:
                for kind, (count, first) in group.types(key).items():
                    _add(paths, json_path((key,), path), kind, count, first)
    for kind, (count, first) in node.elements.items():
        _add(paths, f"{path}[]", kind, count, first)
    if depth >= _DEEPEST:
        return
    for key, child in node.children.items():
        if len(key) <= _LONGEST:
            _spell(child, json_path((key,), path), depth + 1, paths)
    if node.item is not None:
        _spell(node.item, f"{path}[]", depth + 1, paths)


def kind_of(value: object) -> str | None:
    """Return the JSON type of a value; None for null."""
    return None if value is None else _NAMES.get(type(value), type(value).__name__)


def _add(paths: dict[str, Kinds], path: str, kind: type, count: int, first: int) -> None:
    if kind is _NULL:
        return
    name = _NAMES.get(kind, kind.__name__)
    kinds = paths.setdefault(path, {})
    known = kinds.get(name)
    kinds[name] = (count, first) if known is None else (known[0] + count, min(known[1], first))
