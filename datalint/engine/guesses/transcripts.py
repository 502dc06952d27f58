"""Texts where the keys of rows promise lists of messages, as transcripts in tables are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from datalint.engine.guesses.sampling import sample

if TYPE_CHECKING:
    from datalint.shapes.base import Shape
    from datalint.shapes.detect import Detector
    from datalint.shapes.guess import Guess

#: Known shapes of lists of messages, and their keys.
_SPOKEN: Final = frozenset(("openai-chat", "openai-rft", "sharegpt", "kto", "classification"))
_LISTS: Final = ("messages", "conversations")
#: Rows from which on texts in all of them are no slip.
_LEAST: Final = 5
#: How lists and objects begin that are written as text.
_WRITTEN: Final = ("[", "{")


def holds_text(known: Shape, first: dict[str, Any]) -> str | None:
    """Return the key under which the first row of a conversation has a text; None where it has a list."""
    if known.name not in _SPOKEN:
        return None
    return next((key for key in _LISTS if isinstance(first.get(key), str)), None)


def of_transcripts(
    known: Shape, key: str, first: dict[str, Any], rows: Iterator[dict[str, Any]], detector: Detector
) -> Guess | None:
    """Return the guess about rows with texts under a key of lists of messages; None where these may be slips.

    The rows are not of their known shape then, even if nothing can be proposed for them.
    """
    sampled = [row for row in sample(first, rows) if row]
    values = [row.get(key) for row in sampled]
    texts = [value for value in values if isinstance(value, str) and value.strip()]
    if len(texts) < max(_LEAST, sum(value not in (None, "") for value in values)):
        return None
    if any(text.lstrip().startswith(_WRITTEN) for text in texts):
        return None
    from datalint.shapes.guess import Guess
    from datalint.shapes.inference.translated_keys import infer

    guess = infer(sampled) or Guess((), keys=frozenset(name for row in sampled for name in row))
    return guess._replace(over=frozenset((known.name, detector.by_keys(first))))
