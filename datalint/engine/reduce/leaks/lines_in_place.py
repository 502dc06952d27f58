"""Leaks of short lines of a running text or a conversation, which say the same in any two parts of it."""

from __future__ import annotations

from collections.abc import Set
from typing import TYPE_CHECKING, Final

import numpy as np

from datalint.languages.brief import is_brief_line

if TYPE_CHECKING:
    import polars as pl

    from datalint.engine.execute.row_reader import Reader
    from datalint.engine.reduce.duplicates.repeats import Repeats
    from datalint.records.leaks import Leak

#: Words of a short line, its letters in a script without spaces, and rows that are read.
_WORDS: Final = 10
_SPACELESS: Final = 12
_MOST: Final = 50_000
#: Kinds of leaks of whole rows.
_KINDS: Final = ("exact", "normalized", "near")


def without_lines_in_place(leaks: list[Leak], repeats: Repeats, examples: pl.DataFrame, reader: Reader) -> list[Leak]:
    """Return the leaks without those of short lines of a text in which equal lines are no copies.

    The next line, or the one before, is in the evaluation set as well where a passage is: those stay.
    """
    places = [each.file for each in repeats.in_place if each.running or each.spoken]
    if not leaks or not places or repeats.stay is None:
        return leaks
    stays = repeats.stay & np.isin(examples["file"].to_numpy(), places)
    known = {(leak.training, leak.evaluation) for leak in leaks}
    alone = [leak for leak in leaks if leak.kind in _KINDS and stays[leak.training] and not _goes_on(leak, known)]
    rows = sorted({leak.training for leak in alone})[:_MOST]
    short = {row for row, text in zip(rows, reader.texts(rows), strict=True) if _is_short(text.response)}
    dropped = {leak for leak in alone if leak.training in short}
    return [leak for leak in leaks if leak not in dropped] if dropped else leaks


def _goes_on(leak: Leak, known: Set[tuple[int, int]]) -> bool:
    return any((leak.training + step, leak.evaluation + step) in known for step in (-1, 1))


def _is_short(text: str) -> bool:
    return is_brief_line(text, words=_WORDS, spaceless=_SPACELESS)
