"""Texts that list tags: one for each word, or several labels of a whole text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

#: Tags of a text, on average, that there are at least.
_TAGS: Final = 3
#: Different tags at most.
_MOST_TAGS: Final = 200
#: Tags of one text that are looked at.
_ITEMS: Final = 50
#: Mean number of occurrences of a tag in capitals.
_AGAIN: Final = 10
#: Share of the most common tag, such as that of words outside of names.
_COMMON: Final = 0.35
#: Separators of tags.
_PARTED: Final = re.compile(r"[\s,;|]+")
#: What stands between labels, share of the texts that have it, characters of a label, and times that one comes.
_SEPARATORS: Final = ("|", ";", ",")
_SEVERAL: Final = 0.1
_LABEL: Final = 40
#: Separators and brackets of a list of objects that is written as JSON.
_OF_JSON: Final = "[]{}"
_REPEATED: Final = 5
#: The number of a class, and how many there are at most.
_CODE: Final = re.compile(r"\d{1,2}")
_MOST_CODES: Final = 60
#: A list of such numbers, as NumPy writes one, or Python.
_NUMBERS: Final = re.compile(
    r"\[\s{0,9}(?:\d{1,2}\.?(?:\s{1,9}|(?=\]))){0,50}\]|\[(?:\d{1,2}(?:, ?(?=\d)|(?=\]))){0,50}\]"
)
#: A list of numbers of words, one of them, and the share of them that follow the one before.
_PLACES: Final = re.compile(r"\[\d{1,5}(?:, ?\d{1,5}){0,2000}(?:\]|[,\d ]{0,8})")
_PLACE: Final = re.compile(r"\d{1,5}")
_FOLLOWING: Final = 0.9
#: The tag of a word inside or outside of a name, as IOB, IOBES and BILOU write them, with the kind on either side.
_OF_NAME: Final = re.compile(r"O|[BIESLUM][-_]\S{1,60}|\S{1,60}[-_][BIESLUM]")
#: The class of a word, with what it is of: ``NOUN``, ``VB-PAST``, ``PRP$``; signs are their own class. Most of them.
_OF_WORD: Final = re.compile(r"[A-Z][A-Z0-9_|:.+-]{0,30}\$?|[^\w\s]{1,5}|_")
_MOST_CLASSES: Final = 100


def name_parts(values: Sequence[object]) -> bool:
    """Whether values are texts of tags that say which words are parts of names, parted by spaces."""
    texts = [value for value in values if isinstance(value, str) and value.strip()]
    tags = {tag for text in texts for tag in text.split()[:_ITEMS]}
    return 1 < len(tags) <= _MOST_TAGS and all(map(_OF_NAME.fullmatch, tags))


def spells_tags(value: object) -> bool:
    """Whether a value is a text of several tags that say which words are parts of names, parted by spaces."""
    tags = value.split(maxsplit=_ITEMS)[:_ITEMS] if isinstance(value, str) else []
    return len(tags) > 1 and all(map(_OF_NAME.fullmatch, tags))


def spells_classes(values: Sequence[object]) -> bool:
    """Whether values are texts of a few classes of words in capitals (``DET NOUN``), parted by blanks."""
    texts = [value for value in values if isinstance(value, str) and value.strip()]
    tags = [tag for text in texts for tag in text.split()]
    few = 1 < len(set(tags)) <= _MOST_CLASSES and len(tags) >= _AGAIN * len(set(tags))
    return few and all(map(_OF_WORD.fullmatch, tags)) and sum(" " in text for text in texts) > len(texts) / 2


def are_tags(texts: Sequence[str]) -> bool:
    """Whether texts are tags of words or characters: few different ones, of which one is by far the most common."""
    tags = Counter(tag for text in texts for tag in _PARTED.split(text)[:_ITEMS])
    size = tags.total()
    if size < _TAGS * len(texts) or len(tags) > _MOST_TAGS:
        return False
    # Those of parts of speech are in capitals, and none of them is as common.
    named = size >= _AGAIN * len(tags) and all(tag.isascii() and tag == tag.upper() for tag in tags)
    return named or max(tags.values()) >= _COMMON * size


def are_joined(texts: Sequence[str]) -> bool:
    """Whether many texts are several labels with a separator between them, each of which recurs."""
    labels = Counter(label for text in _parted(texts) for label in text)
    letters = bool(labels) and all(any(map(str.isalpha, label)) and len(label) <= _LABEL for label in labels)
    letters = letters and not any(sign in label for label in labels for sign in _OF_JSON)
    return letters and 1 < len(labels) <= _MOST_TAGS and labels.total() >= _REPEATED * len(labels)


def are_codes(texts: Sequence[str]) -> bool:
    """Whether many texts are the numbers of several classes with a separator between them, each of which recurs.

    They are in order or have a blank between them, unlike the two halves of a number with a comma; or in brackets, as
    NumPy and Python write lists (``[0 2]``, ``[0, 2]``), which may be empty.
    """
    if all(map(_NUMBERS.fullmatch, texts)):
        listed = [re.findall(_CODE, text) for text in texts]
        codes = Counter(code for each in listed for code in each)
        some = any(len(each) > 1 for each in listed)
        return some and 1 < len(codes) <= _MOST_CODES and codes.total() >= _REPEATED * len(codes)
    parted = _parted(texts)
    codes = Counter(code for each in parted for code in each)
    if not 1 < len(codes) <= _MOST_CODES or not all(map(_CODE.fullmatch, codes)):
        return False
    ordered = all(int(one) < int(other) for each in parted for one, other in pairwise(each))
    spaced = all(len(set(each)) == len(each) == len(text.split()) for each, text in zip(parted, texts, strict=True))
    return (ordered or spaced) and codes.total() >= _REPEATED * len(codes)


def are_places(texts: Sequence[str]) -> bool:
    """Whether most texts are lists of the numbers of words that follow one another: ``[47, 48, 49]``."""
    lists = [[int(each) for each in _PLACE.findall(text)] for text in texts if _PLACES.fullmatch(text) is not None]
    steps = [after - before for each in lists for before, after in pairwise(each)]
    return 2 * len(lists) > len(texts) and len(steps) >= len(lists) and steps.count(1) >= _FOLLOWING * len(steps)


def _parted(texts: Sequence[str]) -> list[list[str]]:
    """Return the parts of texts, of which many have a separator; none if they have no separator."""
    separator = next((each for each in _SEPARATORS if sum(each in text for text in texts) >= _SEVERAL * len(texts)), "")
    if not separator:
        return []
    return [[part for each in text.split(separator)[:_ITEMS] if (part := each.strip())] for text in texts]
