"""Records what a command prints, for the cache of reports, and prints it again."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from typing import Any, TextIO

import click

from datalint.cache import reports


class Recorder:
    """Standard output that also records what is written to it, up to the largest cached size."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._pieces: list[str | bytes] = []
        self._size = 0
        self._whole = True

    def write(self, piece: Any) -> int:
        """Write text, or to ``buffer`` bytes."""
        with self._all_or_nothing():
            written = (self._stream if isinstance(piece, str) else self._stream.buffer).write(piece)
        self._size += len(piece)
        if self._size <= reports.MOST_BYTES:
            self._pieces.append(piece)
        else:
            self._whole = False
        return written

    def flush(self) -> None:
        """Flush the underlying stream."""
        with self._all_or_nothing():
            self._stream.flush()

    @contextlib.contextmanager
    def _all_or_nothing(self) -> Iterator[None]:
        """Mark the recording as incomplete if writing fails, as when the reader is gone."""
        try:
            yield
        except BaseException:
            self._whole = False
            raise

    @property
    def buffer(self) -> Recorder:
        """Itself, for bytes."""
        return self

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def printed(self) -> str | bytes | None:
        """Return what was written; None if that is incomplete or mixes text and bytes."""
        kinds = {type(piece) for piece in self._pieces}
        if not self._whole or len(kinds) > 1 or (sys.platform == "win32" and self._stream.isatty()):
            return None
        return b"".join(self._pieces) if kinds == {bytes} else "".join(self._pieces)  # type: ignore[arg-type]


@contextlib.contextmanager
def recording() -> Iterator[Recorder]:
    """Record standard output."""
    recorder = Recorder(sys.stdout)
    with contextlib.redirect_stdout(recorder):
        yield recorder


def replay(finished: reports.Finished) -> int:
    """Repeat the output of a run; return its exit code."""
    from datalint.cli.terminal import quiet_when_closed, write_bytes
    from datalint.cli.writing import write_atomically

    if finished.said:
        click.echo(finished.said, err=True)
    for path, data in finished.files:
        write_atomically(path, data)
    with quiet_when_closed():
        if isinstance(finished.printed, str):
            sys.stdout.write(finished.printed)
        else:
            write_bytes([finished.printed])
    return finished.code
