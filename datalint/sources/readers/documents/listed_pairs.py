"""One JSON object with a single list of texts and their labels, next to values that describe it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

import orjson

from datalint.sources.content import Content
from datalint.sources.readers.documents.list_spans import ListSpans
from datalint.sources.readers.documents.texts_by_name import is_phrase
from datalint.sources.readers.documents.unread_values import describes
from datalint.support.names.speakers import speaker_role

#: Pairs at least, those that are looked at, and bytes of these.
_LEAST: Final = 10
_SAMPLED: Final = 50
_MOST_BYTES: Final = 1 << 20
#: The share of texts that are more than names.
_MOSTLY: Final = 0.7


def list_of_pairs(content: Content, lists: Mapping[str, ListSpans], keys: Collection[str]) -> str | None:
    """Return the key of the only list of an object if it has texts with their labels; None if anything else is there.

    The text is first in each pair, and labels repeat. All other ``keys`` describe the dataset.
    """
    named = [key for key in keys if not describes(key)]
    if len(named) != 1 or named[0] not in lists:
        return None
    rows = lists[named[0]]
    if len(rows) < _LEAST or set(rows.openers) != {ord("[")}:
        return None
    values: list[Any] = []
    size = 0
    for start, stop in zip(rows.starts[:_SAMPLED].tolist(), rows.stops[:_SAMPLED].tolist(), strict=True):
        size += stop - start
        if size > _MOST_BYTES:
            break
        try:
            values.append(orjson.loads(content.read(start, stop)))
        except orjson.JSONDecodeError:
            continue  # which is refused later
    return named[0] if _are_labelled(values) else None


def _are_labelled(values: Sequence[Any]) -> bool:
    """Return whether all values are pairs of a text and a label that several of them have, and no turns of speakers."""
    pairs = [each for each in values if _is_pair(each)]
    if len(pairs) < max(_LEAST, len(values)):
        return False
    texts, labels = [text for text, _ in pairs], [label for _, label in pairs]
    if all(map(speaker_role, set(labels))):
        return False
    long = sum(map(is_phrase, texts))
    return long >= _MOSTLY * len(texts) and 2 * len(set(labels)) <= len(labels) and 2 * len(set(texts)) > len(texts)


def _is_pair(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and isinstance(value[0], str) and isinstance(value[1], str)
