"""Proposals for lists of words in another order than in the text next to them, which is to be made of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.guess import Guess, can_be_typed

#: Keys of a row and words of a list that are looked at, and words of one at least.
_MOST_KEYS: Final = 64
_MOST_WORDS: Final = 200
_LEAST_WORDS: Final = 3
_NEARLY_ALL: Final = 0.9
#: Characters of a text that are looked at.
_MOST: Final = 4_000
#: Signs at the ends of words, which a list may lack.
_SIGNS: Final = ".,;:!?\"'()[]…“”‘’«»"


def with_scrambled(guess: Guess | None, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the proposal to learn a text from its words in another order; the guess for all other rows."""
    found = {} if guess is None else dict(guess.columns)
    text = found.get("text", "")
    if guess is None or guess.clear or not text or len(rows[0]) > _MOST_KEYS:
        return guess
    keys = [key for key, value in rows[0].items() if isinstance(value, list) and can_be_typed(key)]
    keys = [key for key in keys if sum(_is_scrambled(row, key, text) for row in rows) >= _NEARLY_ALL * len(rows)]
    return Guess.of({"prompt": keys[0], "response": text}) if len(keys) == 1 else guess


def _is_scrambled(row: Mapping[str, Any], key: str, text: str) -> bool:
    """Whether a list has the words of a text, in another order."""
    words, said = row.get(key), row.get(text)
    if not isinstance(words, list) or not isinstance(said, str) or not _LEAST_WORDS <= len(words) <= _MOST_WORDS:
        return False
    given, own = _words(" ".join(map(str, words))), _words(said)
    return given != own and sorted(given) == sorted(own)


def _words(text: str) -> list[str]:
    return [bare for word in text[:_MOST].split() if (bare := word.strip(_SIGNS).casefold())]
