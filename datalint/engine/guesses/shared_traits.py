"""Traits that nearly all first rows of a source share: their keys, and the markers of who speaks in their texts."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from datalint.records.record import TEXT_CONTAINERS
from datalint.shapes.flatten import flatten
from datalint.shapes.usual_keys import Layout, usual_layout

if TYPE_CHECKING:
    from datalint.engine.guesses.first_rows import FirstRows
    from datalint.shapes.base import Shape
    from datalint.shapes.detect import Detector
    from datalint.sources import Source
    from datalint.support.chat_texts.turns import TurnMarks

#: Layouts that rows are compared with, and rows of a source that are looked at for markers.
_LAYOUTS: Final = 8
_ROWS: Final = 60
#: Characters of a text that is no conversation, and takes too much memory to be looked at.
_LONGEST: Final = 100_000


class SharedTraits:
    """The layouts of the sources that were looked at, and the markers of who speaks in the first of their texts."""

    def __init__(self) -> None:
        self._layouts: dict[Layout, None] = {}
        self.marks: TurnMarks | None = None

    @property
    def layouts(self) -> tuple[Layout, ...]:
        """The keys of each source, each layout once."""
        return tuple(self._layouts)

    def look_at(self, source: Source, rows: FirstRows, first: dict[str, Any], shape: Shape, detector: Detector) -> None:
        """Add what the first ``rows`` of a source share, the ``first`` of which has a shape.

        Lines of a text have no keys, and rows that take much memory are not looked at.
        """
        if source.container in TEXT_CONTAINERS or any(map(_is_long, first.values())):
            return
        if len(self._layouts) < _LAYOUTS and (layout := usual_layout(rows, detector)) is not None:
            self._layouts[layout] = None
        if self.marks is None and shape.kind == "text":
            from datalint.support.chat_texts.turns import usual_marks

            short = [row for row in islice(rows, _ROWS) if not any(map(_is_long, row.values()))]
            turns = flatten(short, detector, hashes=False).turns
            self.marks = usual_marks(turns.filter(pl.col("role") == "text")["text"].to_list())


def _is_long(value: object) -> bool:
    return isinstance(value, str) and len(value) > _LONGEST
