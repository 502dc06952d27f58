"""Handling of Ctrl-C: the process prints one line and exits with code 130, whatever it is doing.

Python would raise KeyboardInterrupt between any two instructions. During the import of an extension module, or in a
callback from such a module or the garbage collector, it is printed and ignored, or turns into another exception.
Therefore the signal handler ends the process; code that must not be interrupted runs in :class:`Deferred`.
"""

from __future__ import annotations

import os
import signal
import sys

# Defined here because importing typing would lengthen the time during which an interrupt prints a traceback.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType
    from typing import Any, Final, NoReturn

#: The exit code of an interrupted command, as in a shell: 128 plus the number of SIGINT.
INTERRUPTED: Final = 130

#: Paths of temporary files to delete.
temporary_files: Final[set[str]] = set()


def catch_interrupts() -> None:
    """Install the handler that ends this process on Ctrl-C.

    A process that was started with SIGINT ignored, as background jobs of a shell are, continues to ignore it.
    """
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _end)


def ignore_interrupts() -> None:
    """Ignore Ctrl-C from now on, while a finished process exits."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def end_interrupted() -> NoReturn:
    """Print that the command was interrupted, and end this process and its workers immediately."""
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
    """A context manager that defers Ctrl-C; processes started in it begin with the signal blocked.

    Use it for short operations, such as renaming a file or starting a process: a worker that is interrupted before it
    has its task, or before it ignores the signal, would print a traceback. Only the main thread defers the signal.
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
