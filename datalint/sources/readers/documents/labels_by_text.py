"""One JSON object with the label of each text under it: ``{"warm muscle": "0", "warm welcome": "1"}``."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

import orjson

from datalint.sources.content import Content
from datalint.sources.opening import Opening
from datalint.sources.readers.documents.object_pairs import ObjectPairs
from datalint.sources.readers.documents.object_rows import document_of_pairs
from datalint.sources.readers.documents.reader import Document
from datalint.sources.readers.documents.unnamed_elements import Nameless
from datalint.support.sentence_signs import QUESTION_MARKS
from datalint.support.word_scripts import has_words

#: Texts with their labels.
_LABELLED: Final = Nameless(("text", "label"), paired=True)
#: The minimum number of texts, and those whose labels are looked at.
_LEAST: Final = 20
_SAMPLED: Final = 2_000
#: The share of texts of several words, or of so many characters that are not ASCII, which are more than names.
_MOSTLY: Final = 0.7
_SPACELESS: Final = 6
#: Bytes of a label at most, the number of different ones, and their share of the texts.
_LONGEST: Final = 60
_MOST: Final = 30
_FEW: Final = 0.1
#: Numbers that are labels and no counts, which are seldom 0 and may be any other.
_NUMBERS: Final = ({0, 1}, {-1, 1}, {-1, 0, 1}, {0, 1, 2})


def labels_by_text(opening: Opening, pairs: ObjectPairs) -> Document | None:
    """Return each key of an object with its value as a text with its label; None for an object of anything else.

    Values are few different words, or numbers of classes. What questions have under them are answers.
    """
    names = pairs.keys
    if not pairs.closed or len(names) < _LEAST or any(opener in b"[{n" for opener in pairs.openers[:_SAMPLED]):
        return None
    if int((pairs.stops - pairs.starts).max()) > _LONGEST or not _are_texts(names):
        return None
    if not _are_labels(opening.content, pairs):
        return None
    return document_of_pairs(opening, pairs, f"{len(names):,} labels by their texts", _LABELLED)


def _are_texts(names: list[str]) -> bool:
    said = sum(has_words(name, 2) or (len(name) >= _SPACELESS and not name.isascii()) for name in names)
    asked = sum(name.rstrip().endswith(QUESTION_MARKS) for name in names)
    return said >= _MOSTLY * len(names) and 2 * asked < len(names)


def _are_labels(content: Content, pairs: ObjectPairs) -> bool:
    """Return whether the first values are labels: few, and of one kind."""
    found: Counter[Any] = Counter()
    for start, stop in zip(pairs.starts[:_SAMPLED].tolist(), pairs.stops[:_SAMPLED].tolist(), strict=True):
        try:
            value = orjson.loads(content.read(start, stop))
        except orjson.JSONDecodeError:
            return False
        found[value] += 1
    kinds = {type(value) for value in found}
    if len(kinds) != 1 or not 1 < len(found) <= min(_MOST, _FEW * found.total()):
        return False
    if kinds == {str}:
        if all(value.strip().lstrip("-").isdecimal() for value in found):
            return {int(value) for value in found} in _NUMBERS
        return all(value.strip() for value in found)
    return kinds == {int} and {*found} in _NUMBERS
