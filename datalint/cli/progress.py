"""Progress: on standard error, only on a terminal, only after a second, never in CI or a commit hook."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datalint.sources import Source

_PATIENCE: Final = 1.0
_EVERY: Final = 0.1


class StageLine:
    """The line that says how far a run is: the bytes that were read, then the stage."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._started = time.monotonic()
        self._last = 0.0

    def __call__(self, done: int) -> None:
        """Show how many bytes were read so far."""
        if time.monotonic() - self._last >= _EVERY:
            share = f" {100 * done / self._total:3.0f} %" if self._total else ""
            self.stage(f"reading {done / 1e6:,.0f} MB{share}")

    def stage(self, words: str) -> None:
        """Show what the run does now."""
        now = time.monotonic()
        if now - self._started >= _PATIENCE:
            self._last = now
            self._write(words)

    def end(self) -> None:
        """Remove the line."""
        if self._last:
            self._write("")

    @staticmethod
    def _write(words: str) -> None:
        sys.stderr.write(f"\r\x1b[2K{words}")
        sys.stderr.flush()


@contextlib.contextmanager
def progress(sources: Sequence[Source], *, quiet: bool) -> Iterator[StageLine | None]:
    """Yield what to call with the bytes read so far, or None where nobody is watching."""
    if quiet or not sys.stderr.isatty() or os.environ.get("CI") or os.environ.get("PRE_COMMIT"):
        yield None
        return
    shown = StageLine(sum(_size(source.path) for source in sources))
    try:
        yield shown
    finally:
        shown.end()


def _size(path: str) -> int:
    with contextlib.suppress(OSError):
        return Path(path).stat().st_size
    return 0
