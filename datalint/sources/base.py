"""What every source agrees on: the protocols, the shape of a chunk's result, and the constants."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field
from typing import Any, Final, Protocol

import numpy as np
import numpy.typing as npt

from datalint.records.record import FileFacts, Raw
from datalint.support.classes import mutable

#: Bytes of text that one chunk holds, give or take its last line.
CHUNK_BYTES: Final = 8 << 20
#: What the address of a dataset on the Hugging Face hub begins with.
HUB: Final = "hf://"
#: Rows that one chunk of a table or an in-memory list holds.
CHUNK_ROWS: Final = 8192
#: A line longer than this, in bytes, is noted in ``FileFacts.long_lines``.
LONG_LINE: Final = 16 << 20
#: Problems kept of one rule in one file; ``rows_refused`` counts on beyond it.
MAX_PROBLEMS: Final = 10_000
#: Containers without physical lines: ``line`` is the 1-based ordinal of the row.
ROW_CONTAINERS: Final = frozenset({"parquet", "arrow", "dataset", "hub", "dataframe", "records"})
#: Rules that speak of a record which was kept; everything else is the file's.
RECORD_RULES: Final = frozenset(
    {"duplicate-key", "nan-literal", "lone-surrogate", "integer-overflow", "excessive-nesting"}
)

Places = npt.NDArray[np.int64]
NO_PLACES: Final[Places] = np.empty(0, np.int64)


@mutable
class Located(Raw):
    """A chunk's result with where each record can be read again.

    ``offsets[i]`` is what :meth:`Source.fetch` takes for ``records[i]``: absolute in the file, a byte offset
    of the decoded bytes in JSON and text, an ordinal elsewhere.
    """

    offsets: Places = field(default_factory=lambda: NO_PLACES)


class Chunk(Protocol):
    """A picklable, self-contained description of a piece of work."""

    @property
    def file(self) -> int:
        """Index of the file in the run."""

    def load(self) -> Located:
        """Read and parse; lines are relative to the chunk, its first line is 1."""


class Source(Protocol):
    """One file, table or list of rows."""

    @property
    def path(self) -> str:
        """The name that is shown to the user."""

    @property
    def container(self) -> str:
        """jsonl, json-array, json-object, csv, tsv, text, or one of :data:`ROW_CONTAINERS`."""

    def chunks(self, file: int) -> Iterator[Chunk]:
        """Yield the pieces in order; together they cover the file once."""

    def facts(self) -> FileFacts:
        """Return what no chunk knows: size, SHA-256 of the bytes, whole-file problems. Lines are absolute."""

    def fetch(self, rows: Sequence[int], offsets: Sequence[int] | None = None) -> list[dict[str, Any]]:
        """Return the records at ``rows`` (0-based ordinals in this file) again, in that order.

        With ``offsets``, the :class:`Located` offsets of the same rows, plain text is read at those places
        alone; without them the file is read up to the last row asked for.
        """


def has_lines(container: str) -> bool:
    """Whether line numbers of ``container`` are physical lines rather than ordinals of rows."""
    return container not in ROW_CONTAINERS


def fetch_by_loading(source: Source, rows: Sequence[int]) -> list[dict[str, Any]]:
    """Return the records at ``rows`` by loading chunks in order until the last one is reached."""
    wanted = set(rows)
    found: dict[int, dict[str, Any]] = {}
    before = 0
    for chunk in source.chunks(0):
        if len(found) == len(wanted):
            break
        records = chunk.load().records
        found.update((row, records[row - before]) for row in wanted if before <= row < before + len(records))
        before += len(records)
    return [found[row] for row in rows]
