"""Prompts that are an object: all other objects of the row are its context, as it is unknown which ones are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from datalint.shapes.evidence.inputs import RIGHT
from datalint.shapes.evidence.names import OUTPUTS, has_word, is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn
from datalint.shapes.guess import JOIN, NESTED, Guess, keys_of
from datalint.shapes.side_keys import use_of
from datalint.support.names.column_names import Strength, strength


def with_objects(guess: Guess, columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess:
    """Return a guess whose prompt is an object with all other objects that differ from row to row.

    It is then no more than a proposal. The prompt is the object that most rows have, the others are its context.
    """
    found = dict(guess.columns)
    objects = {each.key: each for each in columns if each.holds is Holds.OBJECT and _are_objects(rows, each.key)}
    prompt = found.get("prompt", "")
    taken = {key for meaning, value in found.items() for key in keys_of(meaning, value)}
    others = [key for key, each in objects.items() if key not in taken and _may_be_read(each)]
    if prompt not in objects or not others:
        return guess
    fullest = max([prompt, *others], key=lambda key: sum(bool(row.get(key)) for row in rows))
    read = keys_of("context", found["context"]) if "context" in found else ()
    context = [*read, *(key for key in (prompt, *others) if key != fullest)]
    return Guess.of(found | {"prompt": fullest, "context": JOIN.join(context)}, clear=False, basis=guess.basis)


def with_action(guess: Guess, columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess:
    """Return a guess about a text and what is right of it, with an object, the action that is judged, as context."""
    found = dict(guess.columns)
    if "context" in found or len(rows) < LEAST_ROWS or not has_word(found.get("response", ""), RIGHT):
        return guess
    actions = [each for each in columns if each.holds is Holds.OBJECT and _are_objects(rows, each.key)]
    actions = [each for each in actions if strength(each.key, "act") is Strength.WHOLE and _may_be_read(each)]
    if len(actions) != 1 or actions[0].key in found.values():
        return guess
    return Guess.of(found | {"context": actions[0].key}, clear=guess.clear, basis=guess.basis)


def _may_be_read(column: SampledColumn) -> bool:
    if column.sparse or column.uniform or JOIN in column.key or is_about(column):
        return False
    return use_of(column.key) in ("context", "unknown") and not has_word(column.key, (*OUTPUTS, *RIGHT, "raw"))


def _are_objects(rows: Sequence[Mapping[str, Any]], key: str) -> bool:
    """Whether all values are objects, and not lists of lists."""
    return NESTED not in key and all(isinstance(row.get(key), dict | None) for row in rows)
