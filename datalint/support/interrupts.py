"""Ctrl-C: the process ends with one line and exit code 130, whatever it is doing.

Python would raise KeyboardInterrupt between any two instructions. Where that is in an import of compiled code, or in
what such code or the garbage collector calls, it is printed and dropped, or comes out as another exception. So the
process ends in the handler of the signal; what must be finished first is done in :class:`Deferred`.
"""

from __future__ import annotations

import os
import signal
import sys

# As typing has it, whose import would leave that much more time in which an interrupt is a traceback.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType
    from typing import Any, Final, NoReturn

#: The exit code of a command that was interrupted: 128 and the number of SIGINT, as a shell has it.
INTERRUPTED: Final = 130

#: Paths of temporary files to delete.
temporary_files: Final[set[str]] = set()


def catch_interrupts() -> None:
    """Make Ctrl-C end this process.

    A process that was started with SIGINT ignored, as shells start those in the background, goes on ignoring it.
    """
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _end)


def ignore_interrupts() -> None:
    """Ignore Ctrl-C from now on, while a finished process exits."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def end_interrupted() -> NoReturn:
    """Print that the command was interrupted, and end this process and its workers at once."""
    ignore_interrupts()
    os.write(2, b"interrupted\n")
    if (multiprocessing := sys.modules.get("multiprocessing")) is not None:
        for child in multiprocessing.active_children():
            child.kill()
    for path in temporary_files:
        try:
            os.unlink(path)  # noqa: PTH108 - pathlib may be half imported
        except OSError:
            continue
    os._exit(INTERRUPTED)


class Deferred:
    """A context that defers Ctrl-C; processes started in it begin with the signal blocked.

    It is for what takes no time: a file is moved to its place, a process is started. A process that is not told what to
    do, or has not come to ignore the signal, would print a traceback. In other threads than the main one nothing is
    deferred.
    """

    def __init__(self) -> None:
        self._came = False
        self._before: Any = None
        self._mask: Any = None

    def __enter__(self) -> None:
        try:
            self._before = signal.signal(signal.SIGINT, self._note)
        except ValueError:  # not the main thread
            return
        if hasattr(signal, "pthread_sigmask"):
            self._mask = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT,))

    def __exit__(self, *_: object) -> None:
        if self._mask is not None:
            signal.pthread_sigmask(signal.SIG_SETMASK, self._mask)
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)
        if self._came:
            signal.raise_signal(signal.SIGINT)

    def _note(self, number: int, frame: FrameType | None) -> None:
        self._came = True


def _end(number: int, frame: FrameType | None) -> None:
    end_interrupted()
