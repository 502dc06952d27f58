"""Reading of a file in one pass: bytes are read once, in order, to find the ends of chunks, which then contain them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, Final

from datalint.core.errors import DatalintError, unreadable
from datalint.privacy.display import printable
from datalint.sources.content import Content, Region

#: Bytes before the beginning of a chunk that its end may depend on.
_BEFORE: Final = 256
#: Bytes after a chunk that are read to find its end.
_AFTER: Final = 1 << 16


@contextmanager
def one_pass(content: Content, chunk_bytes: int) -> Iterator[Content]:
    """Yield a content with the same bytes, for readers that go through it from the beginning to the end.

    Of a file, bytes that were read stay in memory until :meth:`Content.pass_over` is called with a position behind
    them, but at most twice ``chunk_bytes``. What is requested beyond that, and before the last position, is read from
    the file each time.
    """
    if not content.path:
        yield content
        return
    with content.open() as file:
        yield Window(content, file, 2 * chunk_bytes + _AFTER)


class Window(Content):
    """The content of a file of which the bytes around one position are in memory."""

    __slots__ = ("_base", "_bytes", "_file", "_most")

    def __init__(self, content: Content, file: BinaryIO, most: int) -> None:
        super().__init__(path=content.path, size=content.size)
        self._file = file
        self._most = most
        self._base = 0
        # Bytes that were read at once, as the whole of a small file is, are passed on without a copy.
        self._bytes: bytes | bytearray = b""

    def read(self, start: int, stop: int) -> bytes:
        """Return the bytes from ``start`` to ``stop``, or to the end if it comes first."""
        stop = min(stop, self.size)
        if not self._is_near(start, stop):
            return super().read(start, stop)
        self._load(stop)
        if isinstance(self._bytes, bytes):
            return self._bytes[start - self._base : stop - self._base]
        with memoryview(self._bytes) as loaded:
            return bytes(loaded[start - self._base : stop - self._base])

    def region(self, start: int, stop: int) -> Region:
        """Return a description of a range, with its bytes unless they are too many to keep."""
        stop = min(stop, self.size)
        data = self.read(start, stop) if self._is_near(start, stop) else b""
        return Region(self.path, data, start, stop)

    def pass_over(self, position: int) -> None:
        """Release the bytes before a position."""
        base = position - _BEFORE
        if base > self._base:
            if isinstance(self._bytes, bytes):
                self._bytes = bytearray(self._bytes[base - self._base :])
            else:
                del self._bytes[: base - self._base]
            self._base = base

    def _is_near(self, start: int, stop: int) -> bool:
        return start >= self._base and stop <= self._base + _BEFORE + self._most

    def _load(self, stop: int) -> None:
        end = self._base + len(self._bytes)
        if stop <= end:
            return
        try:
            if self._file.tell() != end:
                self._file.seek(end)
            data = self._file.read(stop - end)
        except OSError as error:
            raise DatalintError(unreadable(self.path, error)) from error
        if len(data) != stop - end:
            raise DatalintError(f"{printable(self.path)} changed while it was read: run again when it is complete")
        if not self._bytes:
            self._bytes = data
        else:
            if isinstance(self._bytes, bytes):
                self._bytes = bytearray(self._bytes)
            self._bytes += data
