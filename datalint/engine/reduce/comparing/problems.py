"""Generated problems: statements of a few patterns, such as the rules of a logic puzzle, which decide the answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from datalint.engine.reduce.comparing.differing import Difference
from datalint.engine.reduce.comparing.text_words import TELLING

#: Words of a statement at least, share of the words that two statements of a pattern have in common, and statements of
#: a pattern that a text has.
_WORDS: Final = 4
_ALIKE: Final = 0.5
_LEAST: Final = 3
#: Share of the sentences that differ which are such statements, and sentences of a text that are compared.
_MOSTLY: Final = 0.8
_MOST: Final = 80


def are_other_problems(found: Difference) -> bool:
    """Return whether two prompts are two problems: their answers end in other lines, or they state other things.

    The last lines are short and differ in a word ("ANSWER: B" for "ANSWER: A"), as those of answers with reasoning do.
    Where the answers are labels or missing, other statements of the same patterns make another problem.
    """
    one, other = found.one, found.other
    if any(found.own) and _end_otherwise(one.answer, other.answer):
        return True
    if not (one.is_label and other.is_label):
        return False
    if max(len(one.sentences), len(other.sentences)) > _MOST:
        return False
    here = [each for each in one.sentences if each not in other.sentences]
    there = [each for each in other.sentences if each not in one.sentences]
    if not here and not there:
        return False
    mine, theirs = _statements(here, one.sentences), _statements(there, other.sentences)
    if len(mine[0]) < _MOSTLY * len(here) or len(theirs[0]) < _MOSTLY * len(there):
        return False
    if max(len(mine[1]), len(theirs[1])) < _LEAST:
        return False
    return mine[2] != theirs[2]


def _statements(
    some: Sequence[str], sentences: Mapping[str, Sequence[str]]
) -> tuple[list[str], set[str], Counter[str]]:
    """Return those of some sentences that are like another one of the text, all like these, and the words of some."""
    words = {each: set(sequence) for each, sequence in sentences.items() if len(sequence) >= _WORDS}
    found: list[str] = []
    similar: set[str] = set()
    said: Counter[str] = Counter()
    for each in some:
        mine = words.get(each, set())
        said.update(sentences[each])
        alike = [
            other
            for other, theirs in words.items()
            if other != each and mine and len(mine & theirs) >= _ALIKE * len(mine | theirs)
        ]
        if alike:
            found.append(each)
            similar.update((each, *alike))
    return found, similar, said


def _end_otherwise(one: str, other: str) -> bool:
    """Return whether two answers of several lines end in lines that are short, and differ in their last word alone."""
    lasts = [answer.rstrip().rpartition("\n")[2] for answer in (one, other)]
    if any(len(last) >= TELLING or last == answer for last, answer in zip(lasts, (one, other), strict=True)):
        return False
    (start, _, end), (other_start, _, other_end) = (last.rpartition(" ") for last in lasts)
    return bool(start) and start == other_start and end != other_end
