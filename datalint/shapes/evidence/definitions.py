"""Columns that define the task of an input in a sentence, such as ``task`` or ``definition``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.support.lazy_pattern import lazy_pattern

#: The prompts before which a task is defined; any other one says what is to be done itself.
INPUTS: Final = frozenset(("input", "inputs"))
#: Names of keys with the definition of a task.
_TASKS: Final = lazy_pattern(r"(?i)(?:task|tasks|(?:task)?[ _-]?(?:definitions?|descriptions?|instructions?|prompt))")
#: Words of a definition, on average, at least: fewer are the name of a task. Characters that are looked at.
_WORDS: Final = 5
_LOOKED_AT: Final = 1_000
#: Share of the rows that must have a definition, and signs of a script without spaces that are a sentence.
_NEARLY_ALL: Final = 0.9
_SIGNS: Final = 12


def may_define(key: str, value: object) -> bool:
    """Return whether a value has words, under the name of a definition."""
    return _TASKS.fullmatch(key) is not None and bool(_words(value))


def defines(key: str, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether nearly all rows have a definition under a key, by the number of words."""
    sizes = [len(words) for row in rows if (words := _words(row.get(key)))]
    return len(sizes) >= _NEARLY_ALL * len(rows) and sum(sizes) >= _WORDS * len(sizes)


def _words(value: object) -> list[str]:
    """Return the words of a text, which may be the only item of a list; the signs of one without spaces."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if not isinstance(value, str):
        return []
    words = value[:_LOOKED_AT].split()
    return [*value[:_LOOKED_AT]] if len(words) == 1 and len(value) >= _SIGNS and not value.isascii() else words
