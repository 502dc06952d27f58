"""Reader of files with one JSON value: an array of rows, an object of splits, or a single row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from datalint.records.record import FileFacts, Problem
from datalint.sources import limits
from datalint.sources.base import CHUNK_BYTES, Places, SourceChunk, fetch_by_loading
from datalint.sources.content import BLOCK, Content, Region, whole_facts
from datalint.sources.json_truth.raw_breaks import parse_leniently
from datalint.sources.opening import Opening
from datalint.sources.readers.documents.chunk import NOTHING_AFTER, DocumentChunk, bare
from datalint.sources.readers.documents.intents import Intents
from datalint.sources.readers.documents.listed_rows import InLists
from datalint.sources.readers.documents.unnamed_elements import Nameless
from datalint.sources.readers.oversized import unread
from datalint.sources.window import one_pass


@dataclass(slots=True)
class Document:
    """The elements ``content[starts[i]:stops[i]]`` of one JSON value; no comma is before one that begins at a stop.

    ``nameless`` is how they are read as rows if they are texts or lists instead of objects, the texts of intents, or
    rows with the name of their list. ``broken`` is true if the value is not closed; then the first element that is not
    JSON is the last one, as what follows may be a part of it. ``tail`` is where text after the value begins that is not
    read, or -1. ``refused`` counts rows that are in no chunk. ``split`` is the requested split, if it exists, ``part``
    the list that is read if there are others, and ``unread_lists`` are these. ``held_lists`` are all lists, if each is
    named after an evaluation set, or the key of a canary. ``unread_values`` are the keys of other values next to the
    lists that a user might miss.
    """

    path: str
    content: Content
    original: Content
    starts: Places
    stops: Places
    container: str = "json-array"
    problems: tuple[Problem, ...] = ()
    refused: int = 0
    broken: bool = False
    chunk_bytes: int = CHUNK_BYTES
    split: str | None = None
    part: str = ""
    held_lists: str = ""
    unread_lists: tuple[str, ...] = ()
    unread_values: tuple[str, ...] = ()
    nameless: Nameless | Intents | InLists | None = None
    tail: int = -1
    _facts: FileFacts | None = field(default=None, repr=False)

    @classmethod
    def of(
        cls,
        opening: Opening,
        starts: Places,
        stops: Places,
        problems: Sequence[Problem],
        container: str = "json-array",
        *,
        refused: int = 0,
        broken: bool = False,
        nameless: Nameless | Intents | InLists | None = None,
    ) -> Document:
        """Return the document of a file that is being opened."""
        return cls(
            opening.path,
            opening.content,
            opening.original,
            starts,
            stops,
            container=container,
            problems=tuple(problems),
            refused=refused,
            broken=broken,
            chunk_bytes=opening.chunk_bytes,
            nameless=nameless,
        )

    def chunks(self, file: int) -> Iterator[SourceChunk]:
        """Yield ranges that together cover the file; one that is not rows is not loaded with any, if it is large."""
        with one_pass(self.content, self.chunk_bytes) as content:
            yield from self._chunks(file, content)

    def _chunks(self, file: int, content: Content) -> Iterator[SourceChunk]:
        begin, first, count = 0, 0, len(self.starts)
        of = (file, self.path, self.container)
        size = min(int(self.stops[-1]) + 1, content.size) if self.broken and count else content.size
        large = np.flatnonzero(self.stops - self.starts > limits.MOST_ROW).tolist()
        while begin < size:
            begins = int(self.starts[first]) if first < count else size
            if begins - begin > self._most_between():
                yield from unread(content, begin, begins, of, chunk_bytes=self.chunk_bytes)
                content.pass_over(begins)
                begin = begins
                continue
            if large and large[0] == first and begin == begins:
                first += 1
                end = self._end(first, size)
                message = limits.too_large(int(self.stops[large.pop(0)]) - begin)
                if self.broken and first == count:
                    message += NOTHING_AFTER
                refused = Problem("oversized-line", message)
                yield from unread(content, begin, end, of, refused=refused, chunk_bytes=self.chunk_bytes)
                content.pass_over(end)
                begin = end
                continue
            after = int(np.searchsorted(self.starts, begin + self.chunk_bytes, side="right"))
            after = min(max(after, first + 1), count, *large[:1])
            end = begins if after == first else self._end(after, size)
            after = after if end < size else count  # the last element may be empty
            yield self._chunk(file, content.region(begin, end), first, after, broken=self.broken and after == count)
            content.pass_over(end)
            begin, first = end, after
        yield from unread(content, size, content.size, of, chunk_bytes=self.chunk_bytes)

    def _most_between(self) -> int:
        """Return the maximum number of bytes between two rows that are loaded with them."""
        return max(self.chunk_bytes, BLOCK)

    def _end(self, after: int, size: int) -> int:
        """Return where the next element begins after ``after`` of them, or this one ends if that is far away."""
        end = int(self.starts[after]) if after < len(self.starts) else size
        stop = int(self.stops[after - 1])
        return stop if end - stop > self._most_between() else end

    def _chunk(self, file: int, region: Region, first: int, after: int, *, broken: bool) -> DocumentChunk:
        nameless = self.nameless
        if isinstance(nameless, Intents | InLists):
            nameless = nameless.within(region.start, region.stop)
        return DocumentChunk(
            file,
            self.path,
            self.container,
            region,
            self.starts[first:after] - region.start,
            self.stops[first:after] - region.start,
            last=region.stop == self.content.size,
            final=after == len(self.starts),
            broken=broken,
            nameless=nameless,
            follows=bool(first) and int(self.starts[first]) == int(self.stops[first - 1]),
        )

    def facts(self) -> FileFacts:
        """Return size, hash and the problems of the whole file."""
        if self._facts is None:
            self._facts = whole_facts(self.path, self.container, [self.original], self.problems, self.refused)
            self._facts.part = self.part
            self._facts.held_lists = self.held_lists
            self._facts.is_grouped = _writes_values_once(self.nameless)
        return self._facts

    def fetch(self, rows: Sequence[int], offsets: Sequence[int] | None = None) -> list[dict[str, Any]]:
        """Read records again; if offsets are given, only their elements are read."""
        if offsets is None:
            return fetch_by_loading(self, rows)
        indices = np.searchsorted(self.starts, np.asarray(offsets, np.int64)).tolist()
        spans = [(int(self.starts[i]), int(self.stops[i])) for i in indices]
        pieces = ((bare(self.content.read(start, stop)), start) for start, stop in spans)
        return [parse_leniently(self.row_of(piece, start)).value for piece, start in pieces]

    def row_of(self, element: bytes, start: int) -> bytes:
        """Return the JSON object that the element that begins at ``start`` is read as."""
        return element if self.nameless is None else self.nameless.row(element, start)


def _writes_values_once(layout: Nameless | Intents | InLists | None) -> bool:
    """Return whether a value is written once for a list of rows: the rest of an intent, or the name of a list."""
    return isinstance(layout, Intents) or (isinstance(layout, InLists) and bool(layout.key))
