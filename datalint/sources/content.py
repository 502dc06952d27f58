"""Random access to the bytes of an input: a file on disk, or memory that spills to a temporary file."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import weakref
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO, Final

from datalint.core.errors import DatalintError, unreadable
from datalint.core.files import open_regular
from datalint.privacy.display import printable
from datalint.records.record import FileFacts, Problem
from datalint.sources.temporary import remove, temporary, with_room
from datalint.support.named_tuple import NamedTuple

BLOCK: Final = 1 << 20
#: Decoded bytes beyond this are stored in a temporary file instead of memory.
SPILL: Final = 64 << 20
#: The maximum number of bytes that are read from a stream.
MOST_STREAMED: Final = 16 << 30


class Region(NamedTuple):
    """A picklable range of bytes of the file at ``path``, which is empty for bytes in memory.

    ``data`` are the bytes; of a file, they may be missing, and are read then.
    """

    path: str
    data: bytes
    start: int
    stop: int

    def read(self) -> bytes:
        """Return the bytes; raises DatalintError if the file was truncated or deleted."""
        if self.data or not self.path:
            return self.data
        try:
            with open_regular(self.path) as file:
                file.seek(self.start)
                data = file.read(self.stop - self.start)
        except OSError as error:
            raise DatalintError(unreadable(self.path, error)) from error
        if len(data) != self.stop - self.start:
            raise DatalintError(f"{self.path} changed while it was read: run again when it is complete")
        return data


class Content:
    """The decoded bytes of one input.

    ``sha256`` is the hash of the bytes, in hexadecimal, if it was computed while they were mapped.
    """

    __slots__ = ("__weakref__", "_data", "_head", "_state", "path", "sha256", "size")

    def __init__(
        self, data: bytes = b"", *, path: str = "", size: int = 0, state: tuple[int, ...] | None = None
    ) -> None:
        self.path = path
        self._state = state
        self._data = data
        self._head = b""
        self.sha256 = ""
        self.size = size if path else len(data)

    @property
    def version(self) -> tuple[object, ...] | None:
        """What is different for each file and after each change of it; None for bytes that are in no file."""
        return None if self._state is None else (os.path.realpath(self.path), *self._state)

    def region(self, start: int, stop: int) -> Region:
        """Return a picklable description of the bytes from ``start`` to ``stop``."""
        stop = min(stop, self.size)
        return Region(self.path, b"" if self.path else self._data[start:stop], start, stop)

    def read(self, start: int, stop: int) -> bytes:
        """Return the bytes from ``start`` to ``stop``, or to the end if it comes first."""
        stop = min(stop, self.size)
        return self._head[start:stop] if stop <= len(self._head) else self.region(start, stop).read()

    @contextlib.contextmanager
    def with_head(self, size: int) -> Iterator[bytes]:
        """Keep the first ``size`` bytes in memory while the context lasts, so that reading them again opens no file."""
        self._head = self.read(0, size)
        try:
            yield self._head
        finally:
            self._head = b""

    def pass_over(self, position: int) -> None:
        """Release bytes before a position, which will not be read again."""

    def refuse_changed(self) -> None:
        """Check that the file is still the one that was opened.

        Raises:
            DatalintError: if it has another size or time of change, or is gone.
        """
        if self._state is None:
            return
        try:
            state = _state_of(os.stat(self.path))  # noqa: PTH116 - as much as is needed, for many files
        except OSError as error:
            raise DatalintError(unreadable(self.path, error)) from error
        if state != self._state:
            raise DatalintError(f"{printable(self.path)} changed while it was read: run again when it is complete")

    def open(self) -> BinaryIO:
        """Return the bytes as a file object; raises DatalintError if the file was deleted."""
        if not self.path:
            return io.BytesIO(self._data)
        try:
            return open_regular(self.path)
        except OSError as error:
            raise DatalintError(unreadable(self.path, error)) from error

    def blocks(self, start: int = 0, size: int = BLOCK) -> Iterator[bytes]:
        """Yield the bytes from ``start`` on, ``size`` at a time."""
        while start < self.size:
            yield self.read(start, start + size)
            start += size

    def lines_from(self, start: int) -> Iterator[bytes]:
        """Yield the lines from ``start`` on, without their newlines."""
        begun: list[bytes] = []
        for block in self.blocks(start, 1 << 16):
            *lines, rest = block.split(b"\n")
            if lines:
                lines[0] = b"".join(begun) + lines[0]
                begun.clear()
                yield from lines
            begun.append(rest)
        if any(begun):
            yield b"".join(begun)


def of_file(path: str) -> Content:
    """Return the content of a regular file; raises DatalintError if it is not a regular file or cannot be read."""
    try:
        with open_regular(path) as file:
            state = os.fstat(file.fileno())
            return Content(path=path, size=state.st_size, state=_state_of(state))
    except OSError as error:
        raise DatalintError(unreadable(path, error)) from error


def _state_of(state: os.stat_result) -> tuple[int, ...]:
    return state.st_size, state.st_mtime_ns, state.st_ino


def spooled(blocks: Iterable[bytes], limit: int | None = None) -> Content:
    """Collect ``blocks`` into one content, in memory up to ``limit`` bytes and otherwise in a temporary file.

    The file is deleted when the content is garbage collected, at the latest when the process ends. On Linux it never
    has a name, so that a killed process leaves nothing behind.
    """
    limit = SPILL if limit is None else limit
    buffered: list[bytes] = []
    total = 0
    blocks = iter(blocks)
    for block in blocks:
        buffered.append(block)
        total += len(block)
        if total > limit:
            return _spilled(buffered, blocks)
    return Content(b"".join(buffered))


def _spilled(buffered: list[bytes], rest: Iterable[bytes]) -> Content:
    file, path = temporary()
    try:
        file.writelines(with_room(buffered))
        buffered.clear()
        file.writelines(with_room(rest))
        file.flush()
        content = Content(path=path, size=file.tell())
    except BaseException:
        remove(file, path)
        raise
    weakref.finalize(content, remove, file, path)
    return content


def stream_blocks(stream: BinaryIO, name: str, most: int = MOST_STREAMED) -> Iterator[bytes]:
    """Yield the rest of a stream that cannot seek; raises DatalintError if that is more than ``most`` bytes."""
    total = 0
    while block := stream.read(BLOCK):
        total += len(block)
        if total > most:
            raise DatalintError(f"{name} has more than {most >> 20:,} MiB: save it as a file, and check that")
        yield block


def whole_facts(
    path: str, container: str, originals: Sequence[Content], problems: Iterable[Problem], refused: int = 0
) -> FileFacts:
    """Return the facts about an entire file; ``originals`` are its stored bytes, empty for rows without a file."""
    size, sha256 = digest(originals) if originals else (0, "")
    return FileFacts(path, container, size=size, sha256=sha256, rows_refused=refused, problems=list(problems))


def digest(contents: Iterable[Content]) -> tuple[int, str]:
    """Return the total size and the SHA-256 of the concatenated ``contents``."""
    contents = list(contents)
    if len(contents) == 1 and contents[0].sha256:
        return contents[0].size, contents[0].sha256
    total = 0
    state = hashlib.sha256()
    for content in contents:
        total += content.size
        for block in content.blocks():
            state.update(block)
    return total, state.hexdigest()
