"""Objects in a list, or in another object, that are alike as rows are, and examples by their keys."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Final

import orjson

from datalint.sources.base import Places
from datalint.sources.content import Content
from datalint.sources.limits import MOST_ROW
from datalint.sources.readers.documents.list_spans import ListSpans

#: Keys of which an example has both.
EXAMPLES: Final = (
    *({"input", "output"}, {"instruction", "output"}, {"prompt", "completion"}, {"prompt", "response"}),
    *({"q", "a"}, {"Q", "A"}, {"prompt", "answer"}, {"question", "response"}, {"instruction", "response"}),
    *({"question", "answer"}, {"query", "response"}, {"query", "answer"}, {"input", "target"}),
    {"question", "correct_answer"},
)
#: Keys of a text, or of several, that questions in the same object are about.
_PASSAGES: Final = frozenset(
    """context contexts passage passages paragraph paragraphs article document documents story text content chunk
    transcript dialogue dialog""".split()
)
#: Share of the objects of a list that have the same keys, if a few lack one or have another one.
_SHARED: Final = 0.8
#: The number of objects examined.
_SAMPLED: Final = 20


def alike(content: Content, starts: Places, stops: Places, *, mostly: bool = False) -> bool:
    """Return whether the first elements are objects with the same keys, at least two, like rows.

    If ``mostly``, a few of them may lack a key, or have another one.
    """
    if not len(starts) or (stops - starts)[:_SAMPLED].max() > MOST_ROW:
        return False
    found: list[frozenset[str]] = []
    for start, stop in zip(starts[:_SAMPLED].tolist(), stops[:_SAMPLED].tolist(), strict=True):
        try:
            value = orjson.loads(content.read(start, stop))
        except orjson.JSONDecodeError:
            return False
        found.append(frozenset(value) if isinstance(value, dict) else frozenset())
    if not mostly or len(set(found)) == 1:
        return len(set(found)) == 1 and len(found[0]) > 1
    sizes = Counter(key for keys in found for key in keys)
    common = {key for key, size in sizes.items() if size >= _SHARED * len(found)}
    whole = sum(common <= keys for keys in found)
    near = all(len(common) <= 2 * len(common & keys) > len(keys) for keys in found)
    return len(common) > 1 and near and whole >= _SHARED * len(found)


def are_examples(content: Content, starts: Places, stops: Places) -> bool:
    """Return whether the first objects have the same keys, among them those of a prompt and its response."""
    if not alike(content, starts, stops):
        return False
    keys = orjson.loads(content.read(int(starts[0]), int(stops[0]))).keys()
    return any(pair <= keys for pair in EXAMPLES)


def examples_among(content: Content, lists: Mapping[str, ListSpans], keys: Collection[str]) -> str:
    """Return the key of the list of examples in an object whose other ``lists`` are shorter; empty for none.

    These say what came of the examples. An object among whose ``keys`` is that of a passage is one row.
    """
    if not _PASSAGES.isdisjoint(map(str.lower, keys)):
        return ""
    longest = max(lists, key=lambda key: len(lists[key]))
    rows = lists[longest]
    alone = all(len(lists[key]) < len(rows) for key in lists if key != longest)
    return longest if alone and are_examples(content, rows.starts, rows.stops) else ""
