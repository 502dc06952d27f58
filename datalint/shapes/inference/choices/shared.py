"""Shared code for questions with options: the guess, and the names of keys of answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from datalint.shapes.evidence.names import stem
from datalint.shapes.evidence.sampled import Holds, SampledColumn
from datalint.shapes.guess import JOIN, Guess
from datalint.support.names.column_names import Strength, strength

#: Words of keys of answers that were written instead of chosen.
WRITTEN: Final = frozenset("response responses output completion generation reply prediction".split())
#: Types of columns of options, and of columns of the right option.
KINDS: Final = (Holds.TEXT, Holds.LABEL, Holds.NUMBER, Holds.REFERENCE, Holds.OTHER)


def about_options(
    question: SampledColumn, options: Sequence[SampledColumn], right: SampledColumn, texts: Sequence[SampledColumn]
) -> Guess:
    """Return the guess about a question, its context, its options and the right option."""
    name = stem(question.key)
    near = [
        each
        for each in texts
        if each is not question and (strength(each.key, "context") >= Strength.HEAD or stem(each.key) == name)
    ]
    context = JOIN.join(each.key for each in (*near, *(each for each in options if each not in near)))
    found = {"prompt": question.key, "context": context, "response": right.key}
    return Guess.of(found, clear=True, basis="values")


def names_answer(column: SampledColumn) -> bool:
    """Return whether a column holds a response, by its name."""
    return strength(column.key, "response") >= Strength.HEAD


def is_asked(key: str) -> bool:
    """Return whether a key is that of a question by its whole name, which may contain code."""
    return any(strength(key, each) is Strength.WHOLE for each in ("prompt", "text"))
