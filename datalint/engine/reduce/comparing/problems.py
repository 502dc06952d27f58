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
#: Share of the sentences that differ which are such statements, and pairs of sentences that are compared.
_MOSTLY: Final = 0.8
_MOST: Final = 6_400


def are_other_problems(found: Difference) -> bool:
    """Return whether two prompts are two problems: their answers end in other lines, or they state other things.

    The last lines are short and differ in a word ("ANSWER: B" for "ANSWER: A"), as those of answers with reasoning do.
    Where the answers are labels or missing, other statements of the same patterns make another problem. So do more of
    them where the answers are the same: a longer chain of rules.
    """
    one, other = found.one, found.other
    if any(found.own) and _end_otherwise(one.answer, other.answer):
        return True
    if not found.of_labels and one.answer != other.answer:
        return False
    here = [each for each in one.sentences if each not in other.sentences]
    there = [each for each in other.sentences if each not in one.sentences]
    if not (here or there) or (not found.of_labels and len(here) == len(there)):
        return False
    if (len(here) + len(there)) * (len(one.sentences) + len(other.sentences)) > _MOST:
        return False
    texts = _word_sets(one.sentences), _word_sets(other.sentences)
    patterns = [_pattern(some, words) for some, words in zip((here, there), texts, strict=True)]
    if max(map(len, patterns)) < _LEAST:
        return False
    both = texts[0] | texts[1]
    statements = sum(each in patterns[0] or each in patterns[1] or bool(_alike(each, both)) for each in (*here, *there))
    if statements < _MOSTLY * (len(here) + len(there)):
        return False
    return _statements(here, one.sentences) != _statements(there, other.sentences)


def _word_sets(sentences: Mapping[str, Sequence[str]]) -> dict[str, set[str]]:
    """Return the words of each sentence that is long enough for a statement."""
    return {each: set(sequence) for each, sequence in sentences.items() if len(sequence) >= _WORDS}


def _statements(some: Sequence[str], sentences: Mapping[str, Sequence[str]]) -> Counter[tuple[str, ...]]:
    """Return what some sentences say, whatever the order of their words."""
    return Counter(tuple(sorted(sentences[each])) for each in some)


def _pattern(some: Sequence[str], words: Mapping[str, set[str]]) -> set[str]:
    """Return those of some sentences that are like others of their text, with these."""
    return {like for each in some if (alike := _alike(each, words)) for like in (each, *alike)}


def _alike(sentence: str, words: Mapping[str, set[str]]) -> list[str]:
    """Return the sentences, other than this one, that have most of its words."""
    mine = words.get(sentence)
    if not mine:
        return []
    return [
        other
        for other, theirs in words.items()
        if other != sentence and len(mine & theirs) >= _ALIKE * len(mine | theirs)
    ]


def _end_otherwise(one: str, other: str) -> bool:
    """Return whether two answers of several lines end in lines that are short, and differ in their last word alone."""
    lasts = [answer.rstrip().rpartition("\n")[2] for answer in (one, other)]
    if any(len(last) >= TELLING or last == answer for last, answer in zip(lasts, (one, other), strict=True)):
        return False
    (start, _, end), (other_start, _, other_end) = (last.rpartition(" ") for last in lasts)
    return bool(start) and start == other_start and end != other_end
