"""The lists of a JSON object: where their elements are, without parsing more than the first one."""

from __future__ import annotations

import numpy as np
import orjson

from datalint.sources.base import CHUNK_BYTES, Places
from datalint.sources.content import Content
from datalint.sources.json_layout import WHITE, elements
from datalint.sources.limits import MOST_ROW, over_limit
from datalint.sources.opening import Opening, first_text
from datalint.sources.readers.documents.object_pairs import ObjectPairs
from datalint.sources.readers.documents.unnamed_elements import SPEAKERS
from datalint.sources.readers.json_lines.joined_values import apart
from datalint.support.named_tuple import NamedTuple


class ListSpans(NamedTuple):
    """A list: the places of its elements in the text, what the first bytes of these are, and whether it is a chat.

    ``comma`` is the place of a comma before its closing bracket, which JSON does not allow; -1 for none.
    """

    starts: Places
    stops: Places
    openers: bytes
    turns: bool
    comma: int = -1

    def __len__(self) -> int:
        return len(self.openers)

    @property
    def objects(self) -> int:
        return self.openers.count(b"{")


def lists_in(opening: Opening, pairs: ObjectPairs) -> dict[str, ListSpans] | None:
    """Return the lists of an object by their keys; None if the object is not JSON outside the elements of its lists."""
    content = opening.content
    found = elements(content.blocks(opening.start), 2)
    starts, stops = apart(content, found, opening.start)
    lists: dict[str, ListSpans] = {}
    spans = zip(pairs.keys, pairs.openers, pairs.starts.tolist(), pairs.stops.tolist(), strict=True)
    for key, opener, start, stop in spans:
        if opener != b"[":
            if not _is_json(content.read(start, min(stop, start + MOST_ROW + 1))):
                return None
            continue
        first, after = np.searchsorted(starts, (start, stop)).tolist()
        within = starts[first:after], stops[first:after]
        if not _is_list(content, start, stop, *within):
            return None
        openers = _openers(content, *within)
        # Nothing after the last comma is no element.
        comma = int(within[1][-2]) if len(openers) > 1 and openers.endswith(b" ") else -1
        if openers.endswith(b" "):
            within, openers = (within[0][:-1], within[1][:-1]), openers[:-1]
        if b" " in openers:
            return None
        lists[key] = ListSpans(*within, openers, _are_turns(content, *within, openers), comma)
    return lists


def _is_json(data: bytes) -> bool:
    if over_limit(data) is not None:
        return False
    try:
        orjson.loads(data)
    except orjson.JSONDecodeError:
        return False
    return True


def _is_list(content: Content, start: int, stop: int, starts: Places, stops: Places) -> bool:
    """Return whether a value that begins with a bracket is one list, with these elements, and nothing follows it."""
    if not len(starts) or int(starts[0]) != start + 1 or bool((starts[1:] - stops[:-1] > 1).any()):
        return False
    end = int(stops[-1])
    following = first_text(content, end + 1)
    return content.read(end, end + 1) == b"]" and (following >= stop or following < 0)


def _openers(content: Content, starts: Places, stops: Places) -> bytes:
    """Return the first byte of each element that is not white space, a space for a blank element."""
    found = bytearray()
    first = 0
    while first < len(starts):
        begin = int(starts[first])
        after = max(int(np.searchsorted(stops, begin + CHUNK_BYTES, side="right")), first + 1)
        data = content.read(begin, min(int(stops[after - 1]), begin + CHUNK_BYTES))
        spans = zip((starts[first:after] - begin).tolist(), (stops[first:after] - begin).tolist(), strict=True)
        for start, stop in spans:
            found += data[start : min(stop, start + 64)].lstrip(WHITE)[:1] or _opener(
                content, begin + start, begin + stop
            )
        first = after
    return bytes(found)


def _opener(content: Content, start: int, stop: int) -> bytes:
    position = first_text(content, start)
    return content.read(position, position + 1) if 0 <= position < stop else b" "


def _are_turns(content: Content, starts: Places, stops: Places, openers: bytes) -> bool:
    """Return whether a list is one of messages, by its first element."""
    if not openers.startswith(b"{") or int(stops[0] - starts[0]) > MOST_ROW:
        return False
    data = content.read(int(starts[0]), int(stops[0]))
    try:
        first = orjson.loads(data) if over_limit(data) is None else {}
    except orjson.JSONDecodeError:
        return False
    return not SPEAKERS.isdisjoint(first)
