"""Sentences with a place for their target, as aspect-based sentiment analysis has them: three lines are a row.

The first line is the sentence with ``$T$`` where the target stood, the second one the target, and the third one the
label of what is said about it: ``{"text": …, "term": …, "label": …}``. A sentence has a row for each of its targets.
``$T$`` stays in it, since two targets may have the same words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from datalint.records.record import Problem
from datalint.sources.readers.lines import SPACE
from datalint.sources.readers.text_rows import decoded_lines
from datalint.support.named_tuple import NamedTuple

TARGETED: Final = "targeted"
_TARGET: Final = re.compile(rb"\$[Tt]\$")
#: A label, the different ones that there may be, and characters of one.
_LABEL: Final = re.compile(rb"[+-]?\w[\w +-]{0,19}")
_MOST: Final = 10
#: The lines of a row, the rows that are needed, and the share of them that are as they should be.
_LINES: Final = 3
_LEAST: Final = 5
_NEARLY_ALL: Final = 0.95


class Targeted(NamedTuple):
    """How rows are read: each begins with a line that has a place for its target."""

    what: str = "sentence with its target"

    def read(self, block: Sequence[bytes], first: int) -> tuple[dict[str, Any] | None, Problem | None]:
        """Return the row of a sentence whose first line has the number ``first``; None where lines are missing."""
        texts, problem = decoded_lines(block, first)
        if texts is None:
            return None, problem
        if len(texts) != _LINES:
            lines = "1 line" if len(texts) == 1 else f"{len(texts)} lines"
            message = f"{lines} instead of a sentence with $T$, its target and the label"
            return None, Problem("invalid-row", message, first)
        text, target, label = (each.strip() for each in texts)
        return {"text": text, "term": target, "label": label}, problem

    def blocks(self, lines: Sequence[bytes]) -> Iterator[tuple[int, int, list[bytes]]]:
        """Yield the index of the first line of each sentence, its offset in bytes, and its lines."""
        block: list[bytes] = []
        first = begin = offset = 0
        for index, line in enumerate(lines):
            if block and _TARGET.search(line):
                yield first, begin, block
                block = []
            if line.strip(SPACE):
                if not block:
                    first, begin = index, offset
                block.append(line)
            offset += len(line) + 1
        if block:
            yield first, begin, block

    def end_in(self, data: bytes, *, whole: bool) -> int:
        """Return where the first sentence ends that ends in ``data``, which begins in a line; -1 if none does."""
        offset = data.find(b"\n") + 1
        match = _TARGET.search(data, offset) if offset else None
        return -1 if match is None else data.rfind(b"\n", 0, match.start()) + 1


def targeted_of(lines: Sequence[bytes]) -> Targeted | None:
    """Return how the rows of a text are read that begins with these lines; None for other texts."""
    if not lines or _TARGET.search(lines[0]) is None:
        return None
    found = Targeted()
    blocks = [block for _, _, block in found.blocks(lines)][:-1]
    right = [block for block in blocks if len(block) == _LINES and _LABEL.fullmatch(block[2].strip(SPACE))]
    labels = {block[2].strip(SPACE) for block in right}
    fits = len(right) >= _LEAST and len(right) >= _NEARLY_ALL * len(blocks) and len(labels) <= _MOST
    return found if fits else None
