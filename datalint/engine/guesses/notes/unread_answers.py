"""Notes about keys that may be learned next to a text that is read alone, such as one of several summaries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, Final

from datalint.shapes.base import Shape
from datalint.shapes.guess import NESTED
from datalint.shapes.side_keys import use_of

#: Rows that are looked at, and keys of a row.
_ROWS: Final = 100
_MOST: Final = 64
#: The shape and the key of texts that are read alone.
_TEXT: Final = "text"
#: A word of the names of labels, next to words such as ``level`` that say something of the row.
_LABEL: Final = "label"


def unread_answers(first: Mapping[str, Any], shape: Shape, rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the note on keys that may be learned in rows like the ``first``; empty for none.

    It names a choice, which somebody has to make, since the columns were not clear enough to be read by themselves.
    """
    if shape.name != _TEXT or len(first) > _MOST or not any(_may_be_learned(*item) for item in first.items()):
        return ""
    from datalint.shapes.inference.translated_keys import infer

    guess = infer(list(islice(rows, _ROWS)))
    found = {} if guess is None else dict(guess.columns)
    answer = found.get("response", "")
    if guess is None or found.get("prompt") != _TEXT or not answer or NESTED in answer:
        return ""
    if "category" in found and _LABEL not in answer.lower():
        return ""  # a topic sorts the texts of a corpus
    return f"only the text is read; to learn an answer or label next to it: {guess.option}"


def _may_be_learned(key: str, value: object) -> bool:
    return key != _TEXT and isinstance(value, str) and (use_of(key) != "metadata" or _LABEL in key.lower())
