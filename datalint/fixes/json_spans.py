"""Offsets of keys and values in the bytes of a JSON text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Final

from datalint.core.fix import Steps
from datalint.sources.json_truth.raw_breaks import escape_string
from datalint.support.named_tuple import NamedTuple

#: A string, an opening or closing bracket, or anything else that is a value; white space, commas and colons stand
#: between.
_TOKEN: Final = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\]]|[^\s,:{}\[\]"]+', re.DOTALL)
#: A string, or white space with the comma before it.
_SPACED: Final = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"|,?[ \t\r\n]+', re.DOTALL)
_QUOTE, _COMMA, _OPEN_OBJECT, _CLOSE_OBJECT, _OPEN_LIST, _CLOSE_LIST = b'",{}[]'


class Span(NamedTuple):
    """The bytes of a value, and of the key before it (empty in a list)."""

    key_start: int
    key_stop: int
    start: int
    stop: int


def find_spans(data: bytes, wanted: Iterable[Steps]) -> dict[Steps, Span]:
    """Return where the values at ``wanted`` stand in ``data``, which is JSON; those that are not there are left out.

    Of a key that an object has twice, the last counts, as for parsers.
    """
    targets = set(wanted)
    prefixes = {steps[:depth] for steps in targets for depth in range(len(steps))}
    return _Scan(data, targets, prefixes).run()


class _Scan:
    """One pass over the tokens; ``path`` is None below values that nobody asks for."""

    def __init__(self, data: bytes, targets: set[Steps], prefixes: set[Steps]) -> None:
        self.data = data
        self.targets = targets
        self.prefixes = prefixes
        self.found: dict[Steps, Span] = {}

    def run(self) -> dict[Steps, Span]:
        # Of each open container: its path, its kind, the index of the next item, its own key and start.
        stack: list[tuple[Steps | None, bool, list[int], tuple[int, int], int]] = []
        key: tuple[int, int] | None = None
        for token in _TOKEN.finditer(self.data):
            first = self.data[token.start()]
            if first in (_CLOSE_OBJECT, _CLOSE_LIST):
                path, _, _, key_span, start = stack.pop()
                self._note(path, key_span, start, token.end())
                continue
            if stack and stack[-1][1] and key is None:
                key = token.span()
                continue
            path = self._path(stack, key)
            span = key or (token.start(), token.start())
            key = None
            if path is not None and path in self.prefixes:
                self._forget(path)
            if first in (_OPEN_OBJECT, _OPEN_LIST):
                stack.append((path, first == _OPEN_OBJECT, [0], span, token.start()))
            else:
                self._note(path, span, token.start(), token.end())
        return self.found

    def _path(
        self, stack: list[tuple[Steps | None, bool, list[int], tuple[int, int], int]], key: tuple[int, int] | None
    ) -> Steps | None:
        if not stack:
            return ()
        parent, is_object, index, _, _ = stack[-1]
        step: str | int = index[0]
        index[0] += 1
        if parent is None or parent not in self.prefixes:
            return None
        if is_object:
            assert key is not None
            step = json.loads(self.data[key[0] : key[1]].decode())
        return (*parent, step)

    def _note(self, path: Steps | None, key: tuple[int, int], start: int, stop: int) -> None:
        if path is not None and path in self.targets:
            self.found[path] = Span(*key, start, stop)

    def _forget(self, path: Steps) -> None:
        """Forget what was found in an earlier value of the same key."""
        for other in [each for each in self.found if each[: len(path)] == path]:
            del self.found[other]


def on_one_line(data: bytes) -> bytes:
    """Return a JSON text without line breaks; its values keep their bytes, but raw line breaks in them are escaped."""
    data = data.strip(b" \t\r\n")
    return _SPACED.sub(_without_break, data) if b"\n" in data or b"\r" in data else data


def _without_break(match: re.Match[bytes]) -> bytes:
    found = match.group()
    if b"\n" not in found and b"\r" not in found:
        return found
    if found[0] == _QUOTE:
        return escape_string(match)
    return b", " if found[0] == _COMMA else b""
