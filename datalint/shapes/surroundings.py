"""Hashes of the keys next to a row's turns: further texts that the model reads, and further ones that it learns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from hashlib import blake2b
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import polars as pl

from datalint.records.canonical import exact_hash
from datalint.records.spans import has_places
from datalint.records.structure import Alike, Structure
from datalint.shapes.detect import Detector
from datalint.shapes.key_paths import top_of, value_of
from datalint.shapes.series import text_column, text_series
from datalint.shapes.side_keys import Use, compared_systems, is_media, judges, names_media, use_of, version_keys
from datalint.support.named_tuple import NamedTuple

_Hashes = npt.NDArray[np.uint64]
_SEED: Final = 12
_TEXT: Final = {str}
#: The key of the number of a labelled place.
_ID: Final = "id"
#: Characters of a few words at most.
_FEW_WORDS: Final = 40
#: Characters of a text of scripts without spaces, whose characters have three bytes, and the bytes of each on average.
_WITHOUT_SPACES: Final = 5
_WIDE: Final = 2.5
#: Characters of texts that names, numbers and dates do not have.
_SPACES: Final = (" ", "\n")
#: Characters of dates, times and lists of numbers.
_OF_DATES: Final = "0123456789-+:./,;TZ \n"


class Surroundings(NamedTuple):
    """Hashes of the values that each row has in addition to its turns, 0 for none.

    ``read`` is of values that the model reads: rows that differ in it have different prompts. ``all`` includes
    values that are learned: rows that differ in it are no duplicates. ``labels`` is of labels and rubrics of the
    response, of a few words that a text is asked about, and of the version of an example: similar rows that differ
    in it are no near-duplicates. ``objects`` is the part of ``all`` for objects of which it is unknown whether they
    are read.
    """

    read: _Hashes
    all: _Hashes
    labels: _Hashes
    objects: _Hashes


def surroundings(structure: Structure, size: int, detector: Detector) -> Surroundings:
    """Return the hashes of ``size`` records with this structure."""
    read, everything, labels, objects = (np.zeros(size, np.uint64) for _ in Surroundings._fields)
    for group in structure.groups:
        rows = np.asarray(group.rows, np.int64)
        sides = detector.compared_keys(group.keys)
        uncertain = detector.uncertain_keys(group.keys)
        turns = {key: tests for key, _, tests in uncertain}
        sides += [(key, use) for key, use, _ in uncertain]
        for key, use in sides:
            hashes = _hashes(group, key, use) * np.uint64(_factor(key))
            if key in turns:
                hashes[_passing(group, turns[key])] = 0  # its value is compared as turns
            everything[rows] += hashes
            if use == "unknown" and dict in group.kinds(key):
                objects[rows] += np.where([type(value) is dict for value in group.column(key)], hashes, np.uint64(0))
            if use != "learned":
                read[rows] += hashes
            elif judges(key):
                labels[rows] += hashes
        known = {key for key, use in sides if use != "unknown"} | detector.idle
        for key in (key for key in group.keys if names_media(key) and key not in known):
            # A file that is an image or a recording is read, whatever its key is.
            hashes = np.array([exact_hash([value]) if is_media(value) else 0 for value in group.column(key)], np.uint64)
            everything[rows] += hashes * np.uint64(_factor(key))
            read[rows] += hashes * np.uint64(_factor(key))
        for key in compared_systems(group.keys, detector.side_keys(group.keys)):
            # Answers of several systems to one question, each of which is to be judged.
            hashes = np.array([exact_hash([value]) for value in group.column(key)], np.uint64) * np.uint64(_factor(key))
            everything[rows] += hashes
            labels[rows] += hashes
        for key in version_keys(group.keys):
            hashes = np.array([exact_hash([value]) for value in group.column(key)], np.uint64)
            labels[rows] += hashes * np.uint64(_factor(key))
        for key in detector.aims(group.keys):
            labels[rows] += _of_aims(group, key) * np.uint64(_factor(key))
    return Surroundings(read, everything, labels, objects)


def rows_with_media(structure: Structure, size: int) -> npt.NDArray[np.bool_]:
    """Return which of ``size`` records have an image or a recording under a key of their own."""
    found = np.zeros(size, np.bool_)
    for group in structure.groups:
        for key in filter(names_media, group.keys):
            found[np.asarray(group.rows, np.int64)] |= np.array([*map(is_media, group.column(key))], np.bool_)
    return found


def _passing(group: Alike, tests: Sequence[tuple[str, Callable[[object], bool]]]) -> npt.NDArray[np.bool_]:
    """Return which rows of a group pass one of the ``tests`` of the value under a key."""
    found = np.zeros(len(group.rows), np.bool_)
    for key, test in tests:
        found |= np.array([bool(test(value)) for value in group.column(key)], np.bool_)
    return found


def _factor(key: str) -> int:
    """Return an odd number for a key, so that equal values under two keys differ."""
    return int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little") | 1


def _hashes(group: Alike, key: str, use: Use) -> _Hashes:
    """Return a hash of each value under ``key``, 0 for one that is empty or, under a key of unknown use, no text."""
    if group.kinds(key) == _TEXT:
        return _of_texts(text_column(group, key), use)
    values = group.column(key)
    hashes = np.array([_of_value(value, use) for value in values], np.uint64)
    places = [place for place, value in enumerate(values) if type(value) is str]
    if places:
        hashes[places] = _of_texts(text_series("text", [values[place] for place in places]), use)
    return hashes


def _of_texts(texts: pl.Series, use: Use) -> _Hashes:
    sizes = texts.str.len_bytes()
    given = sizes > 0
    if use == "unknown":
        spaced = texts.str.contains_any(list(_SPACES)) & (texts.str.strip_chars(_OF_DATES).str.len_bytes() > 0)
        chars = texts.str.len_chars()
        given &= spaced | ((chars >= _WITHOUT_SPACES) & (sizes >= _WIDE * chars))
    return np.where(given.to_numpy(), texts.hash(_SEED).to_numpy(), np.uint64(0))


def _of_aims(group: Alike, key: str) -> _Hashes:
    """Return a hash of each value under ``key`` that is a few words, whatever stands between them; 0 for any other."""
    top = key if key in group.keys else top_of(key)
    found = (value_of({top: value}, key) for value in group.column(top))
    values = (value if isinstance(value, str) and len(value) <= _FEW_WORDS else "" for value in found)
    words = pl.Series([" ".join(re.findall(r"\w+", value.casefold())) for value in values], dtype=pl.String)
    return np.where((words != "").to_numpy(), words.hash(_SEED).to_numpy(), np.uint64(0))


def _of_value(value: Any, use: Use) -> int:
    if isinstance(value, dict | list):
        if use != "context" and isinstance(value, dict) and all(map(_is_about, value)):
            return 0
        # Numbers and names, such as an index, a usage or an embedding, are no part of what is asked.
        counted = [*_texts_in(value)] if use == "unknown" else _without_ids(value)
        return exact_hash(counted) if counted else 0
    if isinstance(value, str) or value is None or use == "unknown":
        return 0
    return exact_hash(value)


def _without_ids(value: Any) -> Any:
    """Return a list of labelled places without their numbers, which say nothing of them; any other value unchanged."""
    if not isinstance(value, list) or not any(isinstance(item, dict) and _ID in item for item in value):
        return value
    return [
        {key: inner for key, inner in item.items() if key != _ID}
        if isinstance(item, dict) and _ID in item and has_places(item)
        else item
        for item in value
    ]


def _texts_in(value: Any) -> Iterator[str]:
    """Yield the texts of more than a name in an object or list, with those of lists of words as one text."""
    rest = [value]
    while rest:
        each = rest.pop()
        if isinstance(each, dict):
            rest += (each[key] for key in sorted(each, reverse=True) if not _is_about(key))
        elif isinstance(each, list):
            words = [item for item in each if _is_word(item)]
            if len(words) > 1:
                yield " ".join(words)
            rest += [item for item in reversed(each) if not _is_word(item)]
        elif isinstance(each, str) and _is_text(each):
            yield each


def _is_text(text: str) -> bool:
    """Whether a text is more than a name, a number or a date."""
    if any(sign in text for sign in _SPACES) and text.strip(_OF_DATES):
        return True
    return len(text) >= _WITHOUT_SPACES and len(text.encode("utf-8", "surrogatepass")) >= _WIDE * len(text)


def _is_about(key: str) -> bool:
    return use_of(key) == "metadata"


def _is_word(item: object) -> bool:
    return isinstance(item, str) and item.isascii() and item.isalpha()
