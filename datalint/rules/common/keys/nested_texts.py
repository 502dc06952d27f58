"""Texts of a row that are in a list of objects, where no mapping of columns reaches."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from datalint.api import excerpt
from datalint.rules.common.keys.key_names import LINKS
from datalint.rules.common.lazy_pattern import lazy_pattern
from datalint.rules.common.spans.span_places import has_places
from datalint.support.names.column_names import Strength, strength
from datalint.support.names.place_keys import place_keys
from datalint.support.numbers import is_whole

#: Characters from which on a value is a text, and items and keys of a list that are looked at.
_TEXT = 20
ITEMS = 50
KEYS = 20
#: Characters of a sentence, which a name or header does not have.
_SENTENCE = 60
#: Lists of which one may hold less than half of the texts.
_SEVERAL = 2
#: Most lists that are named together.
_SEVERAL_NAMED = 5
#: Most keys of an object with a link that says where something is from.
_LINK_KEYS = 3
#: Levels at which a sentence is looked for, in the first items of each.
_DEEPEST = 8
_FEW = 3
#: Objects in one another that are looked into, paths that are named, what can be typed, and words that a name may have.
_DEPTH = 3
_PATHS = 8
_PATH = lazy_pattern(r"[\w.-]{1,60}")
_NUMBERED = lazy_pattern(r"(?=[^0-9]{0,30}[0-9])[\w-]{1,60}")
_TWO = 2
#: Words of the keys of the better and the worse side of a preference.
_SIDES = (("chosen", "rejected"), ("preferred", "rejected"), ("winning", "losing"), ("better", "worse"))
#: Texts next to a list, at most, that belong to each of its items.
_OUTSIDE = 2
#: Keys of whoever speaks, or of what an agent did, in an item that may be a message.
_SPEAKERS = frozenset("role from speaker author sender user observation".split())
_TURNS = _SPEAKERS | {"speakers", "speaker_id"}
#: Keys of the model that wrote an answer.
_MODELS = frozenset(("model", "model_name", "model_id"))
#: Words of keys of what a model may call, which is no row.
_CALLED = frozenset(("tool", "tools", "function", "functions", "api", "apis"))


def list_of_texts(value: Mapping[str, Any]) -> str | None:
    """Return the path of the list of objects that holds most of a row's texts.

    None if the texts outside of lists, such as those of a catalogue of messages, are as long as all of a list, for
    several lists with as many, or no such list.
    Where no value is long enough to be a text, short ones in a list are.
    """
    lists = list(_lists(value))
    for least in (_TEXT, 1):
        outside = _outside(value, least, _DEPTH)
        sizes = {path: _size(items, least) for path, items in lists}
        found = max(sizes, key=lambda path: sizes[path], default=None)
        if found is not None and sizes[found] > max(outside, least):
            return found if len(sizes) <= _SEVERAL or 2 * sizes[found] >= sum(sizes.values()) else None
        if outside or any(sizes.values()):
            return None
    return None


def inner_texts(value: Mapping[str, Any]) -> list[str]:
    """Return the dotted paths of the texts in the objects of a row that has no other text.

    None if the row has a list, if a key can't be typed, if there is one such text or there are many, or where several
    objects have the same keys, two or more, as rows have.
    """
    objects = [item for item in value.values() if isinstance(item, dict) and item]
    named = [frozenset(item) for item in objects if len(item) > 1]
    alike = len({*named}) < len(named)
    if not objects or alike or any(isinstance(item, list) or _has_words(item) for item in value.values()):
        return []
    found = list(_paths(value, _DEPTH))
    fits = 1 < len(found) <= _PATHS and all(map(_PATH.fullmatch, found))
    return found if fits else []


def deep_texts(value: Mapping[str, Any]) -> str:
    """Return the first key of a row whose objects and lists hold a sentence at any of some levels; empty for none."""
    return next((key for key, item in [*value.items()][:KEYS] if _has_sentence(item, _DEEPEST)), "")


def _has_sentence(item: object, depth: int) -> bool:
    if isinstance(item, str):
        return len(item) >= _SENTENCE and _has_words(item)
    items = item.values() if isinstance(item, dict) else item if isinstance(item, list) else ()
    return depth > 0 and any(_has_sentence(each, depth - 1) for each in islice(items, _FEW))


def said_of_items(value: Mapping[str, Any], path: str) -> str | None:
    """Return what to do with the items of a list of objects, at its path: messages have a speaker.

    Texts next to the list belong to each item; None for more than two of them, which are an example without the list,
    and for the list of one side of a preference.
    The items of a list in its only item are meant, if that has most of the texts, and those of the lists of all items
    that have no other texts.
    """
    if _is_side(value, path):
        return None
    items = items_at(value, path)
    named = f'"{excerpt(path, 40)}"'
    for _ in range(_DEPTH):
        if (inner := _inner_list(items)) is None:
            break
        items, named = [each for item in items for each in items_at(item, inner)], f'"{excerpt(inner, 40)}" in {named}'
    if len(items) > 1 and all(len(item) == 1 for item in items[:ITEMS]) and len({*map(tuple, items[:ITEMS])}) > 1:
        return f'write {named} as "messages", each with a role'  # the one key of an item says whose turn it is
    said, asked = f"write each item of {_alike(value, path) or named} as a row", _asked(value, path)
    if asked is None and all(not _SPEAKERS.isdisjoint(item) for item in items[:ITEMS]):
        return f'{said}, or all as "messages"'
    own = [each for each in _paths(value, 1) if each.partition(".")[0] != path.partition(".")[0]]
    if asked is not None and (len(own) > _OUTSIDE or asked not in own):
        own = [asked]
    if len(own) > _OUTSIDE:
        return None
    others = " and ".join(f'"{excerpt(each, 40)}"' for each in own)
    said = f"{said}, with {others} next to it" if own else said
    answered = len(items) > 1 and all(not _MODELS.isdisjoint(item) for item in items[:ITEMS])
    return f"{said}, or two as chosen and rejected" if answered else said


def _is_side(value: Mapping[str, Any], path: str) -> bool:
    """Whether another key of the row names the other side of a preference: the list is one example, and no rows."""
    key = path.partition(".")[0]
    turned = (pair for one, other in _SIDES for pair in ((one, other), (other, one)) if pair[0] in key)
    return any(key.replace(one, other) in value for one, other in turned)


def _inner_list(items: Sequence[Mapping[str, Any]]) -> str | None:
    """Return the path of the list in each item whose items are the rows; None if the items are."""
    looked_at = items[:_FEW]
    paths = {list_of_texts(item) for item in looked_at}
    inner = paths.pop() if len(paths) == 1 else None
    if inner is None or all(len(items_at(item, inner)) < _TWO for item in looked_at):
        return None
    if len(items) == 1:
        return inner
    own = {name for item in looked_at for name in _paths(item, 1) if not name.startswith(inner)}
    rows = [each for item in looked_at for each in items_at(item, inner)]
    # What people say in turn is one row, unless each turn has a label.
    said = any(not _TURNS.isdisjoint(each) for each in rows)
    return None if own or (said and not all(map(_is_labelled, rows))) else inner


def _is_labelled(item: Mapping[str, Any]) -> bool:
    return any(
        isinstance(each, str) and 0 < len(each) < _TEXT and strength(key, "category") >= Strength.HEAD
        for key, each in item.items()
    )


def items_at(value: Mapping[str, Any], path: str) -> list[dict[str, Any]]:
    """Return the items of the list of objects at a path; none for any other path."""
    return next((items for name, items in _lists(value) if name == path), [])


def _alike(value: Mapping[str, Any], path: str) -> str:
    """Return the names of all keys of a row of nothing but lists of objects, of which each has rows; empty for others."""
    names = [name for name, items in _lists(value) if len(items) > 1]
    if not 1 < len(names) == len(value) <= _SEVERAL_NAMED or path not in names or {*names} != {*value}:
        return ""
    *others, last = (f'"{excerpt(name, 40)}"' for name in names)
    return f"{', '.join(others)} and {last}"


def _asked(value: Mapping[str, Any], path: str) -> str | None:
    """Return the key of what a list, at its path, answers: a text or an object with one, asked by its name."""
    for key, item in value.items():
        texts, least = (item.values(), Strength.WORD) if isinstance(item, dict) else ((item,), Strength.HEAD)
        is_text = any(isinstance(each, str) and each.strip() for each in texts)
        if is_text and key != path.partition(".")[0] and strength(key, "prompt") >= least:
            return key
    return None


def _paths(value: Mapping[str, Any], depth: int) -> Iterator[str]:
    for key, item in value.items():
        if _has_words(item):
            yield key
        elif isinstance(item, dict) and len(item) <= KEYS and depth and "." not in key:
            yield from (f"{key}.{inner}" for inner in _paths(item, depth - 1))


def _has_words(item: object) -> bool:
    return isinstance(item, str) and len(item.split(None, _TWO)) > _TWO


def said_of_places(value: Mapping[str, Any]) -> str | None:
    """Return what to do with a row of places (first and last character) in a text that the row lacks; None for others.

    They are in a list, or those of one mention under keys of the row.
    """
    if any("chunk" in key[:_SENTENCE].lower() for key in value):
        return None  # a part of a document, with its place in it
    if (own := place_keys(value)) is not None and not _has_text(value, value[own[1]] - value[own[0]]):
        named = " and ".join(f'"{excerpt(key, 40)}"' for key in own)
        return f'{named} are places in a text that the row lacks; write it next to them as "text"'
    if any(isinstance(item, str) and len(item) >= _SENTENCE for item in value.values()):
        return None
    path = next((path for path, items in _lists(value) if all(map(_is_place, items[:ITEMS]))), None)
    if path is None:
        return None
    return f'the places in "{excerpt(path, 40)}" are of a text that the row lacks; write it next to them as "text"'


def _has_text(value: Mapping[str, Any], mentioned: int) -> bool:
    """Return whether a row has a text that is longer than what it mentions of one, in characters."""
    return any(isinstance(item, str) and len(item) >= max(_SENTENCE, 2 * mentioned) for item in value.values())


def _is_place(item: dict[str, Any]) -> bool:
    numbers = [key for key, each in item.items() if is_whole(each)]
    said = max((len(each) for each in item.values() if isinstance(each, str)), default=0)
    return said < _SENTENCE and has_places(numbers)


def _lists(value: Mapping[str, Any]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield the lists of objects under the keys of a row, and under those of its objects, with their paths."""
    for key, item in value.items():
        if not _CALLED.isdisjoint(re.findall(r"[a-z]+", key[:_SENTENCE].lower())):
            continue
        for path, inner in ((key, item), *((f"{key}.{name}", each) for name, each in _items(item))):
            found = _listed(inner)
            if found and all(isinstance(each, dict) for each in found[:ITEMS]) and not all(map(_is_link, found)):
                yield path, found


