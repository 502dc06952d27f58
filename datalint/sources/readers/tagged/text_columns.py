"""Columns before the tokens of tagged text that name the text or the sentence that tokens are from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

#: Tokens of a sentence on average from which on a column that does not change in it holds no tokens; and columns behind
#: it at least: one of tokens and one of tags.
_LONG: Final = 3
_BEHIND: Final = 2


def columns_of_texts(sentences: Sequence[Sequence[Sequence[str]]]) -> int:
    """Return the number of first columns that have one value in each sentence: ``essay004  tourism  O``.

    A sentence of one token says nothing. The last one may be cut, and is still of one text.
    """
    several = [each for each in sentences if len(each) > 1]
    if not several or sum(map(len, several)) < _LONG * len(several):
        return 0
    width = min(len(row) for each in several for row in each)
    for place in range(width - _BEHIND):
        if any(len({row[place] for row in each}) > 1 for each in several):
            return place
    return max(width - _BEHIND, 0)
