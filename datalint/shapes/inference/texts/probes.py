"""Probes for facts, as LAMA has them: a sentence without the name of an object, and this name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn
from datalint.shapes.guess import JOIN, Guess
from datalint.support.names.column_names import fold_name

#: Names of the subject and of the object of a fact, before the word "label".
_SUBJECTS: Final = ("sub", "subj", "subject")
_OBJECTS: Final = ("obj", "object")
_MASKED: Final = (("masked", "sentence"), ("masked", "sentences"))
_NAMED: Final = (Holds.TEXT, Holds.LABEL, Holds.NUMBER)
#: Places in a template for the subject and the object.
_PLACES: Final = ("[X]", "[Y]")
_ROWS: Final = 50


def probes(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about facts to complete: from masked sentences, or from a subject and a template.

    Without either, what is asked of the subject is in another file, and the guess is only proposed.
    """
    objects = _labels(columns, _OBJECTS)
    if len(rows) < LEAST_ROWS or len(objects) != 1:
        return None
    answer = objects[0].key
    if (masked := _masked(columns, rows)) is not None:
        return Guess.of({"prompt": masked, "response": answer}, clear=True, basis="names")
    subjects = _labels(columns, _SUBJECTS)
    if len(subjects) != 1:
        return None
    templates = [each.key for each in columns if _are_templates(each.key, rows)]
    asked = JOIN.join((subjects[0].key, *templates))
    return Guess.of({"prompt": asked, "response": answer}, clear=len(templates) == 1, basis="names")


def _labels(columns: Sequence[SampledColumn], names: Sequence[str]) -> list[SampledColumn]:
    """Return the columns of the names of subjects or objects; a number is that of another object, less exact."""
    wanted = [(name, "label") for name in names]
    plain = [each for each in columns if not any(map(str.isdigit, each.key)) and each.holds in _NAMED]
    return [each for each in plain if fold_name(each.key) in wanted]


def _masked(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> str | None:
    """Return the path of the masked sentences, which may be in a list of what shows the fact."""
    for each in columns:
        if fold_name(each.key) in _MASKED and each.holds in (Holds.TEXT, Holds.LIST):
            return each.key
        firsts = [value[0] for row in rows[:_ROWS] if isinstance(value := row.get(each.key), list) and value]
        inner = (
            [key for key in firsts[0] if fold_name(key) in _MASKED] if firsts and isinstance(firsts[0], dict) else []
        )
        if len(inner) == 1 and all(isinstance(first, dict) and inner[0] in first for first in firsts):
            return f"{each.key}[].{inner[0]}"
    return None


def _are_templates(key: str, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether all values have a place for the subject and one for the object."""
    return all(isinstance(text := row.get(key), str) and all(map(text.__contains__, _PLACES)) for row in rows[:_ROWS])
