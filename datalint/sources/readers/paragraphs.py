"""Rows within rows: the paragraphs of SQuAD's articles, each of which is a passage with its questions."""

from __future__ import annotations

import re
from typing import Final

import numpy as np
import orjson

from datalint.sources.base import Places
from datalint.sources.content import Content
from datalint.sources.json_layout import elements
from datalint.sources.limits import MOST_ROW

#: What a file's problem says of it.
PARAGRAPHS: Final = "articles with paragraphs, as SQuAD has them; each paragraph with its questions is read as a row"
_KEY: Final = re.compile(rb'\s{0,99}"paragraphs"\s{0,99}:\s{0,99}(?=\[)')
#: Keys of an article, and of the questions of a paragraph.
_MOST_KEYS: Final = 20
_QUESTIONS: Final = ("qas", "questions")


def paragraphs(content: Content, starts: Places, stops: Places) -> tuple[Places, Places] | None:
    """Return where the paragraphs of articles begin and end; None for other rows.

    The articles are ``content[starts[i]:stops[i]]``.
    """
    spans = list(zip(starts.tolist(), stops.tolist(), strict=True))
    if not spans or not _is_article(content, *spans[0]):
        return None
    found: list[tuple[Places, Places]] = []
    for start, stop in spans:
        article = content.read(start, stop) if stop - start <= MOST_ROW else b""
        pairs = elements([article], 1).starts.tolist()
        places = [head.end() for place in pairs[:_MOST_KEYS] if (head := _KEY.match(article, place)) is not None]
        if len(places) != 1:
            return None
        inner = elements([article[places[0] :]], 1)
        if inner.end < 0:
            return None
        filled = [
            bool(article[places[0] + a : places[0] + b].strip()) for a, b in zip(inner.starts, inner.stops, strict=True)
        ]
        found.append((inner.starts[filled] + start + places[0], inner.stops[filled] + start + places[0]))
    return np.concatenate([begins for begins, _ in found]), np.concatenate([end for _, end in found])


def _is_article(content: Content, start: int, stop: int) -> bool:
    if stop - start > MOST_ROW:
        return False
    try:
        value = orjson.loads(content.read(start, stop))
    except orjson.JSONDecodeError:
        return False
    inner = value.get("paragraphs") if isinstance(value, dict) and len(value) <= _MOST_KEYS else None
    first = inner[0] if isinstance(inner, list) and inner else None
    return isinstance(first, dict) and any(isinstance(first.get(key), list) for key in _QUESTIONS)
