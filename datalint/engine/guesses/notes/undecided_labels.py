"""Notes about labels of several people of which no key has the decision: the text next to them is read alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, Final

from datalint.core.kind import TEXT
from datalint.engine.guesses.notes.sampling import MOST_KEYS, ROWS
from datalint.privacy.display import excerpt
from datalint.records.places import listed
from datalint.shapes.base import Shape
from datalint.shapes.fields import fields_of

#: Keys that are shown, and characters of one.
_SHOWN: Final = 3
_LONGEST: Final = 30
_PART: Final = "text"


def undecided_labels(first: Mapping[str, Any], shape: Shape, rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the note on the labels of several people next to a text that is read alone; empty for none."""
    if shape.kind != TEXT or shape.fields is None or len(first) > MOST_KEYS or not _may_be_of_people(first):
        return ""
    if [part for _, part in fields_of(shape, first)] != [_PART]:
        return ""
    from datalint.shapes.evidence.sampling import columns_of
    from datalint.shapes.inference.labelled.raters import undecided_raters

    some = list(islice(rows, ROWS))
    keys = undecided_raters(columns_of(some), some)
    if not keys:
        return ""
    named = listed((f'"{excerpt(key, _LONGEST)}"' for key in keys), len(keys), _SHOWN)
    return (
        f"only the text is read: {named} are labels of several people; to learn one, add what most of them say as label"
    )


def _may_be_of_people(first: Mapping[str, Any]) -> bool:
    """Return whether keys differ in nothing but digits and a last letter, as those of numbered people do."""
    names = Counter(key.rstrip("0123456789ABCabc").lower() for key in first)
    return max(names.values()) > 1
