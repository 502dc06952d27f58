"""Prompts with the tools that a model may call, without answers; all else is the same in all rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from datalint.shapes.evidence.labels import VARIED
from datalint.shapes.evidence.names import is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn
from datalint.shapes.guess import Guess
from datalint.support.names.column_names import Strength, fold_name, strength

#: Names of the tools that a model may call.
_TOOLS: Final = (("tools",), ("functions",), ("available", "tools"), ("available", "functions"))


def with_tools(columns: Sequence[SampledColumn], rows: int) -> Guess | None:
    """Return the guess about rows with tools and one prompt, whose other keys say hardly anything; None for others."""
    used = [each for each in columns if each.holds is not Holds.NOTHING]
    tools = [each for each in used if are_tools(each)]
    asked = [each for each in used if each.holds is Holds.TEXT and strength(each.key, "prompt") is Strength.WHOLE]
    others = [each for each in used if each not in (*tools, *asked)]
    if rows < LEAST_ROWS or len(asked) != 1 or not tools or asked[0].distinct < VARIED:
        return None
    quiet = all(each.short and (each.distinct * rows < 1.5 or is_about(each)) for each in others)
    return Guess.of({"prompt": asked[0].key}, clear=True, basis="names") if quiet else None


def are_tools(column: SampledColumn) -> bool:
    """Return whether a column holds the tools that a model may call."""
    return fold_name(column.key) in _TOOLS and (column.holds in (Holds.LIST, Holds.OBJECT) or column.listed)
