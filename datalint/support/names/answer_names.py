"""How clearly a key names what is learned: an answer, what is written of another text, a decision or a label."""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache
from typing import Final

from datalint.support.names.column_names import Strength, fold_name, strength

#: Last words of what is written of another text, where nothing names an answer.
_WRITTEN: Final = frozenset(
    """copy resolution holding ruling verdict impression minutes outcome conclusion caption docstring remedy ref
    refs""".split()
)
#: Words of what a model or a program wrote, and of what is not to be learned.
_OF_MODELS: Final = frozenset(
    """model predicted prediction predictions pred preds mt hyp hypothesis baseline raw generated candidate candidates
    wrong incorrect bad rejected""".split()
)
#: First words of the names of texts that were written again.
_AGAIN: Final = frozenset("revised corrected fixed improved rewritten edited".split())
#: The first word of the name of what is expected of an answer, and last words of those of links.
_EXPECTED: Final = "expected"
_LINKS: Final = frozenset("url urls link links uri uris".split())
#: Letters of a name: what a single one stands for depends on the others.
_LEAST: Final = 2


class Answers(IntEnum):
    """How clearly a key names what is learned."""

    NOT = 0
    #: It names a decision or a class.
    CLASS = 1
    #: It names what is written of another text, such as a diagnosis.
    WRITTEN = 2
    #: Its last word names an answer.
    HEAD = 3
    #: The whole name is that of an answer, such as ``expected``.
    WHOLE = 4


@lru_cache(maxsize=1024)
def names_answer(key: str) -> Answers:
    """Return how clearly a key names what is learned."""
    words = fold_name(key)
    if not words or len(key.strip()) < _LEAST or not _OF_MODELS.isdisjoint(words):
        return Answers.NOT
    named = strength(key, "response")
    if named is Strength.WHOLE:
        return Answers.WHOLE
    if words[0] == _EXPECTED and words[-1] in _LINKS:
        return Answers.WRITTEN  # what is to be found, although a link is a fact about a row elsewhere
    others = (strength(key, "about"), strength(key, "test"))
    if max(others) >= Strength.HEAD or strength(key, "prompt") > named:
        return Answers.NOT
    if named is Strength.HEAD:
        return Answers.HEAD
    if strength(key, "written") >= Strength.HEAD or words[-1] in _WRITTEN or words[0] in _AGAIN:
        return Answers.WRITTEN
    return Answers.CLASS if max(strength(key, "act"), strength(key, "category")) >= Strength.HEAD else Answers.NOT


def is_of_model(key: str) -> bool:
    """Return whether a key names what a model wrote, or what is not to be learned."""
    return not _OF_MODELS.isdisjoint(fold_name(key))
