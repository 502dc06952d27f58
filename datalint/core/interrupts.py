"""Ctrl-C: whatever a command does at the moment, it ends with one line and exit code 130.

Python raises KeyboardInterrupt in the main thread, between any two instructions. Where that is in an import of compiled
code, or in what the garbage collector calls, it may come out as another exception or be printed and dropped. So it is
noted that there was an interrupt, and a second one ends the process.
"""

from __future__ import annotations

import os
import signal
import sys
import time

# As typing has it, whose import would leave that much more time in which an interrupt is a traceback.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from sys import UnraisableHookArgs
    from types import FrameType
    from typing import Any, Final, NoReturn

#: The exit code of a command that was interrupted: 128 and the number of SIGINT, as a shell has it.
INTERRUPTED: Final = 130
#: Seconds in which further signals count as the first: ``timeout`` sends it to the process, and then to its group.
_TOGETHER: Final = 1.0

#: When the first signal came; None before.
_first: float | None = None


def catch_interrupts() -> None:
    """Note Ctrl-C, and end the process at the second; for a process that belongs to a command.

    A process that was started with SIGINT ignored, as shells start those in the background, goes on ignoring it.
    """
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _interrupt)
        sys.unraisablehook = _unraisable


def was_interrupted() -> bool:
    """Return whether a signal came since :func:`catch_interrupts`."""
    return _first is not None


def ignore_interrupts() -> None:
    """Ignore Ctrl-C from now on: the work is done, and what is left takes no time."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def end_interrupted() -> NoReturn:
    """Say that the command was interrupted, and end this process and its workers at once."""
    ignore_interrupts()
    os.write(2, b"interrupted\n")
    if (multiprocessing := sys.modules.get("multiprocessing")) is not None:
        for child in multiprocessing.active_children():
            child.kill()
    os._exit(INTERRUPTED)


class Deferred:
    """A context in which Ctrl-C waits, and in which a process that is started is born with it blocked.

    Else the process would print a traceback as long as it has not come to ignore it, or as the other half of what it is
    sent at its start is missing. In other threads than the main one nothing is deferred.
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


def _interrupt(number: int, frame: FrameType | None) -> None:
    global _first
    now = time.monotonic()
    if _first is None:
        _first = now
        raise KeyboardInterrupt
    if now - _first > _TOGETHER:
        end_interrupted()


def _unraisable(unraisable: UnraisableHookArgs, /) -> Any:
    """End the process where an interrupt would be printed and dropped."""
    if unraisable.exc_type is KeyboardInterrupt:
        end_interrupted()
    sys.__unraisablehook__(unraisable)
