"""Pairs of texts, such as a premise and its hypothesis, of which one is empty."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from datalint.api import Alike, Chunk, NamedTuple
from datalint.rules.common.texts.turns import BLANK

#: The texts of a pair, which are both read and to whose relation the label belongs, by their keys in lower case.
_INFERENCE: Final = ("premise", "hypothesis")
_NUMBERED: Final = r"(sentence|sent|text|question|utterance)([-_ ]?)(1|2|a|b)"
_OTHER: Final = {"1": "2", "2": "1", "a": "b", "b": "a"}
_LONGEST_KEY: Final = 20


class MissingSide(NamedTuple):
    """A row, and the key of its empty text."""

    row: int
    key: str


def missing_sides(chunk: Chunk) -> Iterator[MissingSide]:
    """Yield the rows of a chunk that have one text of a pair, and nothing under the key of the other."""
    for group in chunk.structure.groups:
        for key, other in _paired(group):
            for row, here, there in zip(group.rows, group.column(key), group.column(other), strict=True):
                if _is_empty(here) and isinstance(there, str) and there.strip(BLANK):
                    yield MissingSide(row, key)


def _paired(group: Alike) -> Iterator[tuple[str, str]]:
    """Yield the keys of a group that are texts of a pair, each with the key of the other text."""
    keys = {key.lower(): key for key in group.keys if len(key) <= _LONGEST_KEY}
    for name, key in keys.items():
        if name in _INFERENCE:
            other = keys.get(_INFERENCE[1 - _INFERENCE.index(name)])
        elif (found := re.fullmatch(_NUMBERED, name)) is not None:
            other = keys.get(f"{found[1]}{found[2]}{_OTHER[found[3]]}")
        else:
            continue
        if other is not None:
            yield key, other


def _is_empty(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip(BLANK))
