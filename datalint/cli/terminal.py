"""The terminal: its width, its colours, and whether there is one."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

from datalint.core.errors import DatalintError

if TYPE_CHECKING:
    from rich.console import Console

#: Columns where there is no terminal to ask.
_WIDTH: Final = 110
#: File descriptors of standard streams.
_STREAMS: Final = 3


def plain_width(color: bool | None) -> int | None:
    """Return the width of text that rich need not print: without a terminal and without colours; None elsewhere."""
    return None if sys.stdout.isatty() or _forced(color) else _piped_width()


def _forced(color: bool | None) -> bool:
    """Return whether colours are wanted where there is no terminal: by option, else by FORCE_COLOR."""
    return bool(os.environ.get("FORCE_COLOR")) and not os.environ.get("NO_COLOR") if color is None else color


def console(color: bool | None = None) -> Console:
    """Return a rich console on standard output; rows are never read as markup.

    ``color`` None follows the terminal, NO_COLOR and FORCE_COLOR.
    """
    from rich.console import Console

    class Piped(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    terminal = sys.stdout.isatty()
    width = None if terminal else _piped_width()
    chosen: dict[str, Any] = {} if terminal and color is None else {"force_terminal": _forced(color)}
    if color is not None:
        chosen |= {"no_color": not color}
    if color is False:
        chosen = {"no_color": True, "color_system": None}
    return Piped(highlight=False, markup=False, emoji=False, soft_wrap=False, width=width, **chosen)


def printed_page(show: Callable[[Console], None]) -> str:
    """Return what ``show`` prints, as plain text for a file."""
    from rich.console import Console

    file = io.StringIO()
    show(Console(file=file, width=_WIDTH, color_system=None, highlight=False, markup=False, emoji=False))
    return file.getvalue()


def line_width() -> int | None:
    """Return the width to wrap lines at: the terminal's or that of COLUMNS, None where a program reads them."""
    import shutil

    if sys.stdout.isatty() or "COLUMNS" in os.environ:
        return shutil.get_terminal_size((_WIDTH, 24)).columns
    return None


def summary_width() -> int:
    """Return the width that lines of text on standard output should have."""
    return line_width() or _WIDTH


def _piped_width() -> int:
    columns = os.environ.get("COLUMNS", "")
    return int(columns) if columns.isascii() and columns.isdigit() and int(columns) else _WIDTH


def write_bytes(pieces: Iterable[bytes]) -> None:
    """Write bytes to standard output as they are."""
    stream = sys.stdout.buffer
    for piece in pieces:
        stream.write(piece)
    stream.flush()


class _Closed(io.BufferedIOBase):
    """A standard stream that the caller has closed: using it is an error with a remedy."""

    def __init__(self, reason: str) -> None:
        self._reason = reason

    def readable(self) -> bool:
        return True

    def writable(self) -> bool:
        return True

    def read(self, _: int | None = -1, /) -> bytes:
        raise DatalintError(self._reason)

    def write(self, data: Any, /) -> int:
        if len(data):
            raise DatalintError(self._reason)
        return 0


def replace_closed_streams() -> None:
    """Put something in the place of standard streams that the caller has closed (``>&-``), which are None.

    Their file descriptors are taken too, so that no file which is opened later gets one and is written to by mistake.
    """
    if None not in (sys.stdin, sys.stdout, sys.stderr):
        return
    while (number := os.open(os.devnull, os.O_RDWR)) < _STREAMS:
        pass
    os.close(number)
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w")  # noqa: PTH123, SIM115
    if sys.stdin is None:
        closed = _Closed("standard input is closed; pass a file, or pipe the dataset in")
        sys.stdin = io.TextIOWrapper(closed)
    if sys.stdout is None:
        closed = _Closed("standard output is closed; redirect it to a file or to /dev/null")
        sys.stdout = io.TextIOWrapper(closed, encoding="utf-8", write_through=True)


def require_output() -> None:
    """Make sure that a report can be printed, before the work for it is done; raises DatalintError where it can't."""
    buffer = getattr(sys.stdout, "buffer", None)
    if isinstance(buffer, _Closed):
        buffer.write(b"\n")


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
