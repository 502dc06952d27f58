"""Lines of the tags of words, whose words are in another file: that two are equal says nothing of what is leaked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from datalint.shapes.formats.text import SHAPE

if TYPE_CHECKING:
    import polars as pl

    from datalint.engine.execute.row_reader import Reader
    from datalint.records.leaks import Leak

#: Tags of words as IOB and its variants have them, parted by blanks.
_TAGS: Final = re.compile(r"(?:O|[BIESLUM][-_]\S{1,80})(?:[ \t](?:O|[BIESLUM][-_]\S{1,80}))*")
#: Rows that are read at a time.
_BLOCK: Final = 50_000


def without_tag_lines(
    leaks: Sequence[Leak], splits: tuple[pl.DataFrame, pl.DataFrame], reader: Reader
) -> Sequence[Leak]:
    """Return leaks without those of plain texts that are tags alone."""
    shapes, asked = (splits[0][name] for name in ("shape", "prompt_chars"))
    rows = sorted({leak.training for leak in leaks if shapes[leak.training] == SHAPE.name and not asked[leak.training]})
    tags: set[int] = set()
    for begin in range(0, len(rows), _BLOCK):
        block = rows[begin : begin + _BLOCK]
        texts = zip(block, reader.texts(block), strict=True)
        tags |= {row for row, text in texts if _TAGS.fullmatch(text.response.strip()) is not None}
    return [leak for leak in leaks if leak.training not in tags] if tags else leaks
