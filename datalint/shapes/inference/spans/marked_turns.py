"""Proposals for lists of turns or sentences, and what somebody found across them: pairs, triplets, clusters."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.guess import Guess, can_be_typed
from datalint.support.word_scripts import has_words

#: Names of lists of sentences, and last words of the names of what is found across these, the fullest first.
_SAID: Final = ("sentences", "utterances", "dialogue", "dialog", "conversation", "turns")
_FOUND: Final = ("quadruples", "quadruplets", "triplets", "triples", "pairs", "clusters")
#: Keys of a row that are looked at, words of most sentences, and the share of the rows that must be of this kind.
_MOST_KEYS: Final = 64
_WORDS: Final = 3
_NEARLY_ALL: Final = 0.9


def with_marks(guess: Guess | None, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the proposal to learn what is found across the turns or sentences of rows; else the guess.

    A conversation of several people, without an assistant, is marked to be analysed, not continued.
    """
    if not rows or len(rows[0]) > _MOST_KEYS:
        return guess
    found = {} if guess is None else dict(guess.columns)
    if not found.keys() <= {"messages", "category", "assistant"}:
        return guess
    marks = [(word, key) for word in _FOUND for key in rows[0] if re.split(r"[\W_]+", key.lower())[-1] == word]
    marked = [key for word, key in marks if word == marks[0][0] and _are_lists(rows, key)]
    said = [found["messages"]] if "messages" in found else [key for key in rows[0] if _are_sentences(rows, key)]
    if len(marked) != 1 or len(said) != 1 or not all(map(can_be_typed, (*said, *marked))):
        return guess
    return Guess.of({"prompt": said[0], "response": marked[0]})


def _are_lists(rows: Sequence[Mapping[str, Any]], key: str) -> bool:
    """Whether nearly all rows have a list of lists under a key, which may be empty, and some have more than none."""
    lists = [value for row in rows if isinstance(value := row.get(key), list)]
    lists = [each for each in lists if all(isinstance(item, list) for item in each)]
    return len(lists) >= _NEARLY_ALL * len(rows) and any(lists)


def _are_sentences(rows: Sequence[Mapping[str, Any]], key: str) -> bool:
    """Whether nearly all rows have texts of some words under a key of such."""
    if key.lower() not in _SAID:
        return False
    lists = [value for row in rows if isinstance(value := row.get(key), list) and value]
    spoken = sum(all(isinstance(item, str) for item in each) and has_words(" ".join(each), _WORDS) for each in lists)
    return spoken >= _NEARLY_ALL * len(rows)
