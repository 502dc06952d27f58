"""Columns that are one list by their numbers, such as ``Symptom_1`` to ``Symptom_17``, and the label of all of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.guess import JOIN, Guess
from datalint.shapes.labels import is_class
from datalint.shapes.names import CHOICE, has_word, is_about
from datalint.shapes.sampled import LEAST_ROWS, Holds, SampledColumn
from datalint.support.column_names import Strength, strength

_NUMBERED: Final = re.compile(r"(.{1,60}?)[ _-]?(\d{1,2})")
#: Columns of a list at least.
_LEAST: Final = 3
#: What columns of words hold; the last ones of a list may hold nothing, or one word.
_WORDS: Final = (Holds.TEXT, Holds.LABEL, Holds.OTHER, Holds.NOTHING)


def numbered_parts(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return what is proposed for short numbered columns next to a label and nothing else; None for other rows.

    Those of them that nobody fills, or that are like others, are parts of the list too.
    """
    keys = dict.fromkeys(key for row in rows for key in row)
    found = {key: match for key in keys if (match := _NUMBERED.fullmatch(key)) is not None}
    parts = [each for each in columns if each.key in found]
    others = [each for each in columns if each not in parts and not is_about(each) and each.holds is not Holds.NOTHING]
    if (
        len(rows) < LEAST_ROWS
        or len(found) < _LEAST
        or len({match[1] for match in found.values()}) > 1
        or len(others) != 1
    ):
        return None
    numbers = [int(match[2]) for match in found.values()]
    if numbers != list(range(numbers[0], numbers[0] + len(numbers))) or numbers[0] > 1:
        return None
    label = others[0]
    words = all(each.holds in _WORDS and (each.short or each.holds is Holds.NOTHING) for each in parts)
    if not words or (label.holds is not Holds.LABEL and not is_class(label)) or label.sparse:
        return None
    # Options of a question are chosen from, and answers are written.
    name = next(iter(found))
    if has_word(name, CHOICE) or strength(name, "response") >= Strength.HEAD:
        return None
    return Guess.of({"prompt": JOIN.join(found), "response": label.key, "category": label.key})
