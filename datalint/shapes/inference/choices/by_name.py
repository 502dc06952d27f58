"""Questions with an object of answers by names, such as what an assistant may do, and the name of the right one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.names import has_word, is_about, named_as
from datalint.shapes.evidence.right_names import names_right_option
from datalint.shapes.evidence.sampled import Holds, SampledColumn
from datalint.shapes.guess import Guess, can_be_typed
from datalint.shapes.inference.choices.shared import KINDS, about_options
from datalint.support.names.column_names import Strength, strength

#: Answers of a question at least and at most, and names of answers in all rows.
_LEAST: Final = 2
_MOST: Final = 10
#: Characters of a name at most.
_LONGEST: Final = 60
#: Words of names that say which answer is right, where others may say which one somebody prefers.
_RIGHT: Final = ("correct", "right", "gold", "golden")
#: Share of the rows that must agree, rows that are looked at, and rows that are enough.
_NEARLY_ALL: Final = 0.9
_ROWS: Final = 200
_FEW_ROWS: Final = 5


def options_by_name(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about a question, an object of answers by names, and the name of the right one."""
    if len(rows) < _FEW_ROWS:
        return None
    rights = [each for each in columns if each.holds in KINDS and _names_right(each.key)]
    objects = [each for each in columns if each.holds is Holds.OBJECT and can_be_typed(each.key)]
    pairs = [(given, right) for given in objects for right in rights if _are_options(given.key, right.key, rows)]
    texts = [each for each in columns if each.holds is Holds.TEXT and each not in rights and not is_about(each)]
    asked = [each for each in named_as(texts, "prompt") if strength(each.key, "prompt") >= Strength.HEAD]
    if len(pairs) != 1 or not asked:
        return None
    [(options, right)] = pairs
    about = [
        each for each in columns if strength(each.key, "context") is Strength.WHOLE and each not in (options, right)
    ]
    return about_options(asked[0], [options], right, about, columns)


def _names_right(key: str) -> bool:
    return names_right_option(key) and has_word(key, _RIGHT)


def _are_options(options: str, right: str, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether nearly all rows have texts by the same few names under a key, and one of these names under the other."""
    given = [(row.get(options), row.get(right)) for row in rows[:_ROWS]]
    named = [(texts, name) for texts, name in given if isinstance(texts, dict) and name in texts]
    if len(named) < _NEARLY_ALL * len(given) or len({name for _, name in named}) < _LEAST:
        return False
    if len({key for texts, _ in named for key in texts}) > _MOST:
        return False
    return all(
        len(texts) >= _LEAST and all(len(key) <= _LONGEST and isinstance(text, str) for key, text in texts.items())
        for texts, _ in named
    )
