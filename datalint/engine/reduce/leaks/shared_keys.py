"""Keys that group rows by their subject, such as a document or a video, with values that both splits have."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, Protocol

from datalint.engine.reduce.category_candidates import sorts_rows
from datalint.engine.reduce.leaks.numbered_classes import numbers_classes
from datalint.records.leaks import SharedPart
from datalint.support.numbers import is_whole

#: Rows of the evaluation set that are read first, to see whether they have such a key; rows of both splits that are
#: read, evenly spaced; and rows that are read at a time.
_FIRST: Final = 64
_HELD: Final = 2_000
_TRAINED: Final = 10_000
_ROWS: Final = 1_000
#: Share of the evaluation rows with a value that training has too from which on a note says so, and values at least.
_MOST_ROWS: Final = 0.5
_LEAST: Final = 10
#: Rows of one value in training, on average: as ids of rows, values of fewer are of no group, and of more, categories.
_FEWEST: Final = 1.25
_EACH: Final = 10
#: Rows of one value in training, on average, from which on it may be a class.
_SEVERAL: Final = 3
#: Share of pairs of rows with one line of a prompt that have one value under the key of what that is from.
_NEARLY_ALL: Final = 0.9
#: Longest value that is looked at.
_LONGEST: Final = 300
#: Words of the names of such keys, and what may stand around one.
_THINGS: Final = (
    "video|clip|audio|recording|image|img|photo|picture|file|document|doc|article|page|passage|paragraph|chapter|verse"
    "|book|story|scene|movie|film|song|dialogue|dialog|conversation|session|thread|speaker|patient|repo|repository|url"
    "|uri|link|contract|case|paper|ref"
)
_NAME: Final = (
    rf"(?i)(?:source|src|parent|base|orig|original)?[-_ ]?(?:{_THINGS})[-_ ]?(?:ids?|path|name|file|url|key)?"
    r"|(?:source|src|parent|base|orig|original|seed|root|group|pair|family)[-_ ]?(?:text[-_ ]?)?(?:ids?|idx|index|key)"
)
#: Keys of the number of a part, which parts of many documents have: a page, a line, a chunk.
_PART_NAME: Final = (
    r"(?i)(?:(?:source|src|orig|original|start|end|first|last)[-_ ]?)?"
    r"(?:page|line|row|chunk|section|paragraph|para|passage|chapter|verse|scene|clip|sentence|segment|turn|position|pos"
    r"|offset|seite)s?[-_ ]?(?:no|nr|num|number|index|idx|pos|position)?"
)
_PART_NUMBER: Final = r"(?i)(?:p{1,2}\.? ?|pages? |s\. ?)?\d{1,5}(?: ?[-–,] ?\d{1,5})?"
#: Objects of metadata, whose keys are looked at too.
_NESTED: Final = ("metadata", "meta", "info")
#: Rows of a dataset that is not divided yet, from its beginning, in which groups are looked for; those of groups as a
#: share of all.
_DIVISIBLE: Final = 5_000
_IN_GROUPS: Final = 0.5


class Records(Protocol):
    """A reader of the records of rows by their numbers."""

    def records(self, rows: Sequence[int]) -> list[dict[str, Any]]:
        """Return the records of rows, in their order."""


def find_shared_key(
    readers: tuple[Records, Records], sizes: tuple[int, int], leaked: Collection[int], named: Collection[str]
) -> SharedPart | None:
    """Return the key of things that most evaluation rows have in common with training rows; None without one.

    It is named after what rows are about ("video_path"), and several training rows have each of its values, but not as
    many as have a category; and it does not only number the rows of each class. The arguments are those of
    :func:`~datalint.engine.reduce.leaks.shared_parts.find_shared_part`.
    """
    first = readers[1].records(spread(sizes[1], _FIRST))
    keys = {key for row in first for key, _ in _values(row) if _is_of_things(key) and key not in named}
    if not keys:
        return None
    held = {row: values for row, values in _read(readers[1], spread(sizes[1], _HELD), keys) if row not in leaked}
    counts = Counter(value for _, values in _read(readers[0], spread(sizes[0], _TRAINED), keys) for value in values)
    size = len(spread(sizes[1], _HELD))
    fitting: list[tuple[int, str]] = []
    for key in sorted(keys - _numbers_of_parts(counts)):
        trained = [count for (each, _), count in counts.items() if each == key]
        shared = [value for values in held.values() for value in values if value[0] == key and value in counts]
        are_groups = _FEWEST * len(trained) <= sum(trained) <= _EACH * len(trained)
        if are_groups and len(shared) >= _MOST_ROWS * size and len(set(shared)) >= _LEAST:
            fitting.append((len(shared), key))
    for count, key in sorted(fitting, reverse=True):
        if not numbers_classes(key, _named_rows(readers[0], spread(sizes[0], _TRAINED), key)):
            return SharedPart(key, count / size, sampled=max(sizes[0] - _TRAINED, sizes[1] - _HELD) > 0)
    return None


def group_key_of(reader: Records, size: int) -> str:
    """Return the key of things that most rows have in common with a few others, which a split should keep together.

    It is named after what rows are about, or what they were made from ("source_id"). Empty without one.
    """
    first = reader.records([0]) if size > _LEAST else []
    keys = {key for row in first for key, _ in _values(row) if _is_of_things(key)}
    if not keys:
        return ""
    rows = range(min(size, _DIVISIBLE))
    counts = Counter(value for _, values in _read(reader, rows, keys) for value in values)
    fitting: list[tuple[int, str]] = []
    for key in sorted(keys - _numbers_of_parts(counts)):
        sizes = [count for (each, _), count in counts.items() if each == key]
        together = sum(count for count in sizes if count > 1)
        are_groups = len(sizes) >= _LEAST and _FEWEST * len(sizes) <= sum(sizes) <= _EACH * len(sizes)
        if are_groups and together >= _IN_GROUPS * len(rows):
            fitting.append((together, key))
    found = (key for _, key in sorted(fitting, reverse=True))
    return next((key for key in found if not numbers_classes(key, _named_rows(reader, rows, key))), "")


def key_of_pairs(readers: tuple[Records, Records], pairs: Sequence[tuple[int, int]]) -> str:
    """Return the key under which nearly all pairs of a training and an evaluation row have one value; empty if none.

    Its values are many, so that it is the name of what both have, such as of a verse.
    """
    ours, theirs = (readers[side].records([pair[side] for pair in pairs]) for side in (0, 1))
    equal: dict[str, list[str]] = {}
    for mine, other in zip(ours, theirs, strict=True):
        known = dict(_values(mine))
        for key, value in _values(other):
            if known.get(key) == value:
                equal.setdefault(key, []).append(value)
    found = [
        # Numbers may be equal by chance, as of two verses in different chapters.
        (len(set(values)), not all(map(str.isdigit, values)), key)
        for key, values in equal.items()
        if len(values) >= _NEARLY_ALL * len(pairs)
        and len(set(values)) >= max(_LEAST, len(values) / _EACH)
        and not _are_numbers_of_parts(key, values)
    ]
    return max(found)[2] if found else ""


def share_of_key(readers: tuple[Records, Records], sizes: tuple[int, int], key: str) -> float | None:
    """Return the share of the evaluation rows whose value under a key training has too; None if the key has a class.

    A class is named so, or both splits have nearly all of its values, each of several rows: no division would keep the
    rows of one together.
    """
    if sorts_rows(key):
        return None
    most = _TRAINED, _HELD
    trained, held = (
        Counter(value for _, values in _read(reader, spread(size, number), (key,)) for value in values)
        for reader, size, number in zip(readers, sizes, most, strict=True)
    )
    both = trained.keys() & held.keys()
    if len(both) >= _NEARLY_ALL * len(trained.keys() | held.keys()) and trained.total() >= _SEVERAL * len(trained):
        return None
    return sum(held[value] for value in both) / len(spread(sizes[1], _HELD))


def spread(size: int, most: int) -> list[int]:
    """Return the numbers of ``most`` of the rows at most, evenly spaced."""
    step = -(-size // most) if size else 1
    return list(range(0, size, step))


def _read(reader: Records, rows: Sequence[int], keys: Collection[str]) -> Iterator[tuple[int, list[tuple[str, str]]]]:
    """Yield rows with their values under some keys."""
    for start in range(0, len(rows), _ROWS):
        some = rows[start : start + _ROWS]
        for row, record in zip(some, reader.records(some), strict=True):
            yield row, [(key, value) for key, value in _values(record) if key in keys]


def _named_rows(reader: Records, rows: Sequence[int], key: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the values of a key with the rows that have them."""
    for start in range(0, len(rows), _ROWS):
        for record in reader.records(rows[start : start + _ROWS]):
            yield from ((value, record) for each, value in _values(record) if each == key)


