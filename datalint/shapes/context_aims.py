"""Context keys that may hold the aim of a question about a text, by their names."""

from __future__ import annotations

from collections.abc import Sequence

from datalint.shapes.guess import NESTED


def aims_of(contexts: Sequence[str]) -> tuple[str, ...]:
    """Return the keys that may hold the aim of a question about a text: all except headings of the text.

    The names of two objects, such as those of a relation, do not count either.
    """
    last = [key.rpartition(NESTED)[2] if NESTED in key else "" for key in contexts]
    return tuple(key for key, name in zip(contexts, last, strict=True) if last.count(name or key) > 1 or _is_aim(key))


def _is_aim(key: str) -> bool:
    from datalint.shapes.evidence.aims import ASPECTS
    from datalint.shapes.evidence.names import has_word
    from datalint.support.names.column_names import Strength, strength

    return has_word(key, ASPECTS) or strength(key.rpartition(NESTED)[2], "heading") < Strength.HEAD
