"""Neutralises workflow commands: text of rows and file names in a build log must not be run as one.

GitHub's runner trims a line before it looks for ``::command::`` at its start, and finds ``##[command]`` anywhere. The
name of a command is a word, so that ``##[['a', 1]]`` is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from datalint.privacy.escapes import escape_json, escape_unsafe
from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType
    from rich.segment import Segment

#: What may begin a command, wherever it stands, unless it is a list.
_COMMAND: Final = r"##\[(?![\[({'\"])"


def inert(line: str) -> str:
    """Return a line of a log with unsafe characters escaped, and the signs of a command percent-escaped."""
    line = escape_unsafe(line)
    line = re.sub(_COMMAND, "##%5B", line)
    bare = line.lstrip()
    return f"{line[: len(line) - len(bare)]}%3A%3A{bare[2:]}" if bare.startswith("::") else line


def inert_json(data: bytes) -> bytes:
    r"""Return equivalent JSON with ``##[`` written as ``##\u005b``, and unsafe characters as ``\u`` escapes.

    Both can only occur in a string, so a parser reads the same value.
    """
    return escape_json(data).replace(b"##[", b"##\\u005b")


def to_json_document(data: object) -> bytes:
    """Return data as indented JSON with a final newline, neutralised as by :func:`inert_json`."""
    import orjson

    return inert_json(orjson.dumps(data, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))


class Inert(NamedTuple):
    """A rich renderable whose wrapped lines contain no workflow command and no trailing space."""

    content: RenderableType

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        from rich.cells import cell_len, set_cell_size
        from rich.segment import Segment

        for line in console.render_lines(self.content, options, pad=False):
            text = "".join(segment.text for segment in line).rstrip()
            safe = inert(text)
            whole = Segment.adjust_line_length(line, cell_len(text), pad=False)
            yield from (
                whole if safe == text else (Segment(set_cell_size(safe, min(cell_len(safe), options.max_width))),)
            )
            yield Segment.line()
