"""Edits: the text before the change, and the instruction for it, such as a commit's message."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from datalint.shapes.evidence.sampled import LONG, Holds, SampledColumn
from datalint.support.names.column_names import fold_name

#: Words that differ in the names of a text before and after an edit, whose other words are the same.
_SIDES: Final = (
    *(("input", "output"), ("old", "new"), ("before", "after"), ("source", "target"), ("original", "edited")),
    *(("wrong", "fixed"), ("buggy", "fixed"), ("incorrect", "corrected"), ("wrong", "corrected")),
)
#: Last words of keys of the instruction to change a program.
_ASKED: Final = frozenset(("message", "msg", "subject", "instruction", "description", "title"))


def of_edit(columns: Sequence[SampledColumn], prompt: str, response: str) -> list[SampledColumn]:
    """Return the columns of the text before an edit that results in the response, or of an instruction to edit code."""
    by_key = {each.key: each for each in columns}
    texts = [each for each in columns if each.key not in (prompt, response) and each.holds is Holds.TEXT]
    if not _are_sides(prompt, response):
        return [each for each in texts if each.length > LONG and _are_sides(each.key, response)]
    if not all(key in by_key and by_key[key].code for key in (prompt, response)):
        return []
    return [each for each in texts if not _ASKED.isdisjoint(fold_name(each.key)[-1:])]


def _are_sides(one: str, other: str) -> bool:
    left, right = fold_name(one), fold_name(other)
    if len(left) != len(right):
        return False
    different = [pair for pair in zip(left, right, strict=True) if pair[0] != pair[1]]
    return len(different) == 1 and different[0] in _SIDES
