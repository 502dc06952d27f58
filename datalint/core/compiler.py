"""The compiler of the extra ``fast``, where there is one that may be used."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final

_SETTINGS: Final = ".numba_config.yaml"


def compiler(parts: Iterable[Callable[..., Any]]) -> Callable[[Callable[..., Any]], Callable[..., Any]] | None:
    """Return what compiles a function, or loads what was compiled; ``parts`` are what such functions call.

    Machine code is kept beside the function's file or in the user's cache. None where numba is not installed or is
    switched off, or where the working folder holds settings of numba's, which it would read: they may name a place to
    load code from, and the folder may be a checkout of somebody else's data.
    """
    if Path(_SETTINGS).exists():
        return None
    try:
        from numba import config, njit
        from numba.extending import register_jitable
    # OSError: a library that it loads is not there.
    except (ImportError, OSError):
        return None
    if config.DISABLE_JIT:  # type: ignore[attr-defined]
        return None
    for part in parts:
        register_jitable(part)
    made: Callable[[Callable[..., Any]], Callable[..., Any]] = njit(cache=True, nogil=True)
    return made
