"""Files whose lines end in a carriage return alone, as Mac OS wrote them until 2001: converted to line feeds."""

from __future__ import annotations

from datalint.records.record import Problem
from datalint.sources.content import Content, spooled


def with_line_feeds(content: Content, head: bytes) -> tuple[Content, tuple[Problem, ...]]:
    """Return a file that begins with ``head`` with line feeds, and the problem, if only carriage returns end its lines.

    A file with a line feed before its last byte stays as it is. No byte moves, so places stay those of the file.
    """
    if b"\r" not in head or b"\n" in head[:-1]:
        return content, ()
    lines = position = 0
    ended = False
    for block in content.blocks():
        position += len(block)
        feed = block.find(b"\n")
        if 0 <= feed < len(block) - 1 or (feed >= 0 and position < content.size):
            return content, ()
        lines += block.count(b"\r")
        ended = block.endswith((b"\r", b"\n"))
    # The text before the only line end is already a line.
    if lines < 2 and ended:
        return content, ()
    many = f"{lines:,} lines end" if lines > 1 else "a line ends"
    found = spooled(block.replace(b"\r", b"\n") for block in content.blocks())
    return found, (Problem("mixed-line-endings", f"{many} in a carriage return alone, and not in a line feed", 1),)
