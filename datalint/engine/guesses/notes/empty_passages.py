"""Notes about questions whose passage is empty in many rows and given in the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, Final

from datalint.privacy.display import excerpt
from datalint.shapes.base import Shape

#: Keys of what a question is about. A ``context`` or ``input`` may be left empty, as for tasks that need none.
_PASSAGES: Final = frozenset(
    """passage passages paragraph paragraphs document documents article articles story text_passage source_text
    passage_text document_text article_text""".split()
)
#: Shapes of questions and answers, rows that are looked at, how many there are at least, and the share of empty ones.
_ASKING: Final = ("question-answer", "prompt-completion", "alpaca", "mapped")
_ROWS: Final = 1_000
_LEAST: Final = 20
_EMPTY: Final = (0.05, 0.9)


def empty_passages(first: Mapping[str, Any], shape: Shape, rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the note on a passage that is empty in a part of the first rows; empty for none."""
    keys = [key for key in first if key.lower() in _PASSAGES]
    if shape.name not in _ASKING or len(keys) != 1:
        return ""
    values = [row.get(keys[0]) for row in islice(rows, _ROWS)]
    empty = sum(value is None or (isinstance(value, str) and not value.strip()) for value in values)
    if len(values) < _LEAST or not _EMPTY[0] * len(values) <= empty <= _EMPTY[1] * len(values):
        return ""
    shown = excerpt(keys[0], 40)
    return f'"{shown}" is empty in {empty:,} of the first {len(values):,} rows: their questions are asked without it'
