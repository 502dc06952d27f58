"""Tagged sentences in one line each, with a class before each word: ``<DT The> <NN dock> <VBZ is> <JJ full>``.

An id may be before the sentence. The row is ``{"tokens": […], "tags": […]}``, with the ``id`` if there is one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from datalint.support.named_tuple import NamedTuple

#: The container of such lines.
BRACKETED_TAGS: Final = "bracketed-tags"
#: A word with its class, and what may be before the first one.
_WORD: Final = re.compile(r"<([A-Z][A-Z0-9$_*+-]{0,19}|[.,:$#()?!;\"'`-]{1,3}) ([^<>]{1,200})>")
_ID: Final = re.compile(r"([^\s<>]{1,80})[ \t]{1,9}")
#: Lines that are needed, the share of those that fit, words of one on average, and the numbers of different classes.
_LEAST: Final = 10
_NEARLY_ALL: Final = 0.95
_WORDS: Final = 3
_CLASSES: Final = range(4, 301)
#: Words for each class, on average, at least.
_REPEATED: Final = 4


class BracketedTags(NamedTuple):
    """Such lines; ``numbered`` says that an id is before each sentence."""

    numbered: bool = False
    container: str = BRACKETED_TAGS

    @property
    def description(self) -> str:
        """A description of a row."""
        return "a sentence in a line: each word after its class, <CLASS word>"

    def row(self, text: str) -> dict[str, Any]:
        """Return the row of a line."""
        parts = _WORD.findall(text)
        row: dict[str, Any] = {"tokens": [word.strip() for _, word in parts], "tags": [tag for tag, _ in parts]}
        found = _ID.match(text.strip()) if self.numbered else None
        return row if found is None else {"id": found[1]} | row

    def oddity(self, text: str) -> str:
        """Return that a part of a line has no class, and is not read; empty for any other."""
        return "" if _fits(text) else "a part without <CLASS word> is not read"


def notation_of(lines: Sequence[bytes]) -> BracketedTags | None:
    """Return the notation of a text that begins with ``lines``; None for other texts."""
    if len(lines) < _LEAST or not all(b"<" in line and b">" in line for line in lines[:2]):
        return None
    texts = [line.decode("utf-8", "replace").strip() for line in lines]
    if sum(map(_fits, texts)) < _NEARLY_ALL * len(texts):
        return None
    tags = [tag for text in texts for tag, _ in _WORD.findall(text)]
    classes = len({*tags})
    if len(tags) < _WORDS * len(texts) or classes not in _CLASSES or classes * _REPEATED > len(tags):
        return None
    return BracketedTags(numbered=sum(_ID.match(text) is not None for text in texts) >= _NEARLY_ALL * len(texts))


def _fits(text: str) -> bool:
    """Whether a line has words with their classes, and nothing but an id before them."""
    rest = _WORD.sub("", text).strip()
    return rest != text.strip() and len(rest.split()) <= 1
