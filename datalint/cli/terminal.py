"""The terminal: its width, its colours, and whether there is one."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rich.console import Console

#: Columns where there is no terminal to ask.
_WIDTH: Final = 110


def colourless(color: str) -> int | None:
    """Return the width of plain text where there is neither a terminal nor a wish for colours, None elsewhere."""
    return None if sys.stdout.isatty() or color == "always" else _piped_width()


def console(color: str = "auto") -> Console:
    """Return a rich console on standard output; rows are never read as markup."""
    from rich.console import Console

    class Piped(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    terminal = sys.stdout.isatty()
    options = {"never": {"no_color": True, "color_system": None}, "always": {"force_terminal": True}}
    width = None if terminal else _piped_width()
    chosen = options.get(color, {} if terminal else {"force_terminal": False})
    return Piped(highlight=False, markup=False, emoji=False, soft_wrap=False, width=width, **chosen)  # type: ignore[arg-type]


def _piped_width() -> int:
    columns = os.environ.get("COLUMNS", "")
    return int(columns) if columns.isascii() and columns.isdigit() and int(columns) else _WIDTH


def write_bytes(pieces: Iterable[bytes]) -> None:
    """Write bytes to standard output as they are."""
    stream = sys.stdout.buffer
    for piece in pieces:
        stream.write(piece)
    stream.flush()


@contextlib.contextmanager
def quiet_when_closed() -> Iterator[None]:
    """Go on in silence when the reader of standard output has seen enough and closed it."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        silence()


def silence() -> None:
    """Send the rest of standard output nowhere, so that not even the interpreter's last flush complains."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
