"""Examples in lists of groups, which may be in groups themselves: categories with topics, chapters with exercises."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import orjson

from datalint.sources.base import Places
from datalint.sources.content import Content
from datalint.sources.json_layout import WHITE, elements
from datalint.sources.limits import MOST_ROW, over_limit
from datalint.sources.readers.documents.examples import EXAMPLES
from datalint.sources.readers.documents.listed_rows import InLists
from datalint.sources.readers.documents.parallel_lists import are_alike_rows
from datalint.sources.readers.documents.unnamed_elements import SPEAKERS
from datalint.support.named_tuple import NamedTuple

#: Lists of rows, and rows in all lists of groups that are in no others, at least, and levels of groups at most.
_LEAST_LISTS: Final = 2
_LEAST_ROWS: Final = 10
_MOST_LEVELS: Final = 12
#: Levels of the elements in a list of a single group, names of such a list, and names of a list of turns: where groups
#: are in others, only these are no rows.
_ONE_GROUP: Final = 2
_LISTS: Final = frozenset(
    """examples samples items pairs records rows entries exercises cases test_cases instances faqs faq prompts
    training_examples training_data data""".split()
)
_TURNS: Final = frozenset(
    """turns turn dialogue dialogues dialog dialogs conversation conversations history rounds exchanges utterances
    messages chat thread steps trajectory""".split()
)
#: Keys of an object that is a row itself, or has the passage that its questions are about.
_OF_A_ROW: Final = frozenset(
    """messages instruction prompt question query input text chosen rejected output response answer completion context
    contexts passage passages paragraph document story content transcript dialogue dialog definition code""".split()
)
#: Keys of the name of a group, in the order in which they are looked for, and characters of a name and of what is said
#: of a group.
_NAMES: Final = ("name", "title", "category", "topic", "label", "group", "section", "chapter", "subject", "level", "id")
_LONGEST: Final = 100
_TEXT: Final = 300
#: Keys of a conversation, and the key and the separator of the names of the groups of a row.
_CHATS: Final = ("messages", "conversations")
_KEY: Final = "category"
_BETWEEN: Final = " / "


class Grouped(NamedTuple):
    """Where the rows of groups are, how they get the names of their groups, and what the file's problem says."""

    starts: Places
    stops: Places
    rows: InLists
    message: str


class _List(NamedTuple):
    """A list of rows: how deep it is, how many it has, the names of its groups, and rows that are no plain examples."""

    level: int
    size: int
    names: tuple[str, ...]
    unsure: list[Any]


class _NoGroupError(Exception):
    """A value is no group."""


def grouped_examples(content: Content, starts: Places, stops: Places) -> Grouped | None:
    """Return the examples in groups, which are ``content[starts[i]:stops[i]]``; None for other rows.

    All examples are equally deep, and each has a prompt and its response, or is a conversation; under a usual name of
    lists, all may have texts under the same keys of any names. A group has one list of examples or of groups next to
    its name and what else is said of it, or lists and groups by their names alone.
    """
    begins: list[int] = []
    names: list[bytes] = []
    found: list[tuple[Places, Places]] = []
    unsure: list[list[Any]] = []
    levels: set[int] = set()
    for start, stop in zip(starts.tolist(), stops.tolist(), strict=True):
        data = content.read(start, stop) if stop - start <= MOST_ROW else b""
        lists = _lists_of(data)
        levels |= {each.level for each in lists}
        unsure += [each.unsure for each in lists if each.unsure]
        if not lists or len(levels) > 1:
            return None
        own = _objects(data, lists[0].level)
        sizes = [each.size for each in lists]
        if len(own[0]) != sum(sizes):
            return None
        firsts = np.cumsum([0, *sizes[:-1]])
        begins += (own[0][firsts] + start).tolist()
        names += [orjson.dumps(_BETWEEN.join(each.names)) for each in lists]
        found.append((own[0] + start, own[1] + start))
    size = sum(len(each) for each, _ in found)
    if len(begins) < _LEAST_LISTS or (size < _LEAST_ROWS and max(levels) <= _ONE_GROUP):
        return None
    if unsure and (len(unsure) < len(begins) or not are_alike_rows(unsure)):
        return None
    named = not unsure and all(len(each) > 2 for each in names)  # next to keys of any names, they might be learned
    way = InLists(np.array(begins, np.int64), tuple(names), _KEY if named else "")
    said = f"{size:,} examples in {len(begins):,} lists of groups; each is read as a row"
    said += f", with the names of its groups as {_KEY}" if named else ""
    return Grouped(np.concatenate([a for a, _ in found]), np.concatenate([b for _, b in found]), way, said)


