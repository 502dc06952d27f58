"""Rows that are single words of parsed sentences, as in a table of CoNLL-U: a word is no prompt for its relation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.support.names.column_names import fold_name

#: Names of columns of words, and of what a parser says of a word in its sentence.
_WORDS: Final = (("word",), ("words",), ("token",), ("tokens",), ("form",))
_PARSED: Final = (("deprel",), ("deprels",), ("upos",), ("xpos",), ("upostag",), ("xpostag",), ("feats",))
#: Share of the rows in which every text is a single word.
_NEARLY_ALL: Final = 0.95


def are_parsed_words(rows: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether each row is a word with its relation or class in a sentence, which no column has."""
    names = {fold_name(key) for key in rows[0]} if rows else set()
    if names.isdisjoint(_PARSED) or names.isdisjoint(_WORDS):
        return False
    return sum(map(_is_word, rows)) >= _NEARLY_ALL * len(rows)


def _is_word(row: Mapping[str, Any]) -> bool:
    return all(" " not in value if isinstance(value, str) else not isinstance(value, list) for value in row.values())
