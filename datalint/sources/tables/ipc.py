"""Read the messages of an Arrow IPC file or stream: row counts, and the decompressed size of buffers.

Arrow allocates the size given by the first eight bytes of a compressed buffer, and pyarrow has no function that returns
it beforehand. The format is described in https://arrow.apache.org/docs/format/Columnar.html: FlatBuffers tables, of
which a few fields are read here. pyarrow verifies the same bytes before it uses them.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

from datalint.sources.content import Content
from datalint.support.named_tuple import NamedTuple

MAGIC: Final = b"ARROW1"
_CONTINUATION: Final = 0xFFFFFFFF
_DICTIONARY, _BATCH = 2, 3
#: The maximum number of bytes of a message's metadata, or of a footer; a column takes about forty bytes in a message.
_LARGEST: Final = 256 << 20
_UNCOMPRESSED: Final = -1


class BadMessageError(ValueError):
    """A message that violates the format."""


class IpcMessage(NamedTuple):
    """A record batch (``is_batch``) or a dictionary: its rows, stored bytes, and the bytes that Arrow allocates."""

    is_batch: bool
    rows: int
    stored: int
    allocated: int


def ipc_messages(content: Content) -> tuple[list[IpcMessage], bool]:
    """Return the record batches and dictionaries, and whether a stream ends in the middle of the next message.

    Raises:
        BadMessageError: if the bytes violate the format.
    """
    if content.read(0, len(MAGIC)) == MAGIC:
        blocks = _blocks(content)
        return [_message(content, start, _metadata(content, start, size), size) for start, size in blocks], False
    return _stream(content)


def _stream(content: Content) -> tuple[list[IpcMessage], bool]:
    found: list[IpcMessage] = []
    start = 0
    while start < content.size:
        head = content.read(start, start + 8).ljust(8, b"\0")
        marked = _int(head, 0, "<I") == _CONTINUATION
        size = _int(head, 4 if marked else 0, "<i")
        if size <= 0:
            return found, start + (8 if marked else 4) > content.size
        size += 8 if marked else 4
        if start + size > content.size:
            return found, True
        message = _metadata(content, start, size)
        if message.number(1, "<B") in (_DICTIONARY, _BATCH):
            found.append(_message(content, start, message, size))
        start += size + max(0, message.number(3, "<q"))
    return found, False


def _blocks(content: Content) -> Iterator[tuple[int, int]]:
    """Yield the start of each message that the footer of a file lists, and the size of its metadata."""
    end = content.size - 10  # before the size of the footer and the magic bytes
    size = _int(content.read(max(0, end), content.size), 0, "<i")
    if not 0 < size <= min(end, _LARGEST):
        raise BadMessageError("the footer has no size")
    footer = _root(content.read(end - size, end))
    for field in (2, 3):
        for start, metadata, _ in footer.structs(field, "<qi4xq"):
            yield start, metadata


def _metadata(content: Content, start: int, size: int) -> _Table:
    if start < 0 or not 0 < size <= min(content.size, _LARGEST):
        raise BadMessageError("a message has no size")
    data = content.read(start, start + size)
    return _root(data[8 if _int(data, 0, "<I") == _CONTINUATION else 4 :])


def _message(content: Content, start: int, message: _Table, size: int) -> IpcMessage:
    is_batch = message.number(1, "<B") == _BATCH
    batch = message.table(2)
    if batch is not None and not is_batch:
        batch = batch.table(1)
    if batch is None:
        raise BadMessageError("a message has no content")
    rows = max(0, batch.number(0, "<q"))
    if batch.table(3) is None:
        return IpcMessage(is_batch, rows, 0, 0)
    body = start + size
    stored = allocated = 0
    for offset, length in batch.structs(2, "<qq"):
        if length >= 8:
            unpacked = _int(content.read(body + offset, body + offset + 8), 0, "<q")
            stored += length
            allocated += length if unpacked == _UNCOMPRESSED else max(0, unpacked)
    return IpcMessage(is_batch, rows, stored, allocated)


class _Table(NamedTuple):
    """A FlatBuffers table at a position in ``data``; its fields are numbered."""

    data: bytes
    place: int

    def _field(self, number: int) -> int:
        """Return the position of a field, 0 if the table lacks it."""
        vtable = self.place - _int(self.data, self.place, "<i")
        entry = 4 + 2 * number
        offset = _int(self.data, vtable + entry, "<H") if entry < _int(self.data, vtable, "<H") else 0
        return self.place + offset if offset else 0

    def number(self, number: int, layout: str) -> int:
        """Return the number in a field, 0 if the table lacks it."""
        place = self._field(number)
        return _int(self.data, place, layout) if place else 0

    def table(self, number: int) -> _Table | None:
        """Return the table in a field, None if the table lacks it."""
        place = self._field(number)
        return _Table(self.data, place + _int(self.data, place, "<I")) if place else None

    def structs(self, number: int, layout: str) -> Iterator[tuple[int, ...]]:
        """Yield the items of a vector of structs."""
        place = self._field(number)
        if not place:
            return iter(())
        start = place + _int(self.data, place, "<I")
        size = struct.calcsize(layout) * _int(self.data, start, "<I")
        found = self.data[start + 4 : start + 4 + size]
        if len(found) != size:
            raise BadMessageError("a list ends after its message")
        return struct.iter_unpack(layout, found)


def _root(data: bytes) -> _Table:
    return _Table(data, _int(data, 0, "<I"))


def _int(data: bytes, place: int, layout: str) -> int:
    if place < 0:
        raise BadMessageError("a place lies before its message")
    try:
        return int(struct.unpack_from(layout, data, place)[0])
    except struct.error as error:
        raise BadMessageError("a place lies after its message") from error
