"""Answers that are one frame around words of their own prompt, such as "A description for '…'."."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from datalint.api import Dataset, NamedTuple, Text

#: Examples at least, those that are looked at first, and at most.
_LEAST: Final = 20
_FIRST: Final = 60
_MOST: Final = 2_000
#: Share of the answers that have the frame, and of these whose words come after one word of the prompt.
_NEARLY_ALL: Final = 0.95
#: Share of the answers that differ: others are labels.
_DIFFERENT: Final = 0.5
#: Characters of most answers at most; words of the frame at least, and of its beginning or end at most.
_SHORT: Final = 300
_SHARE_SHORT: Final = 0.9
_FRAME: Final = 2
_LONGEST: Final = 30
_WORD: Final = r"\w+"
_LETTER: Final = r"[^\W\d_]"


class AnswerFrame(NamedTuple):
    """``rows`` of those ``read`` whose answers are one frame; ``first`` is the answer of the first one."""

    rows: list[int]
    read: int
    first: str


def answer_frame(data: Dataset) -> AnswerFrame | None:
    """Return the frame of nearly all answers; None if there is none."""
    examples = data.examples
    if data.size < _LEAST or examples["is_preference"].any():
        return None
    if (examples["response_chars"] <= _SHORT).sum() < _SHARE_SHORT * data.size:
        return None
    if examples["response_hash"].n_unique() < _DIFFERENT * data.size:
        return None
    for most in (_FIRST, _MOST):
        size = min(data.size, most)
        rows = [number * data.size // size for number in range(size)]
        texts = data.texts(rows)
        places = _framed(texts)
        if len(places) < _NEARLY_ALL * size:
            return None
        if size == data.size:
            break
    return AnswerFrame([rows[place] for place in places], size, texts[places[0]].response)


def _framed(texts: Sequence[Text]) -> list[int]:
    """Return the places of the texts whose responses are the frame of most, around words of their prompt."""
    said = [re.findall(_WORD, text.response.casefold()) for text in texts]
    start = _common(said)
    end = _common([words[len(start) :][::-1] for words in said])
    if len(start) + len(end) < _FRAME:
        return []
    before: dict[int, str] = {}
    different = set()
    for place, (words, text) in enumerate(zip(said, texts, strict=True)):
        inner = words[len(start) : len(words) - len(end)]
        if not inner or words[: len(start)] != start or words[len(words) - len(end) :] != end[::-1]:
            continue
        # What is asked about comes after the same word in all prompts; a choice of the prompt's words is an answer.
        prompt = " ".join(["", *re.findall(_WORD, text.prompt.casefold()), ""])
        at = prompt.find(f" {' '.join(inner)} ")
        if at >= 0:
            before[place] = prompt[:at].rpartition(" ")[2]
            different.add(" ".join(inner))
    lettered = sum(re.search(_LETTER, each) is not None for each in different)
    if len(different) < _DIFFERENT * len(texts) or lettered < _SHARE_SHORT * len(different):
        return []
    word = Counter(before.values()).most_common(1)[0][0]
    return [place for place, each in before.items() if each == word]


def _common(lists: Sequence[Sequence[str]]) -> list[str]:
    """Return the words that nearly all lists begin with."""
    common: list[str] = []
    while len(common) < _LONGEST:
        place = len(common)
        words = Counter(each[place] for each in lists if len(each) > place and each[:place] == common)
        if not words or words.most_common(1)[0][1] < _NEARLY_ALL * len(lists):
            break
        common.append(words.most_common(1)[0][0])
    return common
