"""Names of programs with mistakes, such as ``buggy_code``, and rows that say that their program has a weakness."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from datalint.support.names.column_names import fold_name, last_word

#: Words of the names of programs with mistakes, and last words of the names of programs.
_FAULTY: Final = frozenset("buggy bugged defective faulty broken vulnerable insecure unsafe erroneous".split())
_PROGRAMS: Final = frozenset("code program function func method snippet source implementation".split())
#: Words of names that say nothing of whether a program is right.
_PLAIN: Final = _PROGRAMS | frozenset("origin original orig before old raw file text content".split())
#: Words of keys of the kind of a weakness.
_WEAKNESS: Final = frozenset(("cwe", "cwes"))


def names_faulty(key: str) -> bool:
    """Return whether a key names a program with mistakes."""
    return last_word(key) in _PROGRAMS and not _FAULTY.isdisjoint(fold_name(key))


def is_faulty(key: str, row: Mapping[str, Any]) -> bool:
    """Return whether a key has a program with mistakes, by its name or by another key of its row.

    Next to the kind of a weakness, a program is the one that has it, unless a word of its name says otherwise.
    """
    words = {*fold_name(key)}
    if names_faulty(key):
        return True
    plain = words <= _PLAIN and not words.isdisjoint(_PROGRAMS)
    return plain and any(not _WEAKNESS.isdisjoint(fold_name(name)) and value for name, value in row.items())
