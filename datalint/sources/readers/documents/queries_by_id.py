"""One JSON object with queries, a corpus, and which documents are relevant to each query, as LlamaIndex writes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import orjson

from datalint.sources.json_layout import WHITE
from datalint.sources.limits import MOST_ROW, over_limit
from datalint.sources.opening import Opening
from datalint.sources.readers.documents.intents import Intents
from datalint.sources.readers.documents.layout import one_object
from datalint.sources.readers.documents.object_pairs import ObjectPairs, inner_pairs
from datalint.sources.readers.documents.reader import Document
from datalint.sources.readers.documents.unread_values import said_of, unread_values_of

#: The keys of ``EmbeddingQAFinetuneDataset``, and of the arguments of ``InformationRetrievalEvaluator``.
_KEYS: Final = ("queries", "corpus", "relevant_docs")
#: Bytes of all rows together: a document is a part of the row of each query that it is relevant to.
_MOST: Final = 1 << 26


def queries_by_id(opening: Opening, pairs: ObjectPairs) -> Document | None:
    """Return each query as a row with the documents that are relevant to it; None for any other object.

    A query that names no document of the corpus has none. At least half of them must name one.
    """
    places = [pairs.keys.index(key) for key in _KEYS if pairs.keys.count(key) == 1]
    if not pairs.closed or len(places) != len(_KEYS):
        return None
    queries, corpus = _texts(opening, pairs, places[0]), _texts(opening, pairs, places[1])
    relevant = _relevant(opening, pairs, places[2])
    if queries is None or corpus is None or relevant is None:
        return None
    content = opening.content
    spans = zip(corpus.keys, corpus.starts.tolist(), corpus.stops.tolist(), strict=True)
    passages = {key: content.read(start, stop).strip(WHITE) for key, start, stop in spans}
    tails = _tails(queries.keys, passages, relevant)
    if tails is None:
        return None
    lacking = tails.count(_tail([]))
    if 2 * lacking > len(tails):
        return None
    unread = unread_values_of(content, pairs, _KEYS)
    message = f"one JSON object with {len(tails):,} queries and {len(passages):,} documents by their ids"
    message += "; each query is a row, with the documents that are relevant to it"
    message += f" ({lacking:,} {'have' if lacking > 1 else 'has'} none in the corpus)" if lacking else ""
    problems = [*opening.problems, one_object(opening, message + said_of(unread), is_read=not unread)]
    rows = Intents(queries.starts, (b'{"query":',) * len(tails), tails)
    document = Document.of(opening, queries.starts, queries.stops, problems, "json-object", nameless=rows)
    return replace(document, unread_values=unread)


def _texts(opening: Opening, pairs: ObjectPairs, place: int) -> ObjectPairs | None:
    """Return the pairs of an object that has nothing but texts, each by its own id; None for any other value."""
    found = inner_pairs(opening, pairs, place)
    if found is None or not found.closed or set(found.openers) != {b'"'} or len(set(found.keys)) < len(found.keys):
        return None
    return found


def _relevant(opening: Opening, pairs: ObjectPairs, place: int) -> Mapping[str, Any] | None:
    """Return the value of a pair if it is an object of lists; None for any other value."""
    start, stop = int(pairs.starts[place]), int(pairs.stops[place])
    data = opening.content.read(start, stop) if stop - start <= MOST_ROW else b""
    if over_limit(data) is not None:
        return None
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError:
        return None
    return value if isinstance(value, dict) and all(isinstance(each, list) for each in value.values()) else None


def _tails(
    queries: list[str], passages: Mapping[str, bytes], relevant: Mapping[str, list[Any]]
) -> tuple[bytes, ...] | None:
    """Return the rest of the row after each query; None if all rests together are too large."""
    tails: list[bytes] = []
    size = 0
    for key in queries:
        ids = dict.fromkeys(str(each) for each in relevant.get(key, ()) if isinstance(each, str | int))
        found = [passages[each] for each in ids if each in passages]
        size += sum(map(len, found))
        if size > _MOST:
            return None
        tails.append(_tail(found))
    return tuple(tails)


def _tail(passages: list[bytes]) -> bytes:
    return b',"relevant_passages":[%b]}' % b",".join(passages)
