"""Rows of two equal texts of which a label, or the key of one, says that they are no duplicates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any, Final

from datalint.api import Alike, NamedTuple

#: Words of the names of keys that say whether two texts say the same, and values that deny it.
_SAME: Final = frozenset("duplicate duplicates dup paraphrase paraphrases paraphrased equivalent".split())
_DENIED: Final = frozenset(("0", "0.0", "false", "no"))
#: Words of the names of labels, and labels that deny it themselves.
_LABELS: Final = frozenset("label labels gold class relation annotation".split())
_DENYING: Final = frozenset(
    "contradiction contradictory notentailment notduplicate nonduplicate notparaphrase nonparaphrase".split()
)
#: The last parts of the names of two texts, and names of two texts.
_PARTS: Final = r"(?i)(?P<stem>.{0,40}?)[ _-]?(?P<part>[12ab])"
_OTHER: Final = {"1": "2", "a": "b"}
_NAMED: Final = (("premise", "hypothesis"),)
#: Keys of what is searched for, of what matches it, and of what does not.
_CONTRASTED: Final = (
    ("anchor", "query", "question", "sent0"),
    ("positive", "pos", "positive_text", "sent1"),
    ("negative", "neg", "hard_negative", "negative_text", "hard_neg"),
)
#: Letters of a text at least, and characters of a label at most.
_LETTERS: Final = 3
_LONGEST: Final = 40


class EqualPair(NamedTuple):
    """A row with two equal texts under ``keys``, and the ``label`` under ``key`` that denies it.

    There is no label if the keys are those of contrastive texts, which are to differ.
    """

    row: int
    keys: tuple[str, str]
    key: str
    label: str


def equal_pairs(group: Alike) -> Iterator[EqualPair]:
    """Yield the rows of a group with two equal texts, case and white space aside, of which a label denies that.

    So does the key of a negative that is the anchor or a positive, and an anchor is no positive of its own.
    """
    yield from _contrasted(group)
    labels = [key for key in group.keys if len(key) <= _LONGEST and not (_SAME | _LABELS).isdisjoint(_words(key))]
    if not labels:
        return
    for keys in _pairs(group.keys):
        one, other = map(group.column, keys)
        equal = [place for place, (a, b) in enumerate(zip(one, other, strict=True)) if _are_equal(a, b)]
        for key in labels if equal else ():
            values = group.column(key)
            for place in equal:
                if label := _denial(key, values[place]):
                    yield EqualPair(group.rows[place], keys, key, label)


def _contrasted(group: Alike) -> Iterator[EqualPair]:
    """Yield the rows of which an anchor, a positive and a negative are not three texts."""
    named = [next((key for key in names if key in group.keys), None) for names in _CONTRASTED]
    if named[1] is None:
        return
    found: set[int] = set()
    for keys in combinations(reversed([key for key in named if key is not None]), 2):
        for row, one, other in zip(group.rows, *map(group.column, keys), strict=True):
            if row not in found and _are_equal(one, other):
                found.add(row)
                yield EqualPair(row, (keys[1], keys[0]), "", "")


def _pairs(keys: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the keys of two texts: ``sentence1`` and ``sentence2``, ``text_a`` and ``text_b``."""
    known = {key.lower(): key for key in keys}
    for name, key in known.items():
        found = re.fullmatch(_PARTS, name)
        if found is not None and found["stem"] and (part := _OTHER.get(found["part"])):
            other = known.get(f"{name[:-1]}{part}")
            if other is not None:
                yield key, other
    for one, other in _NAMED:
        if one in known and other in known:
            yield known[one], known[other]


def _are_equal(one: Any, other: Any) -> bool:
    if not isinstance(one, str) or not isinstance(other, str) or abs(len(one) - len(other)) > _LONGEST:
        return False
    text = " ".join(one.split()).casefold()
    return text == " ".join(other.split()).casefold() and sum(map(str.isalpha, text[:_LONGEST])) >= _LETTERS


def _denial(key: str, value: Any) -> str:
    """Return a label that denies that two texts say the same, empty for any other value."""
    if not isinstance(value, str | int | float) or len(label := str(value).strip()) > _LONGEST:
        return ""
    if not _SAME.isdisjoint(_words(key)) and label.lower() in _DENIED:
        return label
    return label if re.sub(r"[\W_]", "", label.lower()) in _DENYING else ""


def _words(key: str) -> list[str]:
    return re.findall("[a-z]+", re.sub(r"([a-z])([A-Z])", r"\1 \2", key).lower())
