"""SHA-256 of files, computed from the bytes in their chunks, so that no file is read twice."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from queue import Queue
from threading import Thread
from typing import TYPE_CHECKING, Any, Final

from datalint.core.errors import DatalintError
from datalint.records.record import FileFacts
from datalint.sources.content import BLOCK, Content
from datalint.support.prefetch import in_background

if TYPE_CHECKING:
    from datalint.sources.base import Source, SourceChunk

#: Maximum number of chunks that wait to be hashed: hashing takes a tenth of the time of mapping.
_WAITING: Final = 3
#: Bytes of a file that is hashed at once, as passing it to another thread takes longer.
_SMALL: Final = 1 << 16


class Hashing:
    """Hashes the files of a run, in the order of their chunks, in background threads.

    A context manager: at its end, every file whose chunks were watched has its hash, except one that cannot be read;
    :meth:`facts` then raises the error. After an exception, waiting chunks are dropped.
    """

    def __init__(self, sources: Sequence[Source]) -> None:
        self._sources = sources
        self._contents = list(map(_content_of, sources))
        self._queue: Queue[tuple[Content, int, bytes] | None] = Queue(_WAITING)
        self._thread: Thread | None = None
        self._is_over = False
        # The map half can spare a core for some time better than the later stages.
        self._others = in_background(self._facts_of_others, is_long=None in self._contents)

    def __enter__(self) -> Hashing:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        self._is_over = kind is not None
        if self._thread is not None:
            self._queue.put(None)
            self._thread.join()

    def watch(self, chunks: Iterable[tuple[str, SourceChunk]]) -> Iterator[tuple[str, SourceChunk]]:
        """Yield chunks, with the names of their files, and hash their bytes."""
        for name, chunk in chunks:
            content = self._contents[chunk.file]
            region: Any = getattr(chunk, "region", None)
            if content is not None and region is not None and region.data and not content.sha256:
                self._add(content, region.start, region.data)
            yield name, chunk

    def facts(self) -> list[FileFacts]:
        """Return the facts of every source."""
        known = self._others.result()
        return [facts or source.facts() for source, facts in zip(self._sources, known, strict=True)]

    def _facts_of_others(self) -> list[FileFacts | None]:
        """Return the facts of sources whose chunks do not have the bytes of a file."""
        pairs = zip(self._sources, self._contents, strict=True)
        return [source.facts() if content is None else None for source, content in pairs]

    def _add(self, content: Content, start: int, data: bytes) -> None:
        if len(data) == content.size <= _SMALL:
            content.sha256 = hashlib.sha256(data).hexdigest()
            return
        if self._thread is None:
            self._thread = Thread(target=self._run, daemon=True)
            self._thread.start()
        self._queue.put((content, start, data))

    def _run(self) -> None:
        """Hash until None comes."""
        current: _Current | None = None
        while True:
            piece = self._queue.get()
            if current is not None and (piece is None or piece[0] is not current.content) and not self._is_over:
                current.finish()
            if piece is None:
                return
            content, start, data = piece
            if current is None or current.content is not content:
                current = _Current(content)
            if not self._is_over:
                current.add(start, data)


class _Current:
    """The hash of the first ``position`` bytes of a file."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self._state = hashlib.sha256()
        self._position = 0

    def add(self, start: int, data: bytes) -> None:
        self._read_up_to(start)
        if self._position == start:
            self._state.update(data)
            self._position += len(data)

    def finish(self) -> None:
        self._read_up_to(self.content.size)
        if self._position == self.content.size:
            self.content.sha256 = self._state.hexdigest()

    def _read_up_to(self, stop: int) -> None:
        """Hash bytes that no chunk had."""
        with contextlib.suppress(DatalintError):
            while self._position < stop:
                block = self.content.read(self._position, min(self._position + BLOCK, stop))
                self._state.update(block)
                self._position += len(block)


def _content_of(source: Source) -> Content | None:
    """Return the file whose bytes the chunks of a source have; None for tables, decoded input and memory."""
    content = getattr(source, "content", None)
    if content is None or not content.path or not hasattr(source, "chunk_bytes"):
        return None
    return content if content is getattr(source, "original", None) else None
