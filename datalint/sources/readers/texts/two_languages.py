"""Blocks of two lines, a sentence and its translation: ``{"source": …, "target": …}``.

Two lines of a verse are in one language, and have many words in common with the lines of other verses.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from datalint.languages.identify import identify
from datalint.records.record import Problem
from datalint.sources.readers.text_rows import decoded_lines
from datalint.support.word_scripts import spaceless_letters

TWO_LANGUAGES: Final = "two-languages"
_LINES: Final = 2
#: Blocks that are needed, and the share of them with two lines.
_LEAST: Final = 30
_NEARLY_ALL: Final = 0.95
#: The share of the words of second lines that first lines have too, at most, and the mean words of a line at least.
_COMMON: Final = 0.2
_WORDS: Final = 2
#: How many times as long as the other lines those of one language are at most, and the share of different first lines.
_LONGER: Final = 3
_VARIED: Final = 0.5
_SIGNS: Final = ".,;:!?¿¡\"'()[]«»„“”…-–—"
#: Characters of each language by which it is identified.
_LOOKED_AT: Final = 5_000


def are_in_two_languages(blocks: Sequence[Sequence[bytes]]) -> bool:
    """Return whether nearly all blocks are two lines, of which the second ones are in another language."""
    pairs = [each for each in blocks if len(each) == _LINES]
    if len(blocks) < _LEAST or len(pairs) < _NEARLY_ALL * len(blocks):
        return False
    one, other = (" ".join(pair[side].decode("utf-8", "replace") for pair in pairs) for side in (0, 1))
    first, second = (_words(text) for text in (one, other))
    known = set(first)
    if min(len(first), len(second)) < _WORDS * len(pairs):
        return False
    if not 1 / _LONGER <= len(one) / len(other) <= _LONGER:
        return False
    # Names of speakers above what they say are few.
    if len({pair[0] for pair in pairs}) < _VARIED * len(pairs) or sum(e in known for e in second) > _COMMON * len(
        second
    ):
        return False
    languages = [identify(text[:_LOOKED_AT]) for text in (one, other)]
    return len({each.group if each else None for each in languages}) > 1


def in_two_languages(block: Sequence[bytes], first: int) -> tuple[dict[str, Any] | None, Problem | None]:
    """Return the row of a block whose first line has the number ``first``, and the problem with its text."""
    texts, problem = decoded_lines(block, first)
    if texts is None:
        return None, problem
    if len(texts) != _LINES:
        lines = "1 line" if len(texts) == 1 else f"{len(texts)} lines"
        return None, Problem("invalid-row", f"{lines} instead of a sentence and its translation", first)
    return {"source": texts[0].strip(), "target": texts[1].strip()}, problem


def _words(text: str) -> list[str]:
    """Return the words of a text without the signs around them, or its letters where it has no spaces between words."""
    if 2 * spaceless_letters(text) > len(text):
        return [letter for letter in text if letter.isalpha()]
    words = [word.strip(_SIGNS).casefold() for word in text.split()]
    return [word for word in words if any(map(str.isalpha, word))]
