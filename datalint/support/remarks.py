"""Rows of a file that are remarks about it instead of examples, such as ``{"_comment": "a draft"}``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from datalint.support.letters import letters_of

#: What such keys begin with, and the rest of them without separators.
_MARKS: Final = ("_", "/", "#", "$", "@")
_NAMES: Final = frozenset(
    """comment comments meta metadata note notes readme info description instructions draft header about version
    schema""".split()
)
#: Keys of the mark by which a benchmark is found in training data.
_CANARIES: Final = frozenset("canary canarystring canaryguid canaryid".split())
#: Keys of such a row at most, and characters of one.
_MOST: Final = 6
_LONGEST: Final = 40


def is_remark(keys: Iterable[str]) -> bool:
    """Return whether all keys of a row, of which there is at least one, say that it is a remark."""
    found = list(keys)
    return 0 < len(found) <= _MOST and (all(map(_is_mark, found)) or is_canary(found))


def is_canary(keys: Iterable[str]) -> bool:
    """Return whether a row has nothing but the mark by which a benchmark is found in training data."""
    found = list(keys)
    return len(found) == 1 and is_canary_key(found[0])


def is_canary_key(key: str) -> bool:
    """Return whether a key holds the mark by which a benchmark is found in training data."""
    return len(key) <= _LONGEST and letters_of(key) in _CANARIES


def _is_mark(key: str) -> bool:
    rest = letters_of(key)
    return key.startswith(_MARKS) and len(key) <= _LONGEST and (not rest or rest in _NAMES)
