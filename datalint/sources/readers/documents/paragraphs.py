"""Rows within rows: the paragraphs of SQuAD's articles, and the labelled texts of documents that have none themselves.

A paragraph is a passage with its questions, and a labelled text an object such as ``{"text": …, "label": …}``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import orjson

from datalint.privacy.display import excerpt
from datalint.sources.base import Places
from datalint.sources.content import Content
from datalint.sources.json_layout import elements
from datalint.sources.limits import MOST_ROW
from datalint.sources.readers.documents.unnamed_elements import SPEAKERS
from datalint.sources.readers.documents.wrapped_rows import wrapped_rows
from datalint.support.word_scripts import has_words

#: The message of the file's problem.
PARAGRAPHS: Final = "articles with paragraphs, as SQuAD has them; each paragraph with its questions is read as a row"
_PARAGRAPHS: Final = "paragraphs"
#: Keys of an article, and of the questions of a paragraph.
_MOST_KEYS: Final = 20
_QUESTIONS: Final = ("qas", "questions")
#: Keys of a text and of its label in an item, and words of a text on average, which no document has next to the list.
_TEXTS: Final = ("text", "sentence", "utterance")
_LABELS: Final = ("label", "labels", "category", "class", "intent", "emotion", "sentiment")
_WORDS: Final = 3
#: Documents that are looked at.
_SAMPLED: Final = 20


def paragraphs(content: Content, starts: Places, stops: Places) -> tuple[Places, Places, str] | None:
    """Return the places of rows inside documents, and the message of the file's problem; None for other rows.

    The documents are ``content[starts[i]:stops[i]]``.
    """
    if (wrapped := wrapped_rows(content, starts, stops)) is not None:
        return wrapped
    spans = list(zip(starts.tolist(), stops.tolist(), strict=True))
    documents = [_document(content, *span) for span in spans[:_SAMPLED]]
    key = _PARAGRAPHS if documents and _is_article(documents[0]) else _labelled(documents)
    if not key:
        return None
    head_of = re.compile(rb"\s{0,99}" + re.escape(orjson.dumps(key)) + rb"\s{0,99}:\s{0,99}(?=\[)")
    found: list[tuple[Places, Places]] = []
    for start, stop in spans:
        article = content.read(start, stop) if stop - start <= MOST_ROW else b""
        pairs = elements([article], 1).starts.tolist()
        places = [head.end() for place in pairs[:_MOST_KEYS] if (head := head_of.match(article, place)) is not None]
        if len(places) != 1:
            return None
        inner = elements([article[places[0] :]], 1)
        if inner.end < 0:
            return None
        filled = [
            bool(article[places[0] + a : places[0] + b].strip()) for a, b in zip(inner.starts, inner.stops, strict=True)
        ]
        found.append((inner.starts[filled] + start + places[0], inner.stops[filled] + start + places[0]))
    said = PARAGRAPHS if key == _PARAGRAPHS else f'each item of "{excerpt(key, 40)}" is read as a row, without the rest'
    return np.concatenate([begins for begins, _ in found]), np.concatenate([end for _, end in found]), said


def _document(content: Content, start: int, stop: int) -> Mapping[str, Any]:
    """Return an object with few keys; an empty one for other values."""
    if stop - start > MOST_ROW:
        return {}
    try:
        value = orjson.loads(content.read(start, stop))
    except orjson.JSONDecodeError:
        return {}
    return value if isinstance(value, dict) and len(value) <= _MOST_KEYS else {}


def _is_article(value: Mapping[str, Any]) -> bool:
    inner = value.get(_PARAGRAPHS)
    first = inner[0] if isinstance(inner, list) and inner else None
    return isinstance(first, dict) and any(isinstance(first.get(key), list) for key in _QUESTIONS)


def _labelled(documents: Sequence[Mapping[str, Any]]) -> str:
    """Return the only key of documents with lists, of texts with a label each; empty where there is none.

    All documents have a list under that key: an answer may be a list in one row and a number in the next one.
    """
    keys = {key for each in documents for key, value in each.items() if isinstance(value, list)}
    if len(keys) != 1 or not all(documents):
        return ""
    [key] = keys
    lists = [value for each in documents if isinstance(value := each.get(key), list)]
    if len(lists) < len(documents):
        return ""
    items = [item for each in lists for item in each]
    if (
        not items
        or not all(map(_is_labelled, items))
        or any(isinstance(v, dict) for d in documents for v in d.values())
    ):
        return ""
    texts = [next(item[name] for name in _TEXTS if name in item) for item in items]
    own = (value for each in documents for value in each.values() if isinstance(value, str))
    written = sum(has_words(text, _WORDS) for text in texts) * 2 > len(texts)
    return key if written and not any(has_words(value, _WORDS) for value in own) else ""


def _is_labelled(item: object) -> bool:
    """Whether an item is a text with its label, and no turn of a conversation or part of what is learned."""
    if not isinstance(item, dict) or not SPEAKERS.isdisjoint(item):
        return False
    texts, labels = ([item[key] for key in keys if key in item] for keys in (_TEXTS, _LABELS))
    return (
        len(texts) == len(labels) == 1
        and isinstance(texts[0], str)
        and isinstance(labels[0], str | int)
        and not isinstance(labels[0], bool)
    )
