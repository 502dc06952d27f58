"""Notes on plain texts that are one short document with headings or lists, or a list of words, not a text a line."""

from __future__ import annotations

import re
from typing import Final

from datalint.records.record import Problem
from datalint.support.word_scripts import has_words

#: Lines of a short document, at least and at most.
_LEAST: Final = 8
_MOST: Final = 200
#: A heading of Markdown, and an item of a list.
_HEADING: Final = re.compile(r"#{1,4} \S")
_ITEM: Final = re.compile(r"\s{0,20}(?:[-*•] |\d{1,2}[.)] )\S")
#: Headings of a document that has items too, and items of one, at least.
_HEADINGS: Final = 2
_ITEMS: Final = 3
_MANY: Final = 5
#: Share of the lines that are items, at least where there are no headings, and at most: a list may be of texts.
_PART: Final = 0.25
_ALL: Final = 0.9
#: Lines of a list of words, at least, the words that nearly all of them lack, and how many these are.
_WORD_LINES: Final = 100
_WORDS: Final = 3
_NEARLY_ALL: Final = 0.95


def note_on_document(head: bytes, *, cut: bool) -> Problem | None:
    """Return the note on the lines of a text that begins with ``head``; None for other texts."""
    lines = [] if cut else [line for line in head.decode("utf-8", "replace").split("\n") if line.strip()]
    if not _LEAST <= len(lines) <= _MOST:
        return None
    headings = sum(_HEADING.match(line) is not None for line in lines)
    items = sum(_ITEM.match(line) is not None for line in lines)
    listed = items >= max(_MANY, _PART * len(lines)) or (headings >= _HEADINGS and items >= _ITEMS)
    if not listed or headings + items > _ALL * len(lines):
        return None
    message = (
        "lines with headings or lists, each of which is read as a text: if they are one document, such as a prompt or "
        "a manual, write it as one text to JSON Lines"
    )
    return Problem("invalid-row", message, severity="info", is_note=True)


def note_on_words(head: bytes, *, cut: bool) -> Problem | None:
    """Return the note on lines of a word or two; None for other texts."""
    lines = head.decode("utf-8", "replace").split("\n")[: -1 if cut else None]
    texts = [text for line in lines if (text := line.strip())]
    if len(texts) < _WORD_LINES or sum(has_words(text, _WORDS) for text in texts) > (1 - _NEARLY_ALL) * len(texts):
        return None
    message = "each line is a word or two, and is read as a text: leave the file out if it is a list of words"
    return Problem("invalid-row", message, severity="info", is_note=True)
