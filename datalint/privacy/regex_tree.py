"""Syntax trees of the regular expressions of secret formats, and functions that convert them back to patterns.

:func:`write_pattern` writes a pattern that means the same in Python's ``re`` and Rust's ``regex``, and
:func:`literals` finds the text that every match contains. A written pattern has no shorthand of a dialect: classes are
spelled out in ASCII, repetitions are bounded, and there is no look-around. So Rust searches in linear time, and Python
in time bounded by the length of the text times the width of the pattern.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from string import ascii_letters, ascii_lowercase, ascii_uppercase, digits
from typing import Final, TypeAlias

from datalint.support.named_tuple import NamedTuple

#: Repetitions without an upper bound get the lower bound plus this number.
MORE: Final = 1_000
#: The characters of most tokens.
TOKEN: Final = frozenset(ascii_letters + digits + "_-")
#: The maximum number of alternative spellings of a literal.
_SPELLINGS: Final = 12
#: The maximum size of a character class whose members become alternative spellings.
_FEW: Final = 8
#: A literal of this length is rare enough; beyond that, fewer spellings are better than more characters.
_RARE: Final = 8
#: The characters with a special meaning outside of classes.
_SPECIAL: Final = frozenset("\\.^$*+?{}[]|()")

_SPACE: Final = frozenset(" \t\n\r\f\v")


class UnsupportedError(ValueError):
    """The pattern has a feature that formats of secrets do not support."""


class Chars(NamedTuple):
    """One character of a set; ``negated`` if non-ASCII characters match too."""

    chars: frozenset[str]
    negated: bool = False


class Edge(NamedTuple):
    """An anchor or a word boundary."""

    text: str


class Repeat(NamedTuple):
    """``node`` repeated ``least`` to ``most`` times; ``most`` is None without a limit."""

    node: Node
    least: int
    most: int | None


class CaptureGroup(NamedTuple):
    """Alternative sequences, with the name under which they are captured."""

    branches: tuple[Sequence, ...]
    name: str = ""


Node: TypeAlias = Chars | Edge | Repeat | CaptureGroup
Sequence: TypeAlias = tuple[Node, ...]


def write_pattern(tree: Node | Sequence) -> str:
    """Return a pattern for Python and Rust that matches the same texts, without anchors and boundaries.

    Raises:
        UnsupportedError: for negated classes and white space, which would match characters that secrets do not contain.
    """
    if isinstance(tree, CaptureGroup):
        inner = "|".join(map(write_pattern, tree.branches))
        if tree.name:
            return f"(?P<{tree.name}>{inner})"
        return inner if len(tree.branches) == 1 else f"(?:{inner})"
    if isinstance(tree, Repeat):
        inner = write_pattern(tree.node)
        if not isinstance(tree.node, Chars) and inner[:3] not in ("(?:", "(?P"):
            inner = f"(?:{inner})"
        most = tree.least + MORE if tree.most is None else tree.most
        return inner + ("?" if (tree.least, most) == (0, 1) else _count(tree.least, most))
    if isinstance(tree, Edge):
        return ""
    if isinstance(tree, Chars):
        return _class(tree)
    return "".join(map(write_pattern, tree))


def literals(sequence: Sequence) -> tuple[str, ...]:
    """Return the rarest set of strings such that every match of ``sequence`` contains one; empty if there is none."""
    best: tuple[str, ...] = ()
    rank = (0, 0, 0)
    for start in range(len(sequence)):
        texts: tuple[str, ...] = ("",)
        for node in sequence[start:]:
            spelled = _spelled(node)
            if spelled is None or len(texts) * len(spelled) > _SPELLINGS:
                break
            texts = tuple(a + b for a, b in product(texts, spelled))
            shortest = min(map(len, texts))
            new = (min(shortest, _RARE), -len(texts), shortest)
            if new > rank:
                best, rank = texts, new
    return best


def literal_run(sequence: Sequence, of: frozenset[str], *, longest: bool = False) -> int:
    """Return with how many characters of ``of`` every match of ``sequence`` begins, or with ``longest`` any match."""
    total = 0
    for node in sequence:
        count, whole = _begin(node, of, longest)
        total += count
        if not whole:
            break
    return total


def width(tree: Node | Sequence) -> tuple[int, int]:
    """Return the minimum and maximum length of a match; the maximum is that of the emitted pattern."""
    if isinstance(tree, CaptureGroup):
        widths = [width(branch) for branch in tree.branches]
        return min(least for least, _ in widths), max(most for _, most in widths)
    if isinstance(tree, Repeat):
        least, most = width(tree.node)
        return least * tree.least, most * (tree.least + MORE if tree.most is None else tree.most)
    if isinstance(tree, Edge):
        return 0, 0
    if isinstance(tree, Chars):
        return 1, 1
    widths = [width(node) for node in tree]
    return sum(least for least, _ in widths), sum(most for _, most in widths)


def _count(least: int, most: int) -> str:
    return f"{{{least}}}" if least == most else f"{{{least},{most}}}"


def _class(node: Chars) -> str:
    if node.negated:
        raise UnsupportedError("a negated class")
    if len(node.chars) > 1 and node.chars & _SPACE:
        raise UnsupportedError("white space")
    if len(node.chars) == 1:
        char = min(node.chars)
        return f"\\{char}" if char in _SPECIAL else char
    pieces: list[str] = []
    for alphabet in (ascii_uppercase, ascii_lowercase, digits):
        pieces += _ranges([char for char in alphabet if char in node.chars])
    # A hyphen at the end of a class is literal.
    signs = sorted((char for char in node.chars if not char.isalnum()), key=lambda char: (char == "-", char))
    pieces += (f"\\{char}" if char in "\\[]^&~" else char for char in signs)
    return f"[{''.join(pieces)}]"


def _ranges(ordered: list[str]) -> Iterator[str]:
    while ordered:
        size = 1
        while size < len(ordered) and ord(ordered[size]) == ord(ordered[0]) + size:
            size += 1
        yield f"{ordered[0]}-{ordered[size - 1]}" if size > 2 else "".join(ordered[:size])
        del ordered[:size]


def _spelled(node: Node) -> tuple[str, ...] | None:
    """Return all strings that ``node`` matches; None if there are many."""
    if isinstance(node, Chars):
        return tuple(sorted(node.chars)) if not node.negated and len(node.chars) <= _FEW else None
    if isinstance(node, Edge):
        return ("",)
    if isinstance(node, Repeat):
        inner = _spelled(node.node)
        if inner is None or node.least != node.most or len(inner) > 1:
            return None
        return (inner[0] * node.least,)
    found: list[str] = []
    for branch in node.branches:
        texts: tuple[str, ...] = ("",)
        for part in branch:
            inner = _spelled(part)
            if inner is None or len(texts) * len(inner) > _SPELLINGS:
                return None
            texts = tuple(a + b for a, b in product(texts, inner))
        found += texts
    return tuple(dict.fromkeys(found))


def _begin(node: Node, of: frozenset[str], longest: bool) -> tuple[int, bool]:
    """Return with how many characters of ``of`` a match of a node begins, and whether it has no other characters."""
    if isinstance(node, Edge):
        return 0, True
    if isinstance(node, Chars):
        whole = not node.negated and node.chars <= of
        return int(whole), whole
    if isinstance(node, Repeat):
        count, whole = _begin(node.node, of, longest)
        times = node.least if not longest else node.least + MORE if node.most is None else node.most
        return (count * times if whole else min(count, count * times)), whole
    runs = [
        (literal_run(branch, of, longest=longest), all(_begin(part, of, longest)[1] for part in branch))
        for branch in node.branches
    ]
    return (max if longest else min)(count for count, _ in runs), all(whole for _, whole in runs)
