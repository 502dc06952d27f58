"""Sentences with marks of their beginning and end, and a tag for each word: ``BOS to oslo EOS<tab>O O B-city flight``.

So corpora of ATIS have them: the last tag is in the place of the mark of the end, and is the intent. The row is
``{"tokens": […], "tags": […], "intent": …}``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from datalint.support.named_tuple import NamedTuple

#: The container of such lines.
MARKED_SENTENCES: Final = "marked-sentences"
_BEGIN, _END = "BOS", "EOS"
_SENTENCE: Final = re.compile(rf"{_BEGIN} (.*) {_END}\t(.*)", re.DOTALL)
#: Lines that are needed, and the share of them with as many tags as words.
_LEAST: Final = 5
_NEARLY_ALL: Final = 0.9


class MarkedSentences(NamedTuple):
    """The notation of such lines."""

    container: str = MARKED_SENTENCES

    @property
    def description(self) -> str:
        """A description of a row."""
        return f"a sentence in a line: its words between {_BEGIN} and {_END}, their tags after a tab, and its intent"

    def row(self, text: str) -> dict[str, Any]:
        """Return the row of a line."""
        tokens, tags = _words(text)
        return {"tokens": tokens, "tags": tags[1:-1], "intent": tags[-1] if tags else ""}

    def oddity(self, text: str) -> str:
        """Return that a line has not as many tags as words; empty for any other."""
        return "" if _is_even(text) else "not one tag for each word and an intent"


def _words(text: str) -> tuple[list[str], list[str]]:
    """Return the words of a line without the marks, and its tags with those of the marks."""
    match = _SENTENCE.fullmatch(text.strip("\r"))
    return (text.split(), []) if match is None else (match[1].split(), match[2].split())


def _is_even(text: str) -> bool:
    tokens, tags = _words(text)
    return len(tags) == len(tokens) + 2


def notation_of(lines: Sequence[bytes]) -> MarkedSentences | None:
    """Return how the lines of a text are written, which begins with ``lines``; None for other texts."""
    if len(lines) < _LEAST or not lines[0].startswith(f"{_BEGIN} ".encode()):
        return None
    even = sum(_is_even(line.decode("utf-8", "replace")) for line in lines)
    return MarkedSentences() if even >= _NEARLY_ALL * len(lines) else None
