"""Words that a generator puts before or after many questions, and questions without them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from datalint.rules.common.lazy_pattern import lazy_pattern

#: Answers whose questions have the same words before or after them, at least.
_ANSWERS: Final = 5
#: Characters that a question has at least without such words.
_LEAST: Final = 12
#: Groups of words that are looked at on each side of a question: a long text has hundreds of marks.
_MOST: Final = 6
#: Characters at the end of a question in which the last words are looked for.
_END_CHARS: Final = 60
#: Words at the beginning that a mark ends ("Hello, …", "Please answer: …"), and those at the end that a mark begins
#: ("…, please", "… - thank you", "… (urgent)").
_OPENING: Final = lazy_pattern(r"([^,!:;.?，！：；。？]{1,40}[,!:;.，！：；。]|[^,!:;.?]{1,30}\s[-–—])\s*")
_CLOSING: Final = lazy_pattern(
    r"\s*([(\[（【][^()\[\]]{1,40}[)\]）】]|(?:\s[-–—]|[,;，；])\s?[^,!:;.?，！：；。？]{1,40}"
    r"|(?<=[.?!。？！])\s?[^,!:;.?，！：；。？]{1,40})\s*[.?!。？！]*$"
)
_MARKS: Final = " .,;:?!。，；：？！"


def without_added_words(groups: Sequence[Mapping[int, str]]) -> list[dict[int, str]]:
    """Return the questions of each group, which have one answer, without the words that many groups share.

    Words count as added if a mark separates them from the rest of the question, and the questions of five answers have
    them: in those of one answer, they belong to what is asked, as a number does.
    """
    answers: Counter[str] = Counter()
    for group in groups:
        answers.update({words for text in group.values() for words in _separated(text)})
    added = {words for words, count in answers.items() if count >= _ANSWERS and not any(map(str.isdigit, words))}
    return [{row: _without(text, added) for row, text in group.items()} for group in groups]


def _separated(text: str) -> list[str]:
    """Return the words before and after a question, the outer ones first."""
    before: list[str] = []
    after: list[str] = []
    while len(before) < _MOST and (match := _opening(text)):
        before.append(_words(match))
        text = text[match.end() :]
    while len(after) < _MOST and (match := _closing(text)):
        after.append(_words(match))
        text = text[: match.start()]
    return before + after


def _without(text: str, added: set[str]) -> str:
    for _ in range(_MOST):
        if (match := _opening(text)) and _words(match) in added:
            text = text[match.end() :]
        if (match := _closing(text)) and _words(match) in added:
            text = text[: match.start()]
    return text.strip(_MARKS)


def _opening(text: str) -> re.Match[str] | None:
    match = _OPENING.match(text)
    return match if match and len(text) - match.end() >= _LEAST else None


def _closing(text: str) -> re.Match[str] | None:
    match = _CLOSING.search(text, max(len(text) - _END_CHARS, 0))
    return match if match and match.start() >= _LEAST else None


def _words(match: re.Match[str]) -> str:
    return match[1].strip(_MARKS)
