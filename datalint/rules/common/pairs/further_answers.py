"""The answers after the first one where the sides of a preference are lists of texts, of which the first is read."""

from __future__ import annotations

import numpy as np
import polars as pl

from datalint.api import Chunk, NamedTuple, Record

#: The path of the answer that is read, for each side that may be a list of texts.
_FIRST = {side: f"$.{side}[0]" for side in ("chosen", "rejected")}


class ListedAnswer(NamedTuple):
    """One text of a list: its side, its JSON path, and whether it is the one that is read as a turn."""

    side: str
    path: str
    text: str
    first: bool


def listed_answers(record: Record) -> list[ListedAnswer]:
    """Return all answers of the sides that are lists of texts; none for other rows."""
    return record.once(_listed)


def _listed(record: Record) -> list[ListedAnswer]:
    found: list[ListedAnswer] = []
    for side in {path: side for _, _, path, side in record.turns if path == _FIRST.get(side)}.values():
        texts = record.value.get(side)
        for index, text in enumerate(texts if isinstance(texts, list) else ()):
            if isinstance(text, str):
                found.append(ListedAnswer(side, f"$.{side}[{index}]", text, first=index == 0))
    return found


def has_listed_answers(chunk: Chunk) -> pl.Series:
    """Return for each row whether a side may be a list of texts."""
    rows = np.zeros(chunk.examples.height, np.bool_)
    rows[chunk.turns.filter(pl.col("path").is_in([*_FIRST.values()]))["example"].to_numpy()] = True
    return pl.Series(rows)
