"""Labels of several questions about one text, whose names differ in a number: they are learned together."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import is_few
from datalint.shapes.evidence.names import is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, SampledColumn, is_unnamed
from datalint.shapes.guess import JOIN, Guess

_NUMBER: Final = re.compile(r"\d+")
#: The share of values that two columns have in common, of all that they have, up to which they answer two questions.
_COMMON: Final = 0.5
#: Values that stand for no label.
_NONE: Final = ("", "na", "n/a", "nan", "none", "null")
#: Labels of a text at most.
_MOST: Final = 16


def with_numbered_labels(
    guess: Guess | None, columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]
) -> Guess | None:
    """Return a guess that learns one of several numbered labels of a text with the others; other guesses as they are.

    ``q1_label`` to ``q7_label`` have values of their own. Labels with the same values are those of several people, or
    several that one text has, of which this says nothing.
    """
    found = {} if guess is None else dict(guess.columns)
    learned = next((each for each in columns if each.key == found.get("response")), None)
    if guess is None or learned is None or is_unnamed(learned) or len(rows) < LEAST_ROWS:
        return guess
    if not _NUMBER.search(learned.key):
        return guess
    name = _NUMBER.sub("#", learned.key)
    numbered = [each for each in columns if _NUMBER.sub("#", each.key) == name and is_few(each) and not is_about(each)]
    others = [each for each in numbered if each is not learned and each.key not in found.values()]
    if not others or len(others) >= _MOST or learned not in numbered:
        return guess
    values = {each.key: _values(each.key, rows) for each in numbered}
    mine = values[learned.key]
    if not any(len(mine & values[each.key]) <= _COMMON * len(mine | values[each.key]) for each in others):
        return guess
    kept = {meaning: key for meaning, key in found.items() if meaning != "category" or key != learned.key}
    joined = JOIN.join(each.key for each in columns if each in (learned, *others))
    return Guess.of(kept | {"response": joined}, clear=guess.clear, basis=guess.basis)


def _values(key: str, rows: Sequence[Mapping[str, Any]]) -> set[str]:
    found = {str(value).strip() for row in rows if (value := row.get(key)) is not None}
    return {each for each in found if each.lower() not in _NONE}
