"""The keys of the first rows of JSON Lines, at every level."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

import orjson

from datalint.sources.content import Content
from datalint.support.named_tuple import NamedTuple

#: Bytes at the beginning of a file that are read, rows in them, and objects and lists in these.
_HEAD: Final = 1 << 16
_ROWS: Final = 20
_NODES: Final = 2_000
#: Characters of the longest text that may be a name, such as that of a role.
_NAME: Final = 32
#: The path to an object or list: keys, and an empty one for each list.
_Path = tuple[str, ...]


class RowKeys(NamedTuple):
    """Common structure of the rows of a file: the keys of each object by its path, and the paths of more than one list.

    ``last`` are names that the last objects of all lists with one path have: path, key and text.
    """

    objects: frozenset[tuple[_Path, frozenset[str]]] = frozenset()
    lists: frozenset[_Path] = frozenset()
    last: frozenset[tuple[_Path, str, str]] = frozenset()

    @classmethod
    def of(cls, content: Content, start: int) -> RowKeys:
        """Return the keys of the first rows of a file whose lines begin at ``start``."""
        objects: set[tuple[_Path, frozenset[str]]] = set()
        lists: Counter[_Path] = Counter()
        names: dict[tuple[_Path, str], list[str | None]] = {}
        nodes = 0
        for row in _first_rows(content, start):
            for path, node in _nodes(row):
                nodes += 1
                if isinstance(node, dict):
                    objects.add((path, frozenset(node)))
                    continue
                lists[path] += 1
                if node and isinstance(node[-1], dict):
                    for key, value in node[-1].items():
                        names.setdefault((path, key), []).append(_name(value))
            if nodes > _NODES:
                break
        same = ((*key, values[0]) for key, values in names.items() if len(set(values)) == 1)
        last = frozenset((path, key, value) for path, key, value in same if value is not None)
        # How a list ends shows where there are several.
        several = frozenset(path for path, count in lists.items() if count > 1)
        return cls(frozenset(objects), several, last)

    def fits(self, row: dict[str, Any]) -> bool:
        """Return whether all objects of a row have the keys of those in the first rows, and its lists end as theirs."""
        for path, node in _nodes(row):
            if isinstance(node, dict):
                if (path, frozenset(node)) not in self.objects:
                    return False
            elif path not in self.lists:
                return False
            elif node and isinstance(node[-1], dict):
                end: dict[str, Any] = node[-1]
                if any(end.get(key) != value for at, key, value in self.last if at == path):
                    return False
        return True


def _first_rows(content: Content, start: int) -> Iterator[dict[str, Any]]:
    count = 0
    # The last line may be cut.
    for line in content.read(start, min(start + _HEAD, content.size)).split(b"\n"):
        try:
            row = orjson.loads(line)
        except orjson.JSONDecodeError:
            continue
        if isinstance(row, dict):
            yield row
            count += 1
            if count == _ROWS:
                return


def _nodes(row: dict[str, Any]) -> Iterator[tuple[_Path, dict[str, Any] | list[Any]]]:
    """Yield the objects and lists of a row, with their paths."""
    waiting: list[tuple[_Path, Any]] = [((), row)]
    while waiting:
        path, node = waiting.pop()
        yield path, node
        inner = node.items() if isinstance(node, dict) else (("", each) for each in node)
        waiting += [((*path, key), value) for key, value in inner if isinstance(value, dict | list)]


def _name(value: object) -> str | None:
    return value if isinstance(value, str) and len(value) <= _NAME else None
