"""Tables of texts with several columns of spans that are written as text: ``[('claim_1', 0, 42)]``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.records.spans import span_of
from datalint.shapes.evidence.labels import VARIED
from datalint.shapes.evidence.names import is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn
from datalint.shapes.guess import JOIN, Guess, can_be_typed
from datalint.support.written_lists import parse_list

#: Columns of spans at least: where there is one, its name may say what else it is.
_LEAST: Final = 2
#: Share of the lists whose items are spans of the text, and rows that are looked at.
_NEARLY_ALL: Final = 0.9
_ROWS: Final = 200


def span_columns(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about a text and columns of spans in it, one for each kind; None for rows of no such layout."""
    texts = [each for each in columns if each.holds is Holds.TEXT and not is_about(each) and not each.code]
    texts = [each for each in texts if each.length > LONG and each.distinct >= VARIED]
    if len(rows) < LEAST_ROWS or len(texts) != 1:
        return None
    text = texts[0].key
    spans = [each.key for each in columns if each is not texts[0] and _are_spans(each, text, rows)]
    if len(spans) < _LEAST or not all(map(can_be_typed, (text, *spans))):
        return None
    return Guess.of({"prompt": text, "response": JOIN.join(spans)}, clear=True, basis="values")


def _are_spans(column: SampledColumn, text: str, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether nearly all lists under a key are spans of the text in their row; most lists may be empty."""
    lists = fitting = 0
    for row in rows[:_ROWS]:
        value, within = row.get(column.key), row.get(text)
        found = parse_list(value) if isinstance(value, str) else value
        if not isinstance(found, list):
            return False
        if found and isinstance(within, str):
            lists += 1
            places = [span_of(item) for item in found]
            fitting += all(each is not None and 0 <= each.start < each.end <= len(within) for each in places)
    return lists > 0 and fitting >= _NEARLY_ALL * lists
