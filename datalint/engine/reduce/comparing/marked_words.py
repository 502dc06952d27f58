"""Sentences in which signs mark the words that are asked about, as data of relations and aspects has them."""

from __future__ import annotations

from typing import Final

from datalint.support.lazy_pattern import lazy_pattern

#: A sign before the marked words: ``<e1>``, ``[E1]``, ``<head>``.
_OPENING: Final = ("<e", "<E", "[e", "[E", "<subj", "<obj", "<head", "<tail", "<target", "<aspect", "<arg")
#: Marked words between two such signs.
_MARKED: Final = lazy_pattern(
    r"(?i)(?P<open>[<\[])(?P<name>e[12]|entity[12]|subj|obj|head|tail|target|aspect|arg[12])(?P<close>[>\]])"
    r"(?P<words>[^<>\[\]]{1,200})(?P=open)/(?P=name)(?P=close)"
)


def mark_others(one: str, other: str) -> bool:
    """Return whether two sentences with such signs mark other words, which makes them other questions."""
    if not any(sign in one for sign in _OPENING) or not any(sign in other for sign in _OPENING):
        return False
    mine, theirs = _marked(one), _marked(other)
    return bool(mine and theirs) and mine != theirs


def _marked(text: str) -> list[tuple[str, str]]:
    """Return the marked words with the names of their signs, which say which is the first one."""
    found = _MARKED.finditer(text)
    return [(match["name"].casefold(), " ".join(match["words"].casefold().split())) for match in found]
