"""Texts with two labels: an aspect of the text, and the opinion about this aspect."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from datalint.shapes.formats.text_label import LABELS

if TYPE_CHECKING:
    from datalint.shapes.base import Shape
    from datalint.shapes.guess import Guess

_SHAPE: Final = "text-label"
#: Keys of the opinion about a text or an aspect.
_SAID: Final = frozenset((*LABELS, "polarity", "sentiment_polarity", "stance"))
_SEVERAL: Final = 2


def may_have_aspect(known: Shape, row: Mapping[str, Any]) -> bool:
    """Return whether a row of a text and its label has another label, by its keys."""
    return known.name == _SHAPE and len(_SAID & row.keys()) >= _SEVERAL


def with_aspect(known: Shape, rows: Sequence[dict[str, Any]]) -> Guess | None:
    """Return the guess that reads the aspect next to the text and learns the other label; None if that is not clear."""
    from datalint.shapes.guess import keys_of
    from datalint.shapes.inference.translated_keys import infer

    guess = infer(rows)
    found = {} if guess is None else dict(guess.columns)
    context = keys_of("context", found.get("context", ""))
    if guess is None or not guess.clear or _SAID.isdisjoint(context) or found.get("response") not in _SAID:
        return None
    return guess.about(rows, known.name)
