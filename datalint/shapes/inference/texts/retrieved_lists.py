"""Lists of questions that a search found for the question of the row: they are context, and no prompt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from datalint.shapes.evidence.sampled import Holds, SampledColumn
from datalint.support.names.column_names import Strength, fold_name, strength

#: First words of the names of such lists.
_FOUND: Final = frozenset("context contexts retrieved similar related matched nearest neighbor neighbour".split())
_ASKED: Final = ("prompt", "text")


def without_retrieved(prompts: Sequence[SampledColumn], columns: Sequence[SampledColumn]) -> list[SampledColumn]:
    """Return prompts without such lists, next to a single text that is a prompt or a text by its whole name."""
    asked = [each for each in columns if each.holds is Holds.TEXT and _is_asked(each)]
    return [each for each in prompts if len(asked) != 1 or not is_retrieved(each)]


def is_retrieved(column: SampledColumn) -> bool:
    """Return whether a column holds lists of texts that were found for another one, by its name."""
    words = fold_name(column.key)
    listed = column.holds in (Holds.LIST, Holds.OBJECT) or column.listed
    return listed and len(words) > 1 and words[0] in _FOUND


def _is_asked(column: SampledColumn) -> bool:
    return any(strength(column.key, each) is Strength.WHOLE for each in _ASKED)
