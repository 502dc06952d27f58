"""The rows of a source that notes on its responses look at, and the shapes whose responses they are about."""

from __future__ import annotations

from typing import Final

#: Shapes of a prompt and its response.
ANSWERED: Final = frozenset(("prompt-completion", "question-answer", "problem-solution", "alpaca", "mapped"))
#: Rows that are looked at, how many there are at least, and keys of a row.
ROWS: Final = 200
LEAST: Final = 10
MOST_KEYS: Final = 64


def letters_of(text: str) -> str:
    """Return the letters of a key or value in lower case, without separators."""
    return "".join(filter(str.isalpha, text.casefold()))


def of_rows(count: int) -> str:
    """Return the words for the rows that were looked at: all of them, or the first ones."""
    return f"of the first {ROWS} rows" if count == ROWS else f"of {count} rows"
