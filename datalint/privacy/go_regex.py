"""A parser for the subset of Go's regular expressions that formats of secrets use."""

from __future__ import annotations

import re
from string import ascii_letters, digits
from typing import Final

from datalint.privacy.regex_tree import CaptureGroup, Chars, Edge, Node, Repeat, Sequence, UnsupportedError

_ASCII: Final = frozenset(map(chr, range(128)))
_WORD: Final = frozenset(ascii_letters + digits + "_")
_SPACE: Final = frozenset(" \t\n\r\f")
_CLASSES: Final = {"w": _WORD, "d": frozenset(digits), "s": _SPACE}
_POSIX: Final = {"alnum": frozenset(ascii_letters + digits), "alpha": frozenset(ascii_letters), "digit": _CLASSES["d"]}
_CONTROLS: Final = {"n": "\n", "r": "\r", "t": "\t", "f": "\f", "v": "\v"}


def parse_go_regex(pattern: str) -> CaptureGroup:
    """Parse a Go regular expression into a tree.

    Raises:
        UnsupportedError: if it has look-around or back-references, or is not well-formed.
    """
    reader = _Reader(pattern)
    tree = reader.branches(fold=False)
    if reader.rest():
        raise UnsupportedError(f"unbalanced: {pattern}")
    return tree


class _Reader:
    """A recursive descent parser for one pattern."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._at = 0

    def rest(self) -> str:
        """Return the part of the pattern that has not been read yet."""
        return self._pattern[self._at :]

    def branches(self, *, fold: bool, name: str = "") -> CaptureGroup:
        """Read alternatives up to a closing parenthesis or the end; ``fold`` ignores case."""
        found: list[Sequence] = []
        sequence: list[Node] = []
        while self.rest() and not self._pattern.startswith(")", self._at):
            if self._take("|"):
                found.append(tuple(sequence))
                sequence = []
            elif flags := self._match(r"\(\?(-?)([is])\)"):
                fold = flags[1] == "" if flags[2] == "i" else fold
            else:
                sequence.append(self._repeated(self._atom(fold)))
        return CaptureGroup((*found, tuple(sequence)), name)

    def _take(self, text: str) -> bool:
        if not self._pattern.startswith(text, self._at):
            return False
        self._at += len(text)
        return True

    def _match(self, pattern: str) -> re.Match[str] | None:
        found = re.compile(pattern).match(self._pattern, self._at)
        if found is not None:
            self._at = found.end()
        return found

    def _repeated(self, node: Node) -> Node:
        found = self._match(r"(?:([*+?])|\{(\d+)(,?)(\d*)\})\??")
        if found is None:
            return node
        if found[1]:
            least, most = {"*": (0, None), "+": (1, None), "?": (0, 1)}[found[1]]
            return Repeat(node, least, most)
        most = int(found[4]) if found[4] else None if found[3] else int(found[2])
        return Repeat(node, int(found[2]), most)

    def _atom(self, fold: bool) -> Node:
        if opened := self._match(r"\((?:\?(?:P<(\w+)>|(-?)([is])?:))?"):
            group = self.branches(fold=opened[2] == "" if opened[3] == "i" else fold, name=opened[1] or "")
            if not self._take(")"):
                raise UnsupportedError(f"unbalanced: {self._pattern}")
            return group
        if edge := self._match(r"\\[bBAz]|[$^]"):
            return Edge(edge[0])
        if self._take("["):
            return self._bracketed(fold)
        if self._match(r"\\"):
            return Chars(self._escaped())
        if self._take("."):
            # An unescaped dot means a dot ("hooks.slack.com"), unless it is repeated.
            return Chars(_ASCII, negated=True) if self.rest()[:1] in ("*", "+", "{") else Chars(frozenset("."))
        if self._pattern[self._at] in "(*+?{":
            raise UnsupportedError(f"what is at {self._at} of {self._pattern}")
        self._at += 1
        return Chars(frozenset(self._pattern[self._at - 1]))

    def _escaped(self) -> frozenset[str]:
        if code := self._match(r"x([0-9A-Fa-f]{2})"):
            return frozenset(chr(int(code[1], 16)))
        char = self._pattern[self._at : self._at + 1]
        self._at += 1
        if char.upper() in ("W", "D", "S") and char.isupper():
            return _ASCII - _CLASSES[char.lower()]
        if not char or (char.isalnum() and char not in (*_CLASSES, *_CONTROLS)):
            raise UnsupportedError(f"\\{char} in {self._pattern}")
        return _CLASSES.get(char) or frozenset(_CONTROLS.get(char, char))

    def _bracketed(self, fold: bool) -> Chars:
        negated = self._take("^")
        chars: set[str] = set()
        first = True
        while first or not self._pattern.startswith("]", self._at):
            first = False
            if named := self._match(r"\[:(\w+):\]"):
                chars |= _POSIX[named[1]]
                continue
            if not self.rest():
                raise UnsupportedError(f"unbalanced: {self._pattern}")
            one = self._one()
            if len(one) == 1 and self._match(r"-(?!\])"):
                chars.update(map(chr, range(ord(min(one)), ord(min(self._one())) + 1)))
            else:
                chars |= one
        self._at += 1
        letters = {char for char in chars if char.isalpha()}
        # A class of a few letters is part of a name, which is issued in one case; many letters are an alphabet.
        if fold and len(letters) > 4:
            chars |= {char.swapcase() for char in letters}
        return Chars(_ASCII - chars if negated else frozenset(chars), negated)

    def _one(self) -> frozenset[str]:
        if self._match(r"\\"):
            return self._escaped()
        self._at += 1
        return frozenset(self._pattern[self._at - 1])
