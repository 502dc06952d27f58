"""Outputs of systems that are not learned: candidates of several, and what one wrote next to the right answer."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from datalint.shapes.guess import Guess, keys_of
from datalint.shapes.side_keys import is_reference, names_system
from datalint.support.names.column_names import fold_name

#: Rows that are looked at, and the share of them whose lists must be so.
_ROWS: Final = 50
_MOSTLY: Final = 0.5
#: Names on the way to what one of them wrote, and the last one.
_LEVELS: Final = 3
_WRITTEN: Final = ("response", "answer", "output", "completion", "generation", "reply")
#: The first word of keys of what a system wrote, before it was parsed and compared.
_RAW: Final = "raw"
#: The first word of keys of an evaluation: what a system answered, and how good that is; such keys at least.
_EVALUATED: Final = ("eval", "evaluation", "evaluated")
_LEAST: Final = 2


def learns_outputs(guess: Guess, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether a guess takes the outputs of systems for responses: of several, or next to the right answer."""
    keys = [key for meaning, value in guess.columns if meaning == "response" for key in keys_of(meaning, value)]
    if any(_are_outputs([row.get(key) for row in rows[:_ROWS]]) for key in keys):
        return True
    if any(_is_compared(key, rows[:_ROWS]) for key in keys):
        return True
    return any(_is_one_of(key, {other for row in rows[:_ROWS] for other in row}) for key in keys)


def without_evaluations(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]] | None:
    """Return rows without what a system answered in an evaluation, and how good that is; None if no key is of one."""
    keys = dict.fromkeys(key for row in rows[:_ROWS] for key in row)
    found = {key for key in keys if len(words := fold_name(key)) > 1 and words[0] in _EVALUATED}
    if len(found) < _LEAST or not any(fold_name(key)[-1] in _WRITTEN for key in found):
        return None
    return [{key: value for key, value in row.items() if key not in found} for row in rows]


def _is_compared(key: str, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a key such as ``raw_output`` stands next to one such as ``reference_payload``, with an answer."""
    words = fold_name(key)
    if len(words) < 2 or words[0] != _RAW or words[-1] not in _WRITTEN:
        return False
    answers = (
        any(value and is_reference(name) and isinstance(value, str | dict | list) for name, value in row.items())
        for row in rows
    )
    return sum(answers) > _MOSTLY * len(rows)


def _is_one_of(key: str, keys: Collection[str]) -> bool:
    """Whether a key within an object, such as ``replies.a.response``, is that of one system, next to ``replies.b``."""
    path = key.split(".")
    if len(path) != _LEVELS or path[2] not in _WRITTEN:
        return False
    others = (other.split(".") for other in keys if other != key)
    return any(len(each) == _LEVELS and each[0] == path[0] and each[2] == path[2] for each in others)


def _are_outputs(values: Sequence[object]) -> bool:
    several = [value for value in values if isinstance(value, list | dict) and value]
    found = sum(_is_by_several(value) if isinstance(value, list) else _is_by_name(value) for value in several)
    return bool(several) and found > _MOSTLY * len(several)


def _is_by_name(value: Mapping[str, Any]) -> bool:
    """Whether an object has an object with a response for each of several names."""
    if len(value) < 2 or not all(isinstance(each, dict) for each in value.values()):
        return False
    return any(all(isinstance(each.get(key), str) for each in value.values()) for key in _WRITTEN)


def _is_by_several(items: Sequence[object]) -> bool:
    """Whether the items of a list are objects that name different systems, with a text each."""
    objects = [item for item in items if isinstance(item, dict)]
    if len(objects) < max(2, len(items)):
        return False
    names = [key for key in objects[0] if names_system(key) and isinstance(objects[0][key], str)]
    texts = any(isinstance(value, str) for key, value in objects[0].items() if key not in names)
    return texts and any(len({str(item.get(name)) for item in objects}) > 1 for name in names)
