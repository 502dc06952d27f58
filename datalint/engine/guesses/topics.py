"""Texts with a label that also depends on a topic, such as the subject of a comment or of a stance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from datalint.shapes.formats.text_label import LABELS

if TYPE_CHECKING:
    from datalint.shapes.base import Shape
    from datalint.shapes.guess import Guess

#: The shape of such rows by their keys, and the key of the text.
_SHAPE: Final = "text-label"
_TEXT: Final = "text"
#: Characters of a key that may be a name.
_LONGEST: Final = 40


def may_have_topic(known: Shape, first: Mapping[str, Any]) -> bool:
    """Return whether a row of a text and its label may say what the text is about, by its keys."""
    if known.name != _SHAPE:
        return False
    from datalint.shapes.inference.texts.topics import names_topic

    return any(len(key) <= _LONGEST and isinstance(value, str) and names_topic(key) for key, value in first.items())


def with_topic(rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess that reads texts with their topics; None where the topics only sort them."""
    from datalint.shapes.evidence.sampling import columns_of
    from datalint.shapes.guess import Guess
    from datalint.shapes.inference.texts.contexts import with_contexts
    from datalint.shapes.inference.texts.topics import topics_of

    label = next((key for key in LABELS if rows and key in rows[0]), None)
    if label is None:
        return None
    columns = columns_of(rows)
    found = {"prompt": _TEXT, "response": label}
    if not topics_of(columns, rows, found):
        return None
    guess = with_contexts(Guess.of({**found, "category": label}, clear=True, basis="names"), columns, rows)
    if guess is None or not guess.clear:
        return None
    return guess.about(rows, _SHAPE)
