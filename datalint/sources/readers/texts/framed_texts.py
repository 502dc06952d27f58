"""Texts of several lines between two lines with a tag, ``<doc id="1">`` before and ``</doc>`` after.

WikiExtractor writes articles in this way, and people frame poems, stories or programs so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from datalint.records.record import Problem
from datalint.sources.readers.lines import SPACE
from datalint.sources.readers.text_rows import joined_lines
from datalint.sources.readers.texts.completed_blocks import CompletedBlocks
from datalint.support.classes import frozen

#: The container of such texts.
FRAMED_TEXTS: Final = "framed-texts"
#: A line with the tag before a text, which may have attributes.
_OPENING: Final = re.compile(rb"<([A-Za-z][\w-]{0,40})(?:\s[^<>]{0,2000})?>")
#: Texts that are needed, and the share of them with several lines.
_LEAST: Final = 5
_MOSTLY: Final = 0.5


@frozen
class FramedTexts(CompletedBlocks):
    """The name of the tag around each text."""

    what = "text between two tags"
    name: bytes = b""

    def look(self, line: bytes, blank: bool) -> tuple[bool, bool]:
        """Return whether a line begins a text, and whether it is the last one of a text."""
        return self._is_opening(line), line.strip(SPACE) == b"</" + self.name + b">"

    def read(self, block: Sequence[bytes], first: int) -> tuple[dict[str, Any] | None, Problem | None]:
        """Return the row of the lines between the tags, and the problem with their text."""
        if not self._is_opening(block[0]):
            return joined_lines(block, first)
        end = next((at for at in range(1, len(block)) if self.look(block[at], False)[1]), len(block))
        lines = list(block[1:end])
        while lines and not lines[0].strip(SPACE):
            first += 1
            lines.pop(0)
        while lines and not lines[-1].strip(SPACE):
            lines.pop()
        return joined_lines(lines or [b""], first + 1)

    def _is_opening(self, line: bytes) -> bool:
        found = _OPENING.fullmatch(line.strip(SPACE))
        return found is not None and found[1] == self.name


def framed_texts_of(lines: Sequence[bytes]) -> FramedTexts | None:
    """Return the layout of a text that begins with these lines, of which the last may be cut; None for any other text.

    All lines are within the same two tags, which are not within each other.
    """
    kept = [line.strip(SPACE) for line in lines if line.strip(SPACE)]
    opening = _OPENING.fullmatch(kept[0]) if kept else None
    if opening is None:
        return None
    layout = FramedTexts(name=opening[1])
    sizes: list[int] = []
    within = False
    for line in kept:
        begins, ends = layout.look(line, False)
        if begins or not within:
            if within or not begins:
                return None
            sizes.append(0)
        within = not ends
        sizes[-1] += not (begins or ends)
    whole = sizes[:-1] if within else sizes
    return layout if len(whole) >= _LEAST and sum(size > 1 for size in whole) >= _MOSTLY * len(whole) else None
