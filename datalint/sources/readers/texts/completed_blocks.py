"""Blocks of lines without a separator: one ends before the line that begins the next one, if it is complete by then."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from datalint.records.record import Problem
from datalint.sources.readers.lines import SPACE
from datalint.sources.readers.text_rows import joined_lines


class CompletedBlocks(ABC):
    """The layout of the blocks of a file. It is picklable.

    A layout has the name of a block, as ``what``, and a method :meth:`look`.
    """

    what: ClassVar[str]

    @abstractmethod
    def look(self, line: bytes, blank: bool) -> tuple[bool, bool]:
        """Return whether a line that is not blank may begin a block, and whether it completes one, as an answer does.

        ``blank`` says that a blank line is before it.
        """

    def read(self, block: Sequence[bytes], first: int) -> tuple[dict[str, Any] | None, Problem | None]:
        """Return the row of a block whose first line has the number ``first``, and the problem with its text."""
        return joined_lines(block, first)

    def blocks(self, lines: Sequence[bytes]) -> Iterator[tuple[int, int, list[bytes]]]:
        """Yield the index of the first line of each block, its offset in bytes, and its lines, blank ones included."""
        block: list[bytes] = []
        first = begin = offset = blank_lines = 0
        complete = False
        for index, line in enumerate(lines):
            if not line.strip(SPACE):
                blank_lines += 1
            else:
                begins, completes = self.look(line, blank_lines > 0)
                if complete and begins:
                    yield first, begin, block
                    block, complete = [], False
                if not block:
                    first, begin, blank_lines = index, offset, 0
                complete = complete or completes
                block += [b""] * blank_lines
                block.append(line)
                blank_lines = 0
            offset += len(line) + 1
        if block:
            yield first, begin, block

    def end_in(self, data: bytes, *, whole: bool) -> int:
        """Return where the first block ends that ends in ``data``, which begins in a line; -1 if none does.

        ``whole`` says that nothing follows the data, so that the last line is complete.
        """
        complete = blank = False
        offset = data.find(b"\n") + 1
        if not offset:
            return -1
        lines = data[offset:].split(b"\n")
        for line in lines if whole else lines[:-1]:
            if not line.strip(SPACE):
                blank = True
            else:
                begins, completes = self.look(line, blank)
                if complete and begins:
                    return offset
                complete, blank = complete or completes, False
            offset += len(line) + 1
        return -1
