"""Texts in three or more scripts under names that say nothing, which are translations of one another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn, is_unnamed
from datalint.shapes.guess import Guess
from datalint.shapes.inference.texts.transforms import LEAST_DISTINCT, texts_of

#: Texts at least, and the script of the one that most others are translated from.
_SEVERAL: Final = 3
_LATIN: Final = "Latin"


def in_scripts(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the proposal to translate the text in Latin letters into the first other one of a sheet of translations.

    Its columns have letters as names (``A``, ``B``, ``C``) or none, and hold nothing else but the numbers of the rows.
    """
    texts = texts_of(columns)
    if len(rows) < LEAST_ROWS or len(texts) < _SEVERAL or not all(map(_is_nameless, texts)):
        return None
    if any(each.holds not in (Holds.NUMBER, Holds.NOTHING) for each in columns if each not in texts):
        return None
    scripts = [each.script for each in texts]
    if "" in scripts or len(set(scripts)) < len(scripts) or any(each.distinct < LEAST_DISTINCT for each in texts):
        return None
    first, other, *_ = sorted(texts, key=lambda each: each.script != _LATIN)
    return Guess.of({"prompt": first.key, "response": other.key})


def _is_nameless(column: SampledColumn) -> bool:
    return is_unnamed(column) or (len(column.key) == 1 and column.key.isalpha())
