"""Matches of one training text with benchmark examples: runs of words in common."""

from __future__ import annotations

from collections.abc import Iterator

from datalint.engine.reduce.contamination.definitions import Definition
from datalint.engine.reduce.contamination.index import Index, Numbers
from datalint.neardup.text.hashing import Words
from datalint.support.named_tuple import NamedTuple

#: Repeats of an n-gram within one example that are looked at, and matching n-grams of one text.
_MOST_PLACES = 20
_MOST_GRAMS = 20_000


class TextMatch(NamedTuple):
    """Words from ``start`` on of an example, and from ``at`` on of a training text, ``length`` of them."""

    example: int
    start: int
    at: int
    length: int


def training_matches(
    words: Words, places: Numbers, grams: Numbers, index: Index, definition: Definition
) -> Iterator[TextMatch]:
    """Yield the matches of a training text.

    Args:
        words: of the text.
        places: of its n-grams that are in the index, ascending.
        grams: their numbers in the index.
        index: of the examples.
        definition: what counts as a match.
    """
    runs: dict[tuple[int, int], list[list[int]]] = {}
    for place, gram in zip(places[:_MOST_GRAMS].tolist(), grams[:_MOST_GRAMS].tolist(), strict=True):
        examples, starts = index.postings(gram)
        for example, start in zip(examples[:_MOST_PLACES].tolist(), starts[:_MOST_PLACES].tolist(), strict=True):
            # On one diagonal the n-grams that follow each other are one run.
            mine = runs.setdefault((example, start - place), [])
            if mine and mine[-1][1] == place - 1:
                mine[-1][1] = place
            else:
                mine.append([place, place])
    for (example, shift), some in runs.items():
        for first, last in some:
            length = last - first + index.size
            if definition.mismatches:
                length = _extended(words, index.example(example), first, shift, length, definition.mismatches)
            if length >= index.size + definition.longer:
                yield TextMatch(example, first + shift, first, length)


def _extended(words: Words, example: Words, at: int, shift: int, length: int, budget: int) -> int:
    """Return the length of the match at ``at`` if up to ``budget`` words may differ, the last one apart."""
    end = length
    while at + end < len(words) and at + shift + end < len(example):
        if words[at + end] == example[at + shift + end]:
            end += 1
            length = end
        elif budget:
            budget -= 1
            end += 1
        else:
            break
    return length
