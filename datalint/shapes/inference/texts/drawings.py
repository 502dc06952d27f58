"""Texts with what is drawn of each in letters and signs on several lines, such as banners and other ASCII art."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.names import is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, READABLE, Holds, SampledColumn
from datalint.shapes.guess import Guess

#: Share of the texts, and of the drawings, that differ, and of the drawings that have several lines.
_VARIED: Final = 0.5
_NEARLY_ALL: Final = 0.9
_LINES: Final = 2


def drawn_texts(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the proposal that the drawing of a text is learned, if rows have nothing else that varies."""
    varied = [each for each in columns if each.distinct * len(rows) > 1.5 and not is_about(each)]
    drawn = [each for each in varied if each.holds is Holds.OTHER and each.length > LONG]
    texts = [each for each in varied if each not in drawn]
    if len(rows) < LEAST_ROWS or not len(drawn) == len(texts) == 1 or texts[0].holds not in READABLE:
        return None
    if min(texts[0].distinct, drawn[0].distinct) < _VARIED:
        return None
    values = [value for row in rows if isinstance(value := row.get(drawn[0].key), str)]
    many = sum(value.count("\n") >= _LINES for value in values)
    if many < _NEARLY_ALL * len(rows):
        return None
    return Guess.of({"prompt": texts[0].key, "response": drawn[0].key})
