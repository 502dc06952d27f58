"""Labels that responses write in two ways: as "C", and after a word or within marks, as "ANSWER: C" or "(C)"."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl

from datalint.api import NamedTuple
from datalint.rules.common.labels.answer_faults import SAYING

#: Bytes of a label with what is around it, and different ones up to which responses may be labels.
_LONGEST: Final = 60
_MOST: Final = 200
#: Responses from which on the last one may end a dialogue.
_SEVERAL: Final = 2
#: Marks around a label.
_MARKS: Final = " \t\r\n\"'`*()[].,:;。，"
#: Share of the responses that are so short, labels that more rows have than a slip would, and how many of these there are.
_SHARE: Final = 0.8
_ROWS: Final = 3
_LABELS: Final = range(2, 21)


class Written(NamedTuple):
    """How many responses are a text, and the example and path of the first."""

    rows: int
    at: int
    path: str


class Spelled(NamedTuple):
    """Two texts for one label, how many responses are written as each, and where the first is that is as the rarer."""

    rare: str
    rare_count: int
    usual: str
    usual_count: int
    at: int
    path: str


#: Each short response; ``None`` if there are too many different ones to be labels.
Labels = dict[str, Written] | None


def labels_of(turns: pl.DataFrame, roles: pl.Series) -> Labels:
    """Return the short responses of a frame with ``example``, ``path`` and ``text``, by the ``roles`` of examples.

    What ends a dialogue, such as a farewell, is no label.
    """
    short = np.flatnonzero(turns["text"].str.len_bytes().to_numpy() <= _LONGEST)
    if not len(short):
        return {}
    some = turns[short]
    once = roles.gather(some["example"]).str.count_matches("a", literal=True) < _SEVERAL
    if not once.any():
        return {}
    some = some.filter(once)
    counts = dict(some["text"].value_counts().iter_rows())
    if len(counts) > _MOST:
        return None
    first = some.unique("text", keep="first", maintain_order=True)
    places = zip(first["text"], first["example"], first["path"], strict=True)
    return {text: Written(counts[text], at, path) for text, at, path in places}


def joined_labels(one: Labels, other: Labels, rows: int) -> Labels:
    """Add up; examples of ``other`` come ``rows`` after those of ``one``."""
    if one is None or other is None:
        return None
    found = dict(one)
    for text, each in other.items():
        before = found.get(text)
        place = (each.at + rows, each.path) if before is None else (before.at, before.path)
        found[text] = Written(each.rows + (0 if before is None else before.rows), *place)
    return found if len(found) <= _MOST else None


def spelled_twice(labels: Labels, responses: int) -> Spelled | None:
    """Return the two ways in which labels are written, if nearly all responses are labels and some are written so."""
    if not labels or sum(each.rows for each in labels.values()) < _SHARE * responses:
        return None
    bare = {text: _bare(text) for text in labels}
    plain = {text for text, label in bare.items() if label == text and labels[text].rows >= _ROWS}
    around = [text for text, label in bare.items() if label != text.strip() and label in plain]
    if len(plain) not in _LABELS or not around:
        return None
    within, alone = (sum(labels[text].rows for text in texts) for texts in (around, plain))
    first = min(around, key=lambda text: labels[text].at)
    one, other = (first, within), (bare[first], alone)
    rare, usual = (one, other) if within <= alone else (other, one)
    place = labels[rare[0]]
    return Spelled(*rare, *usual, place.at, place.path)


def _bare(text: str) -> str:
    """Return a label without a word that says that the answer follows, and without marks around it."""
    said = SAYING.fullmatch(text.strip())
    label = (text if said is None else said[1]).strip(_MARKS)
    return label if any(map(str.isalnum, label)) else text
