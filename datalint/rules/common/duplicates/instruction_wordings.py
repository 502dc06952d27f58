"""Rows that have one text and its answer under several wordings of an instruction, as instruction sets render them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from datalint.api import Dataset

#: Share of the rows, and rows, from which on wordings of an instruction are what the data is made of.
_SHARE: Final = 0.03
_LEAST: Final = 20
#: Pairs of rows that are read, evenly spaced, and the share of them in which both wordings are those of other pairs too.
_READ: Final = 400
_MOSTLY: Final = 0.9
#: Words of a wording at most, words of the text at least, and the share of the different wordings among all.
_WORDS: Final = 60
_TEXT: Final = 10
_DIFFERENT: Final = 1 / 3


def reworded(data: Dataset, pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return those pairs of rows that have the same response and different prompts."""
    response, prompt = data.examples["response_hash"], data.examples["prompt_hash"]
    members, anchors = map(list, zip(*pairs, strict=True))
    same = (response.gather(members) == response.gather(anchors)) & (prompt.gather(members) != prompt.gather(anchors))
    return [pair for pair, each in zip(pairs, same, strict=True) if each]


def rows_of_wordings(data: Dataset) -> frozenset[int]:
    """Return the rows with the text and the answer of their anchor and another instruction, if these are very many.

    What differs in two prompts is a wording of the instruction if it also does in other pairs: there are few of these.
    """
    least = max(_SHARE * data.size, _LEAST)
    pairs = [(member, group.rows[0]) for group in data.near for member in group.rows[1:]]
    if len(pairs) < least:
        return frozenset()
    found = reworded(data, pairs)
    if len(found) < least:
        return frozenset()
    found.sort()
    some = found[:: max(len(found) // _READ, 1)][:_READ]
    rows = sorted({row for pair in some for row in pair})
    words = {row: text.prompt.split() for row, text in zip(rows, data.texts(rows), strict=True)}
    wordings = [differing(words[one], words[other]) for one, other in some]
    counts = Counter(each for pair in wordings for each in pair)
    repeated = sum(
        all(
            counts[each] > 1 and len(each) <= min(_WORDS, len(words[row]) - _TEXT)
            for row, each in zip(pair, two, strict=True)
        )
        for pair, two in zip(some, wordings, strict=True)
    )
    if repeated < _MOSTLY * len(some) or len(counts) > _DIFFERENT * counts.total():
        return frozenset()
    return frozenset(member for member, _ in found)


def differing(one: Sequence[str], other: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words of two prompts, or other texts, between those that they begin and end with."""
    most = min(len(one), len(other))
    start = next((place for place in range(most) if one[place] != other[place]), most)
    end = next((place for place in range(most - start) if one[-1 - place] != other[-1 - place]), most - start)
    return tuple(one[start : len(one) - end]), tuple(other[start : len(other) - end])