def _values(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the short texts and whole numbers of a row with their keys, also within objects of metadata."""
    for key, value in record.items():
        if isinstance(value, dict) and key in _NESTED:
            found = [(f"{key}.{inner}", _short(each)) for inner, each in value.items() if "." not in inner]
        else:
            found = [(key, _short(value))]
        yield from (each for each in found if each[1])


def _short(value: object) -> str:
    """Return a short text or a whole number as text; empty for any other value."""
    if isinstance(value, str):
        return value.strip() if len(value.strip()) <= _LONGEST else ""
    return str(value) if is_whole(value) else ""


def _numbers_of_parts(values: Iterable[tuple[str, str]]) -> set[str]:
    """Return the keys under which only numbers of parts are, of keys with their values."""
    by_key: dict[str, list[str]] = {}
    for key, value in values:
        by_key.setdefault(key, []).append(value)
    return {key for key, found in by_key.items() if _are_numbers_of_parts(key, found)}


def _are_numbers_of_parts(key: str, values: Sequence[str]) -> bool:
    """Return whether values are numbers of pages, lines or other parts, of which each document has one."""
    if len(key) > _LONGEST or re.fullmatch(_PART_NAME, key.rpartition(".")[2]) is None:
        return False
    return all(re.fullmatch(_PART_NUMBER, value) for value in values)


def _is_of_things(key: str) -> bool:
    return len(key) <= _LONGEST and re.fullmatch(_NAME, key.rpartition(".")[2]) is not None
