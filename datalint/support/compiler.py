"""The numba compiler of the extra ``fast``, if it is installed and usable."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final

from datalint import __version__

#: Bytes of text from which a process uses compiled code. Half as many save the time that loading the code takes
#: (0.6 s, and 7 s to compile it the first time).
WORTH: Final = 1 << 25

_SETTINGS: Final = ".numba_config.yaml"


def compiled(
    functions: Iterable[Callable[..., Any]], called: Iterable[Callable[..., Any]]
) -> list[Callable[..., Any]] | None:
    """Return ``functions`` as numba functions, compiled or loaded when first called; ``called`` are those they call.

    Machine code is cached next to a function's file or in the user's cache folder. Returns None if numba is not
    installed or is disabled, if machine code cannot be cached, or if the working folder contains numba settings. Numba
    would read those settings, which may name a folder to load code from, and the working folder may be a checkout of
    someone else's data.
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
    # RuntimeError: machine code cannot be cached, and compiling in every process would cost as much as it saves.
    except (ImportError, RuntimeError, OSError):
        return None


def _of_this_version(function: Callable[..., Any]) -> Callable[..., Any]:
    """Rename a function so that cached machine code of another version is not used for it.

    numba decides by the file's size and modification time whether cached code is valid. Two releases may agree in both,
    and numba ignores changes to other files that the function uses.
    """
    function.__qualname__ = f"{function.__name__}_{__version__.replace('.', '_')}"
    return function
