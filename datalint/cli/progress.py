"""Progress: on standard error, only on a terminal, only after a second, never in CI or a commit hook."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datalint.sources import Source

_PATIENCE: Final = 1.0
_EVERY: Final = 0.1


@contextlib.contextmanager
def progress(sources: Sequence[Source], *, quiet: bool) -> Iterator[Callable[[int], None] | None]:
    """Yield a function to call with the bytes read so far, or None where nobody is watching."""
    if quiet or not sys.stderr.isatty() or os.environ.get("CI") or os.environ.get("PRE_COMMIT"):
        yield None
        return
    total = sum(_size(source.path) for source in sources)
    started = time.monotonic()
    state = {"last": 0.0, "shown": 0.0}

    def advance(done: int) -> None:
        now = time.monotonic()
        if now - started < _PATIENCE or now - state["last"] < _EVERY:
            return
        state["last"], state["shown"] = now, 1.0
        share = f"{100 * done / total:3.0f} %" if total else ""
        sys.stderr.write(f"\r\x1b[2Kreading {done / 1e6:,.0f} MB {share}")
        sys.stderr.flush()

    try:
        yield advance
    finally:
        if state["shown"]:
            sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()


def _size(path: str) -> int:
    with contextlib.suppress(OSError):
        return Path(path).stat().st_size
    return 0
