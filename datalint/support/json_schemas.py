"""Compiles a JSON Schema that a stranger may have written: nothing is fetched, and a row takes bounded time.

References multiply: thirty definitions that each name the next one twice, in 2 kB, are a billion schemas for every row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final

from datalint.support.named_tuple import NamedTuple

#: Schemas that a schema may have with its references in place.
MOST_SCHEMAS: Final = 50_000
#: Keywords whose schemas are for the same value, and those for what is in it.
_ONE: Final = ("not", "if", "then", "else")
_MANY: Final = ("allOf", "anyOf", "oneOf")
_NAMED: Final = ("dependentSchemas", "dependencies")
_REFERENCES: Final = ("$ref", "$dynamicRef", "$recursiveRef")
_OTHER_KEYS: Final = ("additionalProperties", "unevaluatedProperties")
_ITEMS: Final = ("items", "additionalItems", "unevaluatedItems")


class _Step(NamedTuple):
    """A step into a value: a key (``kind`` key), any key (``*``), a position (``#``) or any position (``[]``).

    Of the steps of one schema (``owner``), one to other keys or positions leads nowhere that another one leads to.
    """

    kind: str
    name: object
    owner: int
    others: bool = False

    def meets(self, other: _Step) -> bool:
        """Return whether both may lead to one place."""
        if {self.kind, other.kind} & {"key", "*"} and {self.kind, other.kind} & {"#", "[]"}:
            return False
        if self.kind == other.kind and self.kind in ("key", "#"):
            return self.name == other.name
        return not (self.owner == other.owner and self.others != other.others)


def compile_schema(schema: Any, **options: Any) -> Any:
    """Return jsonschema-rs' validator of a schema, with its own ``options``.

    Raises:
        ValueError: for what is no JSON Schema, refers to something outside itself, or takes too long.
        RecursionError: for one that is nested too deeply.
    """
    import jsonschema_rs

    validator = jsonschema_rs.validator_for(schema, retriever=_refuse, **options)
    _Walk(schema).check()
    return validator


def _refuse(uri: str) -> Any:
    raise ValueError("datalint fetches no schema; put it into $defs")


class _Walk:
    """Goes through a schema with its references in place."""

    def __init__(self, root: Any) -> None:
        self.root = root
        self.schemas = 0
        self.entries = 0
        self.returns: dict[int, list[tuple[_Step, ...]]] = defaultdict(list)
        #: Schemas by the last part of their ``$id``, and by their anchors.
        self.named: dict[str, list[Any]] = defaultdict(list)
        stack = [root]
        while stack:
            each = stack.pop()
            if isinstance(each, dict):
                for key in ("$id", "id", "$anchor", "$dynamicAnchor"):
                    if isinstance(name := each.get(key), str):
                        self.named[name.rstrip("#").rpartition("/")[2].removeprefix("#")].append(each)
                stack.extend(each.values())
            elif isinstance(each, list):
                stack.extend(each)

    def check(self) -> None:
        """Raise ValueError for a schema that multiplies."""
        self._visit(self.root, (), {})

    def _visit(self, schema: Any, place: tuple[_Step, ...], entered: dict[int, tuple[int, int]]) -> None:
        if not isinstance(schema, dict):
            return
        self.schemas += 1
        if self.schemas > MOST_SCHEMAS:
            raise ValueError(f"its references make more than {MOST_SCHEMAS:,} schemas of it")
        if id(schema) in entered:
            self._return(entered[id(schema)], place)
            return
        self.entries += 1
        entered = {**entered, id(schema): (self.entries, len(place))}
        for inner, step in self._inner(schema):
            self._visit(inner, place if step is None else (*place, step), entered)

    def _return(self, entry: tuple[int, int], place: tuple[_Step, ...]) -> None:
        """Note that a schema contains itself at a place."""
        number, length = entry
        way = place[length:]
        for other in self.returns[number] if way else ():
            if len(other) == len(way) and all(one.meets(two) for one, two in zip(way, other, strict=True)):
                raise ValueError("it contains itself twice at one place: each level of a row doubles its time")
        self.returns[number].append(way)

    def _inner(self, schema: dict[str, Any]) -> Iterator[tuple[Any, _Step | None]]:
        """Yield the schemas in a schema with the step to their value, None for the same value."""
        owner = id(schema)
        for key in _REFERENCES:
            for target in self._targets(schema.get(key)):
                yield target, None
        for key in _ONE:
            yield schema.get(key), None
        for key in _MANY:
            for each in _list(schema.get(key)):
                yield each, None
        for key in _NAMED:
            for each in _dict(schema.get(key)).values():
                yield each, None
        for name, each in _dict(schema.get("properties")).items():
            yield each, _Step("key", name, owner)
        for each in _dict(schema.get("patternProperties")).values():
            yield each, _Step("*", "", owner)
        for key in _OTHER_KEYS:
            yield schema.get(key), _Step("*", "", owner, others=True)
        for key in ("prefixItems", "items"):
            for position, each in enumerate(_list(schema.get(key))):
                yield each, _Step("#", position, owner)
        for key in _ITEMS:
            yield schema.get(key), _Step("[]", "", owner, others=True)
        yield schema.get("contains"), _Step("[]", "", 0)

    def _targets(self, reference: Any) -> list[Any]:
        """Return the schemas that a reference may mean; more than one where names are not unique."""
        if not isinstance(reference, str):
            return []
        document, _, fragment = reference.partition("#")
        name = document.rpartition("/")[2]
        starts = self.named.get(name, []) if document else [self.root, *self._resources()]
        if not fragment:
            return starts if document else [self.root]
        if not fragment.startswith("/"):
            return self.named.get(fragment, [])
        found = (_at(start, fragment) for start in starts)
        return list({id(each): each for each in found if each is not None}.values())

    def _resources(self) -> Iterator[Any]:
        for schemas in self.named.values():
            yield from schemas


def _at(value: Any, pointer: str) -> Any:
    """Return what a JSON pointer leads to, None for nothing."""
    from urllib.parse import unquote

    for part in unquote(pointer)[1:].split("/"):
        name = part.replace("~1", "/").replace("~0", "~")
        if isinstance(value, dict):
            value = value.get(name)
        elif isinstance(value, list) and name.isdecimal() and int(name) < len(value):
            value = value[int(name)]
        else:
            return None
    return value


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
