"""A chat that Telegram exported: one JSON object, whose messages are the rows."""

from __future__ import annotations

from typing import Final

import orjson

from datalint.sources.opening import Opening
from datalint.sources.readers.documents.layout import one_object
from datalint.sources.readers.documents.list_spans import lists_in
from datalint.sources.readers.documents.object_pairs import ObjectPairs
from datalint.sources.readers.documents.reader import Document

#: The keys of a chat, in their order, and Telegram's values of the second.
_KEYS: Final = ["name", "type", "id", "messages"]
_TYPES: Final = frozenset(
    """saved_messages personal_chat bot_chat replies private_group private_supergroup public_supergroup private_channel
    public_channel""".split()
)
_LONGEST: Final = 40


def messages_of_chat(opening: Opening, pairs: ObjectPairs) -> Document | None:
    """Return the messages of a chat as rows, since the whole is no conversation; None for any other object."""
    if pairs.keys != _KEYS or not pairs.closed or pairs.openers[-1] != b"[":
        return None
    start, stop = int(pairs.starts[1]), int(pairs.stops[1])
    if stop - start > _LONGEST or _text(opening.content.read(start, stop)) not in _TYPES:
        return None
    lists = lists_in(opening, pairs)
    if not lists or not (rows := lists["messages"]).objects:
        return None
    message = 'one JSON object with a chat of Telegram; the elements of "messages" are read as rows'
    problem = one_object(opening, message)
    return Document.of(opening, rows.starts, rows.stops, [*opening.problems, problem], "json-object")


def _text(data: bytes) -> object:
    try:
        found = orjson.loads(data)
    except orjson.JSONDecodeError:
        return None
    return found if isinstance(found, str) else None
