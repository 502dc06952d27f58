"""Several lists of texts in one JSON object, with the same keys in all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

import orjson

from datalint.sources.content import Content
from datalint.sources.readers.documents.list_spans import ListSpans
from datalint.sources.readers.documents.unnamed_elements import SPEAKERS
from datalint.support.distinct import evenly_spaced
from datalint.support.word_scripts import has_words

#: The minimum number of lists, of rows in each of them, and of rows in all of them. Of many lists, such as the answers
#: to each question, one may have a single row.
_LEAST_LISTS: Final = 2
_MANY_LISTS: Final = 10
_LEAST_EACH: Final = 3
_LEAST_ROWS: Final = 20
#: Elements of each list that are parsed, and their size in bytes at most.
_SAMPLED: Final = 12
_LARGEST: Final = 1 << 16
#: Characters of a text, unless it is of several words, and the share of rows that have one.
_TEXT: Final = 20
_MOSTLY: Final = 0.5
#: Share of the rows of a list that may have no key of the others, as a title has.
_OTHERS: Final = 0.25


def are_alike(content: Content, lists: Sequence[ListSpans]) -> bool:
    """Return whether lists have objects with the same keys, at least two, most of them with a text.

    Some objects may lack a key or have another one, and a list may have a title. Objects with single words only are no
    rows: words with their tags, and the nodes of a graph.
    """
    if len(lists) < _LEAST_LISTS or sum(map(len, lists)) < _LEAST_ROWS:
        return False
    least = 1 if len(lists) >= _MANY_LISTS else _LEAST_EACH
    if any(rows.turns or not least <= rows.objects == len(rows) for rows in lists):
        return False
    return _are_texts([_sampled(content, rows) for rows in lists])


def are_alike_rows(lists: Sequence[Sequence[object]]) -> bool:
    """Return whether lists that are loaded have such objects, and none that are turns of a conversation."""
    if len(lists) < _LEAST_LISTS or sum(map(len, lists)) < _LEAST_ROWS or not all(lists):
        return False
    rows = [[each for each in some if isinstance(each, dict) and SPEAKERS.isdisjoint(each)] for some in lists]
    return [*map(len, rows)] == [*map(len, lists)] and _are_texts([some[:_SAMPLED] for some in rows])


def _are_texts(samples: Sequence[Sequence[dict[str, Any]]]) -> bool:
    """Return whether objects of several lists have the same keys, at least two, and most of them a text."""
    keys: frozenset[str] = frozenset()
    texts = size = 0
    for found in samples:
        own = _common_keys(found)
        if len(own) < 2 or (keys and own != keys):
            return False
        keys = own
        of_keys = [row for row in found if not keys.isdisjoint(row)]
        texts += sum(any(map(_is_text, row.values())) for row in of_keys)
        size += len(of_keys)
    return texts > _MOSTLY * size


def _is_text(value: object) -> bool:
    return isinstance(value, str) and (len(value) >= _TEXT or has_words(value, 2))


def _sampled(content: Content, rows: ListSpans) -> list[dict[str, Any]]:
    """Return some objects of a list, evenly spaced; none if one is no JSON, and an empty one for a large one."""
    found: list[dict[str, Any]] = []
    for place in evenly_spaced(len(rows), _SAMPLED):
        start, stop = int(rows.starts[place]), int(rows.stops[place])
        try:
            found.append(orjson.loads(content.read(start, stop)) if stop - start <= _LARGEST else {})
        except orjson.JSONDecodeError:
            return []
    return found


def _common_keys(rows: Sequence[dict[str, Any]]) -> frozenset[str]:
    """Return the keys that most objects of a list have; none if they differ, or too many objects have none of them."""
    if not rows:
        return frozenset()
    [(keys, count)] = Counter(map(frozenset, rows)).most_common(1)
    apart = sum(keys.isdisjoint(row) for row in rows)
    return keys if count > _MOSTLY * len(rows) and apart <= _OTHERS * len(rows) else frozenset()