def _listed(value: object) -> list[Any]:
    """Return a list, or the values of an object by their numbers, alike if these have letters; empty for anything else."""
    if isinstance(value, dict) and len(value) > 1 and (all(map(str.isdigit, value)) or _are_numbered(value)):
        return [*value.values()]
    return value if isinstance(value, list) else []


def _are_numbered(value: dict[str, Any]) -> bool:
    """Return whether all keys have a number, and all values are objects with the same keys, two or more."""
    kinds = {frozenset(each) if isinstance(each, dict) else frozenset() for each in value.values()}
    return len(kinds) == 1 and len(*kinds) > 1 and all(map(_NUMBERED.fullmatch, value))


def _is_link(item: dict[str, Any]) -> bool:
    """Return whether an object says where something is from, by a link and perhaps its name."""
    return not LINKS.isdisjoint(item) and len(item) <= _LINK_KEYS


def _items(item: object) -> Iterator[tuple[str, Any]]:
    yield from [*item.items()][:KEYS] if isinstance(item, dict) else ()


def _size(items: list[dict[str, Any]], least: int) -> int:
    return sum(_length(item[key], least) for item in items[:ITEMS] for key in [*item][:KEYS])


def _outside(value: Mapping[str, Any], least: int, depth: int) -> int:
    """Return the characters of the texts in a row and in its objects that are in no list."""
    items = [*value.values()][:ITEMS]
    own = sum(len(each) for each in items if isinstance(each, str) and len(each) >= least)
    objects = [each for each in items if isinstance(each, dict) and not _listed(each)] if depth else []
    return own + sum(_outside(each, least, depth - 1) for each in objects)


def _length(item: object, least: int) -> int:
    texts = item[:ITEMS] if isinstance(item, list) else [item]
    return sum(len(each) for each in texts if isinstance(each, str) and len(each) >= least)
