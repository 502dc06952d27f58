"""Detection of tagged text with the tag before its token, and perhaps the lemma after it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Final

#: Lines, and those for each tag; and how many times as many values each other column has.
_LEAST: Final = 50
_LINES: Final = 10
_TIMES: Final = 3
#: Different tags at least, which is more than a column of documents or sentences has within most of these.
_TAGS: Final = 2


def has_tags_first(sentences: Sequence[Sequence[Sequence[str]]], width: int) -> bool:
    """Return whether of ``width`` columns only the first one has few values, which vary in sentences."""
    runs = [each for each in sentences if len(each) > 1]
    rows = [row for row in chain(*runs) if len(row) == width]
    if width < _TAGS or len(rows) < _LEAST or len({row[0] for row in rows}) * _LINES > len(rows):
        return False
    varied = sum(len({row[0] for row in each}) >= _TAGS for each in runs)
    tags, *others = (len({row[place] for row in rows}) for place in range(width))
    return 2 * varied > len(runs) and all(other >= _TIMES * tags for other in others)
