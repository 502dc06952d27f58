"""Lines of tags whose words are in another file: equal lines of tags are no leaks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from datalint.shapes.formats.text import SHAPE
from datalint.support.names.token_keys import TAG

if TYPE_CHECKING:
    import polars as pl

    from datalint.engine.execute.row_reader import Reader
    from datalint.records.leaks import Leak

#: Rows that are read at a time, and the first ones, of which one is of tags if any is looked for.
_BLOCK: Final = 50_000
_FIRST: Final = 1_000


def without_tag_lines(
    leaks: Sequence[Leak], splits: tuple[pl.DataFrame, pl.DataFrame], reader: Reader
) -> Sequence[Leak]:
    """Return leaks without those of plain texts that are tags alone."""
    shapes, asked = (splits[0][name] for name in ("shape", "prompt_chars"))
    rows = sorted({leak.training for leak in leaks if shapes[leak.training] == SHAPE.name and not asked[leak.training]})
    tags = _of_tags(rows[:_FIRST], reader)
    if not tags:
        return leaks
    for begin in range(_FIRST, len(rows), _BLOCK):
        tags |= _of_tags(rows[begin : begin + _BLOCK], reader)
    return [leak for leak in leaks if leak.training not in tags]


def _of_tags(rows: Sequence[int], reader: Reader) -> set[int]:
    """Return the rows whose text is tags alone."""
    return {row for row, text in zip(rows, reader.texts(rows), strict=True) if _are_tags(text.response.split())}


def _are_tags(words: Sequence[str]) -> bool:
    return bool(words) and all(TAG.fullmatch(word) is not None for word in words)
