"""Comparison of long prompts with a shared context, such as a document or a schema, by the parts that differ.

All words of a long prompt take long to compare. What two prompts begin and end with in common is the same in both, so
the words of the rest decide, as they do in short prompts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence, Set
from typing import TYPE_CHECKING, Final

from datalint.engine.reduce.comparing.text_words import Words
from datalint.records.analyses import Text
from datalint.support.common_prefix import common_prefix, common_suffix

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Characters of what differs in either prompt at most, and about as many of the text before it and after it.
_DIFFERING: Final = 2_000
_BEFORE: Final = 1_000
_AFTER: Final = 400
#: A part begins at a multiple of so many characters, so that it is the same for most other prompts with one context.
_STEP: Final = 500
#: Where a sentence or a line ends.
_SENTENCES: Final = r"(?<=[.!?؟।።])\s|(?<=[。！？])|\n"
#: Characters of texts, and words of parts, that are kept in memory.
_KEPT_CHARS: Final = 16_000_000
_KEPT: Final = 16_384


class SharedContexts:
    """Reads long prompts, and returns the words of the parts in which two of them differ."""

    def __init__(self, texts: Callable[[Sequence[int]], list[Text]], sizes: NDArray[np.int64]) -> None:
        """Prepare; ``texts`` reads rows, and ``sizes`` has the characters of their prompts."""
        self._read = texts
        self._sizes = sizes
        self._texts: dict[int, Text] = {}
        self._words: dict[tuple[int, int, int], Words] = {}

    def pairs(self, first: Sequence[int], second: Sequence[int]) -> Iterator[tuple[Words, Words] | None]:
        """Yield the words of the parts in which the prompts of each pair of rows differ; None if these are long."""
        start = 0
        while start < len(first):
            needed: dict[int, None] = {}
            chars, end = 0, start
            while end < len(first) and (end == start or chars <= _KEPT_CHARS):
                missing = {first[end], second[end]} - needed.keys()
                chars += sum(int(self._sizes[row]) for row in missing)
                needed.update(dict.fromkeys(missing))
                end += 1
            self._fetch(needed.keys())
            yield from map(self._parts, first[start:end], second[start:end])
            start = end

    def _fetch(self, rows: Set[int]) -> None:
        """Read the texts of some rows, and forget those of others if they are many characters."""
        missing = sorted(rows - self._texts.keys())
        if sum(int(self._sizes[row]) for row in (*self._texts, *missing)) > _KEPT_CHARS:
            self._texts = {row: text for row, text in self._texts.items() if row in rows}
        self._texts.update(zip(missing, self._read(missing) if missing else (), strict=True))

    def _parts(self, row: int, partner: int) -> tuple[Words, Words] | None:
        one, other = self._texts[row], self._texts[partner]
        mine, theirs = one.prompt, other.prompt
        shorter = min(len(mine), len(theirs))
        before = common_prefix(mine, theirs)
        after = min(common_suffix(mine, theirs), shorter - before)
        if max(len(mine), len(theirs)) - before - after > _DIFFERING:
            found = _differing_sentences(mine, theirs)
            if found is None:
                return None
            return Words(found[0], one.response, asked=True), Words(found[1], other.response, asked=True)
        begin = _word_begin(mine, max(before - _BEFORE, 0) // _STEP * _STEP, before)
        left = _word_end(mine, max(after - _AFTER, 0) // _STEP * _STEP, after)
        return self._words_of(row, begin, left), self._words_of(partner, begin, left)

    def _words_of(self, row: int, begin: int, left: int) -> Words:
        """Return the words of a prompt from a place on, without its last characters."""
        key = row, begin, left
        if key not in self._words:
            if len(self._words) >= _KEPT:
                self._words.clear()
            text = self._texts[row]
            self._words[key] = Words(text.prompt[begin : len(text.prompt) - left], text.response, asked=True)
        return self._words[key]


def _word_begin(text: str, start: int, end: int) -> int:
    """Return where the first word after a place begins, which is the beginning of the text or follows a blank."""
    if not start:
        return 0
    while start < end and not text[start - 1].isspace():
        start += 1
    return start


def _word_end(text: str, left: int, most: int) -> int:
    """Return how many characters to leave at the end of a text, so that it does not end within a word."""
    while left and left < most and not text[len(text) - left].isspace():
        left += 1
    return left


def _differing_sentences(one: str, other: str) -> tuple[str, str] | None:
    """Return the sentences that only one of two texts has, after a few that both have; None if these are long."""
    mine, theirs = (re.split(_SENTENCES, text) for text in (one, other))
    common = Counter(mine) & Counter(theirs)
    parts = [_rest(sentences, common) for sentences in (mine, theirs)]
    if max(map(len, parts)) > _DIFFERING:
        return None
    around = "\n".join(_first(mine, common))
    return f"{around}\n{parts[0]}", f"{around}\n{parts[1]}"


def _rest(sentences: Sequence[str], common: Counter[str]) -> str:
    """Return the sentences without the ``common`` ones, each of which is removed as often as it is common."""
    left = common.copy()
    rest = []
    for each in sentences:
        if left[each]:
            left[each] -= 1
        else:
            rest.append(each)
    return "\n".join(rest)


def _first(sentences: Sequence[str], common: Counter[str]) -> Iterator[str]:
    """Yield the first sentences that are common to two texts."""
    size = 0
    for each in sentences:
        if common[each]:
            yield each[: _BEFORE - size]
            size += len(each)
            if size >= _BEFORE:
                return
