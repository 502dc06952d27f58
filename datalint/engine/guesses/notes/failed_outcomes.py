"""Notes about responses that failed when somebody ran or checked them: they are learned like the others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, Final

from datalint.engine.guesses.notes.sampling import ANSWERED, LEAST, MOST_KEYS, ROWS, of_rows
from datalint.privacy.display import excerpt
from datalint.shapes.base import Shape
from datalint.shapes.fields import fields_of

#: Words of an outcome that say that something failed, and that it did not.
_FAILED: Final = frozenset("fail fails failed failure error errors errored crashed".split())
_PASSED: Final = frozenset("pass passes passed ok success succeeded successful successfully".split())
#: Last words of names of flags that say so as well, and first words: what a teacher wrote.
_CORRECT: Final = "correct"
_WRITTEN: Final = frozenset("teacher solution generation completion output cot trace rationale reasoning".split())
#: Parts of a row that are learned.
_LEARNED: Final = frozenset(("response", "text"))
#: Characters of a name and of an outcome.
_LONGEST: Final = 40


def failed_outcomes(first: Mapping[str, Any], shape: Shape, rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the note on a key that says whether a response failed, or a teacher's is correct; empty for none."""
    if shape.name not in ANSWERED or shape.fields is None or len(first) > MOST_KEYS:
        return ""
    fields = fields_of(shape, first)
    read = {key for key, _ in fields}
    keys = [key for key in first if key not in read and _failed(key, first[key]) is not None]
    if len(keys) != 1 or _LEARNED.isdisjoint(part for _, part in fields):
        return ""
    values = [row.get(keys[0]) for row in islice(rows, ROWS)]
    found = [_failed(keys[0], value) for value in values]
    if len(found) < LEAST or None in found or not 0 < found.count(True) < len(found):
        return ""
    said = str(values[found.index(True)]).strip()
    said = f'"{excerpt(said, _LONGEST)}"' if isinstance(values[found.index(True)], str) else said.lower()
    like = said if len({str(value) for value, fails in zip(values, found, strict=True) if fails}) == 1 else "a failure"
    where = f"{found.count(True)} {of_rows(len(found))}"
    return (
        f'"{excerpt(keys[0], _LONGEST)}" is {like} in {where}, which are learned like the others: '
        "delete these rows if it says that what they teach is wrong"
    )


def _failed(key: str, value: object) -> bool | None:
    """Return whether the value of a key says that something failed or is not correct; None if it says nothing."""
    if len(key) > _LONGEST:
        return None
    if isinstance(value, bool):
        words = re.findall(r"[a-z]+", key.lower())
        return not value if len(words) == 2 and words[1] == _CORRECT and words[0] in _WRITTEN else None
    if not isinstance(value, str) or len(value) > _LONGEST:
        return None
    said = frozenset(re.findall(r"[a-z]+", value.lower()))
    fails, passes = not said.isdisjoint(_FAILED), not said.isdisjoint(_PASSED)
    return fails if fails != passes else None
