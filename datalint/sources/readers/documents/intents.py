"""Rows inside intents of a chatbot: each text of a user becomes a row with the name and the answers of its intent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import numpy as np
import orjson

from datalint.sources.base import Places
from datalint.sources.content import Content
from datalint.sources.json_layout import elements
from datalint.sources.limits import MOST_ROW, over_limit
from datalint.sources.readers.documents.object_pairs import string_value
from datalint.sources.readers.texts.entity_marks import may_have_marks, without_marks
from datalint.support.names.intent_keys import ENTITIES, FOREIGN, SAID, are_texts, names_of

#: The message of the file's problem, and what is added to it where texts have entities.
_MESSAGE: Final = "each text of an intent is a row of its own, with the name and answers"
_MARKS: Final = f'; the marks of entities in texts are read as "{ENTITIES}"'
#: Bytes of all rows together; intents with more texts and longer answers are each one row.
_MOST: Final = 1 << 26
#: Intents for each element of another layout that is before or among them, at least.
_OTHERS: Final = 3
#: Keys of an intent in Rasa's format, whose texts have marks of entities.
_RASA: Final = ("intent", "examples")
_KEY: Final = re.compile(rb'\s{0,99}"((?:[^"\\]|\\.){1,99})"\s{0,99}:\s{0,99}(?=\[)')


@dataclass(frozen=True, slots=True)
class Intents:
    """A layout of the texts of intents as rows.

    A text that begins at or after ``begins[i]`` is written between ``heads[i]`` and ``tails[i]``, the rest of its
    intent. If ``marked`` is true, texts have marks of entities, which are a list of the row instead.
    """

    begins: Places
    heads: tuple[bytes, ...]
    tails: tuple[bytes, ...]
    marked: bool = False

    @property
    def message(self) -> str:
        """The message of the file's problem."""
        return _MESSAGE + _MARKS if self.marked else _MESSAGE

    def row(self, element: bytes, place: int) -> bytes:
        """Return the intent with the text ``element`` alone, which begins at ``place`` of the content."""
        index = int(np.searchsorted(self.begins, place, side="right")) - 1
        tail = self.tails[index]
        if self.marked and may_have_marks(element):
            element, tail = _with_entities(element, tail)
        return self.heads[index] + element + tail

    def within(self, start: int, stop: int) -> Intents:
        """Return the same for elements that begin from ``start`` to before ``stop``."""
        first = max(int(np.searchsorted(self.begins, start, side="right")) - 1, 0)
        after = int(np.searchsorted(self.begins, stop))
        return Intents(self.begins[first:after], self.heads[first:after], self.tails[first:after], self.marked)


def intents(content: Content, starts: Places, stops: Places) -> tuple[Places, Places, Intents] | None:
    """Return the places of the texts of intents, and their layout; None for other rows.

    The intents are ``content[starts[i]:stops[i]]``. One without texts remains a row, and so do a few elements of
    another layout among them.
    """
    begins: list[Places] = []
    ends: list[Places] = []
    heads: list[bytes] = []
    tails: list[bytes] = []
    size = others = 0
    marked = False
    for start, stop in zip(starts.tolist(), stops.tolist(), strict=True):
        data = content.read(start, stop) if stop - start <= MOST_ROW else b""
        place = _list_of(data)
        found = np.zeros(1, np.int64), np.array([stop - start], np.int64)
        if place is not None:
            inner = elements([data[place:]], 1)
            if len(inner.starts) > 1 or data[place + 1 : place + inner.end - 1].strip():
                found = inner.starts + place, inner.stops + place
        elif (others := others + 1) * _OTHERS > len(heads):
            return None
        first, last = int(found[0][0]), int(found[1][-1])
        heads.append(data[:first])
        tails.append(data[last:])
        begins.append(found[0] + start)
        ends.append(found[1] + start)
        marked |= place is not None and _has_marks(data)
        # Each row has the rest of its intent, and one of the texts.
        size += (len(data) - (last - first)) * len(found[0]) + last - first
        if size > _MOST:
            return None
    if not begins or all(len(each) == 1 for each in begins):
        return None
    return (
        np.concatenate(begins),
        np.concatenate(ends),
        Intents(np.array([each[0] for each in begins], np.int64), tuple(heads), tuple(tails), marked),
    )


def _has_marks(data: bytes) -> bool:
    """Whether an intent is one of Rasa's with marks of entities in its texts, and has no other entities."""
    if not may_have_marks(data):
        return False
    value = orjson.loads(data)
    if not all(key in value for key in _RASA) or ENTITIES in value:
        return False
    return any(without_marks(text)[1] for text in value[_RASA[1]] if isinstance(text, str))


def _with_entities(element: bytes, tail: bytes) -> tuple[bytes, bytes]:
    """Return a text without its marks, and the rest of its intent with their entities; the same for no text."""
    text = orjson.loads(element)
    bare, entities = without_marks(text) if isinstance(text, str) else ("", [])
    if not entities:
        return element, tail
    closed = tail.rstrip().removesuffix(b"}")
    return orjson.dumps(bare), b'%b,"%b":%b}' % (closed, ENTITIES.encode(), orjson.dumps(entities))


def _list_of(data: bytes) -> int | None:
    """Return where the list of texts begins in an intent; None for any other row."""
    if over_limit(data) is not None:
        return None
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError:
        return None
    if not isinstance(value, dict) or not value.keys().isdisjoint(FOREIGN):
        return None
    said = [key for key in SAID if key in value and (key != "text" or isinstance(value[key], list))]
    if len(said) != 1 or not are_texts(value[said[0]]):
        return None
    if not any(isinstance(value.get(key), str) for key in names_of(said[0], value)):
        return None
    pairs = elements([data], 1).starts.tolist()
    heads = [head for place in pairs if (head := _KEY.match(data, place)) is not None]
    places = [head.end() for head in heads if string_value(head[1]) == said[0]]
    return places[0] if len(places) == 1 else None
