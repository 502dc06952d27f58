"""Several lists of texts in one JSON object, with the same keys in all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import orjson

from datalint.sources.content import Content
from datalint.sources.readers.list_spans import ListSpans

#: The minimum number of lists, of rows in each of them, and of rows in all of them.
_LEAST_LISTS: Final = 2
_LEAST_EACH: Final = 3
_LEAST_ROWS: Final = 20
#: Elements of each list that are parsed, and their size in bytes at most.
_SAMPLED: Final = 3
_LARGEST: Final = 1 << 16
#: Characters of a text, and the share of rows that have one.
_TEXT: Final = 20
_MOSTLY: Final = 0.5


def are_alike(content: Content, lists: Sequence[ListSpans]) -> bool:
    """Return whether lists have objects with the same keys, at least two, most of them with a text.

    Objects with short values only are no rows: words with their tags, and the nodes of a graph.
    """
    if len(lists) < _LEAST_LISTS or sum(map(len, lists)) < _LEAST_ROWS:
        return False
    if any(rows.turns or not _LEAST_EACH <= rows.objects == len(rows) for rows in lists):
        return False
    found: list[dict[str, Any]] = []
    for rows in lists:
        for start, stop in zip(rows.starts[:_SAMPLED].tolist(), rows.stops[:_SAMPLED].tolist(), strict=True):
            try:
                found.append(orjson.loads(content.read(start, stop)) if stop - start <= _LARGEST else {})
            except orjson.JSONDecodeError:
                return False
    if len(found[0]) < 2 or any(row.keys() != found[0].keys() for row in found):
        return False
    texts = sum(any(isinstance(item, str) and len(item) >= _TEXT for item in row.values()) for row in found)
    return texts > _MOSTLY * len(found)
