"""Responses that are JSON: those that cannot be parsed, and keys that few spell otherwise than the others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import polars as pl

from datalint.api import Dataset, NamedTuple
from datalint.rules.common.tools.calls import parse

#: A list of numbers as NumPy writes it, such as the classes of a text: ``[0 2]``.
_NUMBERS: Final = r"\[\s{0,9}(?:\d{1,9}\.?(?:\s{1,9}|(?=\]))){1,99}\]"
#: Keys of an object and different sets of keys up to which these say what the objects are, and rows of a set that are kept.
_MOST_KEYS: Final = 50
_MOST_SETS: Final = 200
_KEPT: Final = 200
#: Responses with the same keys from which on these are the usual ones, and the share of them that another set has at most.
_USUAL: Final = 20
_RARE: Final = 0.05
#: Other keys that a prompt names as the objects do, where it names one otherwise, and prompts that are looked at.
_NAMED: Final = 2
_LOOKED_AT: Final = 5
_WORD: Final = r"\w{1,80}"
#: Letters from which two keys that are one edit apart are spellings of one: "lat" and "lot" are two.
_LONG: Final = 6


class KeySet(NamedTuple):
    """How many objects have a set of keys, and the example and path of the first."""

    rows: int
    places: tuple[tuple[int, str], ...]


#: The sets of keys of objects, as JSON; ``None`` if there are too many different ones.
KeySets = dict[str, KeySet] | None


class Answers(NamedTuple):
    """The example, path and error of each text that is no JSON, and the keys of those that are objects."""

    broken: list[tuple[int, str, str]]
    keys: KeySets


class Misspelled(NamedTuple):
    """A ``key`` of a response that ``rows`` others with the same keys spell as the ``usual`` one."""

    at: int
    path: str
    key: str
    usual: str
    rows: int


def read_answers(turns: pl.DataFrame) -> Answers:
    """Parse the texts of a frame with ``example``, ``path`` and ``text``."""
    broken: list[tuple[int, str, str]] = []
    places: dict[str, list[tuple[int, str]]] = {}
    for at, path, text in zip(turns["example"], turns["path"], turns["text"], strict=True):
        value, error = parse(text)
        if error is None:
            if isinstance(value, dict) and len(places) <= _MOST_SETS:
                places.setdefault(_set_of(value), []).append((at, path))
        elif re.fullmatch(_NUMBERS, text) is None:
            broken.append((at, path, error))
    sets = {keys: KeySet(len(found), tuple(found[:_KEPT])) for keys, found in places.items()}
    return Answers(broken, sets if len(sets) <= _MOST_SETS else None)


def _set_of(value: dict[str, Any]) -> str:
    import orjson

    return orjson.dumps(sorted(value) if len(value) <= _MOST_KEYS else []).decode()


def joined_keys(one: KeySets, other: KeySets, rows: int) -> KeySets:
    """Add up; examples of ``other`` come ``rows`` after those of ``one``."""
    if one is None or other is None:
        return None
    found = dict(one)
    for keys, each in other.items():
        before = found.get(keys, KeySet(0, ()))
        moved = [(at + rows, path) for at, path in each.places]
        found[keys] = KeySet(before.rows + each.rows, (*before.places, *moved)[:_KEPT])
    return found if len(found) <= _MOST_SETS else None


def misspelled_keys(sets: KeySets) -> Iterator[Misspelled]:
    """Yield the responses that have the keys of many others, but one in another spelling, in the order of rows."""
    import orjson

    listed = sorted((sets or {}).items(), key=lambda each: (-each[1].rows, each[0]))
    usual = [(frozenset(orjson.loads(keys)), each.rows) for keys, each in listed if each.rows >= _USUAL]
    found: list[Misspelled] = []
    for keys, each in listed if usual else ():
        mine = frozenset(orjson.loads(keys))
        for theirs, rows in usual:
            own, other = sorted(mine - theirs), sorted(theirs - mine)
            if each.rows <= _RARE * rows and len(own) == len(other) == 1 and _are_spellings(own[0], other[0]):
                found += (Misspelled(at, path, own[0], other[0], rows) for at, path in each.places)
                break
    yield from sorted(found)


def keys_asked_otherwise(data: Dataset, sets: KeySets) -> Iterator[Misspelled]:
    """Yield each key of many objects with the same keys that their prompts write in another case.

    The other keys stand in the prompts as they are: these list them all.
    """
    import orjson

    for keys, each in sorted((sets or {}).items(), key=lambda item: item[1].places[:1]):
        if each.rows < _USUAL:
            continue
        step = max(len(each.places) // _LOOKED_AT, 1)
        texts = data.texts([at for at, _ in each.places[::step][:_LOOKED_AT]])
        words = [set(re.findall(_WORD, f"{text.system}\n{text.prompt}")) for text in texts]
        named: list[str] = orjson.loads(keys)
        missing = [key for key in named if not any(key in found for found in words)]
        if len(missing) != 1 or not all(found.issuperset({*named} - {*missing}) for found in words):
            continue
        variants = [{word for word in found if word.casefold() == missing[0].casefold()} for found in words]
        if len(named) > _NAMED and all(len(found) == 1 for found in variants) and len(set.union(*variants)) == 1:
            yield Misspelled(*each.places[0], missing[0], variants[0].pop(), each.rows)


def _are_spellings(key: str, usual: str) -> bool:
    from rapidfuzz.distance import OSA

    one, other = (re.sub(r"[\s_-]", "", each.casefold()) for each in (key, usual))
    if re.findall(r"\d", one) != re.findall(r"\d", other):
        return False
    return one == other or (min(len(one), len(other)) >= _LONG and OSA.distance(one, other, score_cutoff=1) <= 1)
