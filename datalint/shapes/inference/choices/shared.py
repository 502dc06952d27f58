"""Shared code for questions with options: the guess, and the names of keys of answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from datalint.shapes.dialogues import IN_TURN
from datalint.shapes.evidence.names import stem
from datalint.shapes.evidence.sampled import Holds, SampledColumn
from datalint.shapes.guess import JOIN, Guess
from datalint.shapes.side_keys import use_of
from datalint.support.names.column_names import Strength, fold_name, strength

#: Words of keys of answers that were written instead of chosen.
WRITTEN: Final = frozenset("response responses output completion generation reply prediction".split())
#: Types of columns of options, and of columns of the right option.
KINDS: Final = (Holds.TEXT, Holds.LABEL, Holds.NUMBER, Holds.REFERENCE, Holds.OTHER)

#: Types of columns of the parts of a question.
_PARTS: Final = (Holds.TEXT, Holds.LABEL)


def about_options(
    question: SampledColumn,
    options: Sequence[SampledColumn],
    right: SampledColumn,
    texts: Sequence[SampledColumn],
    columns: Sequence[SampledColumn],
) -> Guess:
    """Return the guess about a question, its context among the ``texts``, its options and the right option.

    Columns of one name but for a number or letter, such as the two parts of a beginning to continue, are one question:
    a part of a few words, such as who acts, may recur like a label.
    """
    asked = parts_of(question, [each for each in columns if each is not right and each not in options])
    near = [each for each in texts if each not in asked and _is_read_too(each)]
    context = JOIN.join(each.key for each in (*near, *(each for each in options if each not in near)))
    found = {"prompt": JOIN.join(each.key for each in asked), "context": context, "response": right.key}
    return Guess.of(found, clear=True, basis="values")


def _is_read_too(column: SampledColumn) -> bool:
    """Whether a text or list is read next to a question by its name: a passage, earlier turns, or who replies."""
    named = strength(column.key, "context") >= Strength.HEAD or use_of(column.key) == "context"
    return named or are_turns_before(column)


def are_turns_before(column: SampledColumn) -> bool:
    """Return whether a column holds the turns before a reply, by its name."""
    named = strength(column.key, "context") is Strength.WHOLE or "".join(fold_name(column.key)) in IN_TURN
    return named and column.holds in (Holds.LIST, Holds.CHAT)


def parts_of(question: SampledColumn, columns: Sequence[SampledColumn]) -> list[SampledColumn]:
    """Return a question and the columns of its name but for a number or letter, in their order."""
    name = stem(question.key)
    return [e for e in columns if e is question or (name and e.holds in _PARTS and stem(e.key) == name)]


def names_answer(column: SampledColumn) -> bool:
    """Return whether a column holds a response, by its name."""
    return strength(column.key, "response") >= Strength.HEAD


def is_asked(key: str) -> bool:
    """Return whether a key is that of a question by its whole name, which may contain code."""
    return any(strength(key, each) is Strength.WHOLE for each in ("prompt", "text"))
