"""The keys of one JSON object and the places of their values, found without parsing the values."""

from __future__ import annotations

import re
from typing import Any, Final

import orjson

from datalint.sources.base import Places
from datalint.sources.content import Content
from datalint.sources.json_layout import Elements, elements
from datalint.sources.json_truth.truth import parse_exactly
from datalint.sources.limits import MOST_ROW, over_limit
from datalint.sources.opening import Opening, first_text
from datalint.support.named_tuple import NamedTuple

#: The maximum number of keys, and of keys whose values are of several kinds.
_MOST_KEYS: Final = 1_000_000
_MOST_MIXED: Final = 1_000
#: The maximum number of bytes of a key and the beginning of its value, of which most are found in the first ones.
_HEADS: Final = (1 << 10, 1 << 13)
_KEY: Final = re.compile(rb'[ \t\r\n]*"((?:[^"\\]|\\.)*)"[ \t\r\n]*:[ \t\r\n]*(.)', re.DOTALL)


class ObjectPairs(NamedTuple):
    """The values ``content[starts[i]:stops[i]]`` by their keys, and the first byte of each.

    ``closed`` is true if the object ends, and nothing but white space follows.
    """

    keys: list[str]
    openers: list[bytes]
    starts: Places
    stops: Places
    closed: bool


def object_pairs(opening: Opening) -> ObjectPairs | None:
    """Return the pairs of the object with which a text begins.

    None if there are none or too many, a key is too long or not JSON, or there are many with values of several kinds.
    """
    content = opening.content
    found = elements(content.blocks(opening.start), 1)
    closed = found.closer == ord("}") and first_text(content, opening.start + found.end) < 0
    return _pairs(content, found, opening.start, closed=closed)


def inner_pairs(opening: Opening, pairs: ObjectPairs, place: int) -> ObjectPairs | None:
    """Return the pairs of the object that is the value of a pair, by its place; None as for the whole of a text."""
    start, stop = int(pairs.starts[place]), int(pairs.stops[place])
    if pairs.openers[place] != b"{" or stop - start > MOST_ROW:
        return None
    found = elements([opening.content.read(start, stop)], 1)
    return _pairs(opening.content, found, start, closed=found.closer == ord("}"))


def _pairs(content: Content, found: Elements, begin: int, *, closed: bool) -> ObjectPairs | None:
    """Return the pairs whose elements were found in a text from ``begin`` on."""
    if not 0 < len(found.starts) <= _MOST_KEYS:
        return None
    starts = found.starts + begin
    keys: list[str] = []
    openers: list[bytes] = []
    for index, start in enumerate(starts.tolist()):
        heads = (_KEY.match(content.read(start, min(start + size, content.size))) for size in _HEADS)
        head = next(filter(None, heads), None)
        if head is None or (key := string_value(head[1])) is None:
            return None
        if len(starts) > _MOST_MIXED and _kind(head[2]) != _kind((openers or [head[2]])[0]):
            return None
        keys.append(key)
        openers.append(head[2])
        starts[index] = start + head.start(2)
    return ObjectPairs(keys, openers, starts, found.stops + begin, closed)


def _kind(opener: bytes) -> bytes:
    """Return the first byte of a value, the same for all numbers."""
    return b"0" if opener in b"-0123456789" else opener


def parsed_whole(opening: Opening, *, meant: bool = False) -> tuple[bytes, Any] | None:
    """Return the bytes of a text from its start, and the value that they are; None if it is too large or not JSON.

    With ``meant``, a text that can mean only one value counts as JSON, such as one with a comma before a bracket.
    """
    content = opening.content
    if content.size - opening.start > MOST_ROW:
        return None
    data = content.read(opening.start, content.size)
    if over_limit(data) is not None:
        return None
    try:
        return data, orjson.loads(data)
    except orjson.JSONDecodeError:
        return (data, parse_exactly(data).value) if meant else None


def string_value(inside: bytes) -> str | None:
    """Return the value of a JSON string from its content between the quotes, None if it is invalid."""
    try:
        return str(orjson.loads(b'"%b"' % inside))
    except orjson.JSONDecodeError:
        return None
