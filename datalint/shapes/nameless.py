"""Inference of tables without a header, of which only the values say what their columns mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from datalint.shapes.guess import JOIN, Guess
from datalint.shapes.labels import VARIED
from datalint.shapes.sampled import Holds, SampledColumn, is_unnamed

#: Share of distinct values below which names as programs have them are those of intents.
_REPEATED: Final = 0.9


def are_sides(columns: Sequence[SampledColumn]) -> bool:
    """Whether a table without names has two columns of texts: an input and its output, in this order."""
    varied = (each.holds is Holds.TEXT and each.distinct >= VARIED for each in columns)
    return len(columns) == 2 and all(map(is_unnamed, columns)) and all(varied)


def with_intents(columns: Sequence[SampledColumn]) -> Guess | None:
    """Return the guess about a table without names of texts and their intents, which are named as in programs."""
    intents = [each for each in columns if each.program_names and each.distinct < _REPEATED]
    texts = [each for each in columns if each not in intents and each.holds is Holds.TEXT and each.distinct >= VARIED]
    if len(columns) != 2 or not len(intents) == len(texts) == 1 or not all(map(is_unnamed, columns)):
        return None
    label = intents[0].key
    return Guess.of({"prompt": texts[0].key, "response": label, "category": label}, clear=True, basis="values")


def in_order(columns: Sequence[SampledColumn]) -> Guess | None:
    """Return the guess about a table without names: the last text is made of those before it, or of a code."""
    if not all(map(is_unnamed, columns)) or any(each.holds is Holds.LABEL or each.binary for each in columns):
        return None
    texts = [each for each in columns if each.holds is Holds.TEXT and each.distinct >= VARIED]
    if len(columns) == 2 and len(texts) == 1 and texts[0] is columns[1]:
        texts = list(columns)
    if len(texts) < 2:
        return None
    context = {"context": JOIN.join(each.key for each in texts[1:-1])} if texts[2:] else {}
    return Guess.of({"prompt": texts[0].key, **context, "response": texts[-1].key})
