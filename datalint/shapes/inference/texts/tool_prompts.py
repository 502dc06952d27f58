"""Prompts with the tools that a model may call, without answers; all else is the same in all rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED, is_class
from datalint.shapes.evidence.names import has_word, is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn
from datalint.shapes.guess import Guess
from datalint.support.names.column_names import Strength, fold_name, strength

#: Names of the tools that a model may call.
_TOOLS: Final = (("tools",), ("functions",), ("available", "tools"), ("available", "functions"))

#: Words of the keys of what a system is tested for, next to which names of tools are one expectation of several.
_EXPECTED: Final = ("expected", "expect", "expectation", "expectations")


def with_tools(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about rows with tools and one prompt, whose other keys say hardly anything; None for others."""
    used = [each for each in columns if each.holds is not Holds.NOTHING]
    tools = [each for each in used if are_tools(each)]
    asked = [each for each in used if each.holds is Holds.TEXT and strength(each.key, "prompt") is Strength.WHOLE]
    others = [each for each in used if each not in (*tools, *asked)]
    if len(rows) < LEAST_ROWS or len(asked) != 1 or not tools or asked[0].distinct < VARIED:
        return None
    quiet = all(each.short and (each.distinct * len(rows) < 1.5 or is_about(each)) for each in others)
    return Guess.of({"prompt": asked[0].key}, clear=True, basis="names") if quiet else None


def are_tools(column: SampledColumn) -> bool:
    """Return whether a column holds the tools that a model may call."""
    return fold_name(column.key) in _TOOLS and (column.holds in (Holds.LIST, Holds.OBJECT) or column.listed)


def are_names_among_others(
    answers: Sequence[SampledColumn], columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]
) -> bool:
    """Return whether answers are names of tools without arguments, next to a class and to what is expected as well."""
    others = [each for each in columns if each not in answers and not each.sparse]
    if len(answers) != 1 or not any(map(is_class, others)) or not any(has_word(e.key, _EXPECTED) for e in others):
        return False
    lists = [value for row in rows if isinstance(value := row.get(answers[0].key), list)]
    names = [name for each in lists for name in each]
    return (
        "tool" in answers[0].key.lower() and bool(names) and all(isinstance(e, str) and e.isidentifier() for e in names)
    )
