"""Texts that a guess leaves out, and that its answer depends on: a twin of the prompt, or its title."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED
from datalint.shapes.evidence.names import stem
from datalint.shapes.evidence.sampled import LONG, Holds, SampledColumn, is_unnamed
from datalint.shapes.evidence.sampling import columns_of
from datalint.shapes.guess import JOIN, NESTED, Guess, can_be_typed
from datalint.support.names.column_names import Strength, fold_name, strength

#: The name of what stands above a text.
_TITLE: Final = ("title",)
_FEW: Final = 3
_PARTS: Final = frozenset(("prompt", "context", "response", "category"))


def with_left_out(guess: Guess | None, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return a guess with the texts that its answer depends on as well; others as they are."""
    found = {} if guess is None else dict(guess.columns)
    if guess is None or not {"prompt", "response"} <= found.keys() <= _PARTS or len(rows) < _FEW:
        return guess
    if "context" in found or any(NESTED in key for key in guess.named):
        return guess
    columns = columns_of(rows)
    prompt, response = (next((e for e in columns if e.key == found[side]), None) for side in ("prompt", "response"))
    if prompt is None or response is None:
        return guess
    free = [each for each in columns if each.key not in guess.named and can_be_typed(each.key)]
    if (titles := _titles(prompt, response, free)) and len(titles) == 1:
        return Guess.of(found | {"context": titles[0].key}, clear=guess.clear, basis=guess.basis)
    twins = [] if guess.clear or is_unnamed(prompt) else [each for each in free if _are_twins(prompt, each, response)]
    return Guess.of(found | {"context": JOIN.join(each.key for each in twins)}) if twins else guess


def _titles(prompt: SampledColumn, response: SampledColumn, free: Sequence[SampledColumn]) -> list[SampledColumn]:
    """Return the titles of texts whose labels are lists: a title next to a single label is found elsewhere."""
    if response.holds is not Holds.LIST or strength(prompt.key, "text") is not Strength.WHOLE:
        return []
    titled = [each for each in free if fold_name(each.key) == _TITLE and each.holds is Holds.TEXT]
    return [each for each in titled if each.distinct >= VARIED and each.length < prompt.length]


def _are_twins(prompt: SampledColumn, column: SampledColumn, response: SampledColumn) -> bool:
    """Whether two texts have one name but for their numbers, and what is learned has another without a number."""
    if column.holds is not Holds.TEXT or column.length <= LONG or column.sparse or column.key == prompt.key:
        return False
    numbered = any(sign.isdigit() for sign in response.key)
    return not numbered and stem(column.key) == stem(prompt.key)
