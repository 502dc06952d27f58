"""The numba compiler of the extra ``fast``, if it is installed and usable."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final

from datalint import __version__

#: Bytes of text that a process must have to read for compiled code to pay: half as many save what it takes to load it
#: (0.6 s, and once 7 s to compile it).
WORTH: Final = 1 << 25

_SETTINGS: Final = ".numba_config.yaml"


def compiled(
    functions: Iterable[Callable[..., Any]], called: Iterable[Callable[..., Any]]
) -> list[Callable[..., Any]] | None:
    """Return ``functions`` as lazily compiled or loaded functions; ``called`` are those that they call.

    Machine code is kept beside a function's file or in the user's cache. None where numba is not installed or is
    switched off, where there is no place to keep machine code, and where the working folder holds settings of numba's,
    which it would read: they may name a place to load code from, and the folder may be a checkout of somebody else's
    data.
    """
    if Path(_SETTINGS).exists():
        return None
    try:
        from numba import config, njit
        from numba.extending import register_jitable

        if config.DISABLE_JIT:  # type: ignore[attr-defined]
            return None
        for each in called:
            register_jitable(each)
        compiler = njit(cache=True, nogil=True)
        return [compiler(_of_this_version(each)) for each in functions]
    # RuntimeError: there is no place to keep machine code, and compiling in every process would cost what it saves.
    except (ImportError, RuntimeError, OSError):
        return None


def _of_this_version(function: Callable[..., Any]) -> Callable[..., Any]:
    """Rename a function so that cached machine code of another version is not used for it.

    numba tells by the file's size and time whether code is still good; those of two releases may be the same, and what
    a function calls or takes from other files counts for nothing.
    """
    function.__qualname__ = f"{function.__name__}_{__version__.replace('.', '_')}"
    return function
