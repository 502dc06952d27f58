"""Texts whose language is learned: rows have a text, its language, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from datalint.shapes.base import Shape
    from datalint.shapes.guess import Guess

#: The shape of such rows by their keys, and the most keys of a row.
_SHAPE: Final = "text"
_MOST_KEYS: Final = 5
#: Characters of a key that may be a name.
_LONGEST: Final = 40


def may_have_language(known: Shape, row: Mapping[str, Any]) -> bool:
    """Return whether a row of a plain text may say its language, by its keys."""
    if known.name != _SHAPE or not 2 <= len(row) <= _MOST_KEYS:
        return False
    from datalint.shapes.inference.labelled.language_identification import names_language

    return any(
        len(key) <= _LONGEST and isinstance(value, str | list) and names_language(key) for key, value in row.items()
    )


def with_language(known: Shape, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess that the language of each text is learned; None for a corpus, which languages sort."""
    from datalint.shapes.evidence.sampling import columns_of
    from datalint.shapes.inference.labelled.language_identification import language_identification

    guess = language_identification(columns_of(rows), rows)
    return guess and guess.about(rows, known.name)
