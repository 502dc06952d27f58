"""Answers as a list of codes, next to the same answer in words: ``solution`` and ``solution_text``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED
from datalint.shapes.evidence.names import is_about, named_as
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, READABLE, Holds, SampledColumn
from datalint.shapes.guess import Guess, can_be_typed
from datalint.support.names.column_names import Strength, fold_name, strength

_TEXT: Final = ("text",)


def written_out(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess that learns an answer in words, and not the list of its codes; None without both.

    It is a proposal if rows have more that is written, such as the answer in another format, or the reasoning.
    """
    codes = [each for each in columns if strength(each.key, "response") is Strength.WHOLE and _are_codes(each, rows)]
    if len(rows) < LEAST_ROWS or len(codes) != 1:
        return None
    name = fold_name(codes[0].key)
    written = [each for each in columns if each.holds in READABLE and fold_name(each.key) == name + _TEXT]
    texts = [each for each in columns if each.holds is Holds.TEXT and each not in written and not is_about(each)]
    asked = named_as(texts, "prompt") or [each for each in texts if each.asks and each.length > LONG]
    if len(written) != 1 or len(asked) != 1 or asked[0].distinct < VARIED or not can_be_typed(written[0].key):
        return None
    more = [each for each in texts if each is not asked[0]]
    return Guess.of({"prompt": asked[0].key, "response": written[0].key}, clear=not more, basis="names")


def _are_codes(column: SampledColumn, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a column holds lists of numbers, or of true and false."""
    lists = [row.get(column.key) for row in rows] if column.holds is Holds.LIST else []
    return bool(lists) and all(isinstance(each, list) and all(isinstance(item, int) for item in each) for each in lists)
