"""Exports of traces: what a program was asked, and what it answered, each a text in an object of its call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from datalint.shapes.base import Shape
    from datalint.shapes.guess import Guess

#: The shape of such rows by their keys, and the keys of what a call was given and what it returned.
_SHAPE: Final = "prompt-completion"
_GIVEN: Final = "input"
_RETURNED: Final = "output"
#: Share of the rows that have a text under a key.
_NEARLY_ALL: Final = 0.9


def may_be_traced(known: Shape, row: Mapping[str, Any]) -> bool:
    """Return whether a row has what a call was given and what it returned as objects."""
    return known.name == _SHAPE and isinstance(row.get(_GIVEN), dict) and isinstance(row.get(_RETURNED), dict)


def traced(known: Shape, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the proposal to read the only text with the name of a prompt, and the only one with that of an answer."""
    asked, answered = _texts(rows, _GIVEN, "prompt"), _texts(rows, _RETURNED, "response")
    if len(asked) != 1 or len(answered) != 1:
        return None
    from datalint.shapes.guess import JOIN, Guess

    found = {"prompt": f"{_GIVEN}.{asked[0]}", "response": f"{_RETURNED}.{answered[0]}"}
    if context := [f"{_GIVEN}.{key}" for key in _texts(rows, _GIVEN, "context")]:
        found["context"] = JOIN.join(context)
    return Guess.of(found).about(rows, known.name)


def _texts(rows: Sequence[Mapping[str, Any]], key: str, meaning: str) -> list[str]:
    """Return the keys of the texts in the objects under ``key`` whose whole name states a meaning."""
    from datalint.shapes.guess import NESTED, can_be_typed
    from datalint.support.names.column_names import Strength, strength

    objects = [row[key] for row in rows if isinstance(row.get(key), dict)]
    names = dict.fromkeys(name for each in objects for name, value in each.items() if isinstance(value, str) and value)
    named = [name for name in names if strength(name, meaning) is Strength.WHOLE and NESTED not in name]
    least = _NEARLY_ALL * len(rows)
    return [name for name in named if can_be_typed(name) and sum(bool(each.get(name)) for each in objects) >= least]