def _lists_of(data: bytes) -> list[_List]:
    """Return the lists of examples in a group, in their order; none if it is no group."""
    if over_limit(data) is not None:
        return []
    try:
        value = orjson.loads(data)
        return [*_walk(value, 1, (), "")] if isinstance(value, dict) else []
    except (orjson.JSONDecodeError, _NoGroupError):
        return []


def _objects(data: bytes, level: int) -> tuple[Places, Places]:
    """Return where the elements of lists at a level that are objects begin and end."""
    found = elements([data], level)
    spans = zip(found.starts.tolist(), found.stops.tolist(), strict=True)
    kept = np.array([data[start:stop].lstrip(WHITE)[:1] == b"{" for start, stop in spans], bool)
    return found.starts[kept], found.stops[kept]


def _walk(value: Any, level: int, names: tuple[str, ...], key: str) -> Iterator[_List]:
    """Yield the lists of examples in a group or a list of groups, which is under ``key``."""
    if level > _MOST_LEVELS:
        raise _NoGroupError
    if isinstance(value, dict):
        yield from _of_group(value, level, names)
    elif all(map(_is_example, value)):
        if not _are_rows(key.lower(), level) and not all(map(_is_chat, value)):
            raise _NoGroupError
        yield _List(level, len(value), names, [])
    elif key.lower() in _LISTS and not any(map(_may_have_examples, value)):
        yield _List(level, len(value), names, value)
    else:
        for each in value:
            if not isinstance(each, dict):
                raise _NoGroupError
            yield from _of_group(each, level + 1, names)


def _are_rows(key: str, level: int) -> bool:
    """Whether a list of examples under a key, in lower case, is no part of one row, such as a conversation."""
    return key in _LISTS or (level > _ONE_GROUP and key not in _TURNS)


def _of_group(group: dict[str, Any], level: int, names: tuple[str, ...]) -> Iterator[_List]:
    inner = {key: value for key, value in group.items() if _may_have_examples(value)}
    texts = [value for key, value in group.items() if key not in inner and isinstance(value, str)]
    if not inner or not _OF_A_ROW.isdisjoint(map(str.lower, group)) or any(len(each) > _TEXT for each in texts):
        raise _NoGroupError
    alone = len(inner) == 1
    if not alone and len(inner) < len(group):
        raise _NoGroupError  # one of several lists next to a name may say which examples are wrong
    name = next((said for each in _NAMES if (said := _name(group.get(each)))), "")
    for key, value in inner.items():
        own = name if alone else key[:_LONGEST]
        yield from _walk(value, level + 1, (*names, own) if own else names, key)


def _may_have_examples(value: object) -> bool:
    """Whether a value is a list of objects, or an object with one."""
    if isinstance(value, dict):
        return any(map(_may_have_examples, value.values()))
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _name(value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if 0 <= value < 10**9 else ""
    return value if isinstance(value, str) and len(value) <= _LONGEST else ""


def _is_example(value: object) -> bool:
    """Whether a value is an object with a prompt and its response, or with a conversation."""
    if not isinstance(value, dict) or not SPEAKERS.isdisjoint(value):
        return False
    return any(pair <= value.keys() for pair in EXAMPLES) or _is_chat(value)


def _is_chat(value: Any) -> bool:
    turns = next((value[key] for key in _CHATS if key in value), None)
    return isinstance(turns, list) and bool(turns) and all(_is_turn(each) for each in turns)


def _is_turn(value: object) -> bool:
    return isinstance(value, dict) and not SPEAKERS.isdisjoint(value)
