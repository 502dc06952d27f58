"""Detection of everything that parsers hide or change in a record: repeated keys, and values outside JSON or UTF-8."""

from __future__ import annotations

import json
import math
import re
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from datalint.privacy.display import excerpt
from datalint.privacy.json_paths import json_path
from datalint.records.record import Problem

#: The maximum number of problems of one rule that are reported for one record.
_PER_RECORD: Final = 10
_SURROGATE: Final = "[\ud800-\udfff]"
_INT64_MIN: Final = -(1 << 63)
_UINT64_MAX: Final = (1 << 64) - 1


@dataclass(slots=True)
class Marks:
    """Findings of the parser's hooks; it keeps references to objects so that their ids are not reused."""

    repeated: dict[int, tuple[dict[str, Any], list[str]]] = field(default_factory=dict)
    constants: dict[int, tuple[float, str]] = field(default_factory=dict)
    endless: dict[int, tuple[float, int]] = field(default_factory=dict)


class _Parser(threading.local):
    """Python's parser with hooks for all that it would hide; one per thread, because creating it takes a while."""

    def __init__(self) -> None:
        self.marks = Marks()
        self._decoder = json.JSONDecoder(
            object_pairs_hook=self._pairs, parse_constant=self._constant, parse_int=self._integer
        )

    def read(self, text: str) -> tuple[Any, Marks]:
        """Return the value of ``text`` and the findings of the hooks; raises JSONDecodeError."""
        marks = self.marks = Marks()
        return self._decoder.decode(text), marks

    def _pairs(self, items: list[tuple[str, Any]]) -> dict[str, Any]:
        value = dict(items)
        if len(value) != len(items):
            counts = Counter(key for key, _ in items)
            self.marks.repeated[id(value)] = value, [f"{key}" for key, count in counts.items() if count > 1]
        return value

    def _constant(self, name: str) -> float:
        value = float(name)
        self.marks.constants[id(value)] = value, name
        return value

    def _integer(self, digits: str) -> int | float:
        try:
            return int(digits)
        except ValueError:  # more digits than Python converts
            value = float(digits)
            self.marks.endless[id(value)] = value, len(digits.lstrip("-"))
            return value


PARSER: Final = _Parser()


def limited(problems: Iterator[Problem]) -> Iterator[Problem]:
    """Yield at most so many problems of each rule as are reported for one record."""
    seen: Counter[str] = Counter()
    for problem in problems:
        seen[problem.rule] += 1
        if seen[problem.rule] <= _PER_RECORD:
            yield problem


def noticed(value: dict[str, Any], marks: Marks) -> Iterator[Problem]:
    """Yield the problems with the keys and values of a record, in document order."""
    for node, steps in _nodes(value):
        if isinstance(node, dict):
            for key in marks.repeated.get(id(node), (node, []))[1]:
                path = json_path([*steps(), key])
                yield Problem(
                    "duplicate-key", f'key "{excerpt(key, 40)}" is repeated; parsers keep the last', path=path
                )
            for key in node:
                if not key.isascii() and (half := re.search(_SURROGATE, key)):
                    yield Problem("lone-surrogate", _half(half.group()) + " in a key", path=json_path(steps()))
        elif isinstance(node, str):
            if not node.isascii() and (half := re.search(_SURROGATE, node)):
                yield Problem("lone-surrogate", _half(half.group()), path=json_path(steps()))
        elif isinstance(node, float):
            if id(node) in marks.endless:
                yield Problem("integer-overflow", _outside(marks.endless[id(node)][1]), path=json_path(steps()))
            elif not math.isfinite(node):
                name = marks.constants.get(id(node), (node, "a number too large for a double"))[1]
                yield Problem("nan-literal", f"{name} is not a JSON value", path=json_path(steps()))
        elif isinstance(node, int) and not _INT64_MIN <= node <= _UINT64_MAX:
            yield Problem("integer-overflow", _outside(len(str(abs(node)))), path=json_path(steps()))


def _half(char: str) -> str:
    return f"\\u{ord(char):04x} without its other half: not text that UTF-8 can encode"


def _outside(digits: int) -> str:
    return f"an integer of {digits:,} digits is outside 64 bits; parsers round or refuse it"


def _nodes(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every node, in document order, with a function that returns its steps."""
    stack: list[tuple[Any, Any]] = [(value, None)]
    while stack:
        node, trail = stack.pop()
        yield node, lambda trail=trail: _steps(trail)
        if isinstance(node, dict):
            stack.extend((child, (trail, key)) for key, child in reversed(node.items()))
        elif isinstance(node, list):
            stack.extend((node[index], (trail, index)) for index in range(len(node) - 1, -1, -1))


def _steps(trail: Any) -> list[str | int]:
    steps = []
    while trail is not None:
        trail, step = trail
        steps.append(step)
    return steps[::-1]
