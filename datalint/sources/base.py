"""Protocols, results and constants that all sources share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from typing import Any, Final, Protocol

import numpy as np
import numpy.typing as npt

from datalint.records.record import FileFacts, Raw
from datalint.support.classes import mutable

#: Bytes of text per chunk, except that a chunk contains its last line completely.
CHUNK_BYTES: Final = 8 << 20
#: The prefix of the address of a dataset on the Hugging Face Hub.
HUB: Final = "hf://"
#: Rows per chunk of a table or an in-memory list.
CHUNK_ROWS: Final = 8192
#: A line longer than this, in bytes, is listed in ``FileFacts.long_lines``.
LONG_LINE: Final = 16 << 20
#: The maximum number of problems of one rule that are stored per file; ``rows_refused`` counts all.
MAX_PROBLEMS: Final = 10_000
#: The container whose rows are the lines of a text.
LINES_OF_TEXT: Final = "text"
#: The container of the lines of two texts or more, each of which is a part of the row.
PARALLEL: Final = "parallel-text"
#: Containers of sentences that are built from rows of one token each: with physical lines, and without.
TOKEN_LINES: Final = "token-lines"
TOKEN_ROWS: Final = "token-rows"
#: Containers with row numbers that a user sees, as in a sheet: there, ``line`` is the number of the row.
NUMBERED_CONTAINERS: Final = frozenset({"xlsx", TOKEN_ROWS})
#: Containers without physical lines: ``line`` is the 1-based ordinal of the row, if they are not numbered.
ROW_CONTAINERS: Final = frozenset(
    {"parquet", "arrow", "dataset", "hub", "dataframe", "records", "json-columns", *NUMBERED_CONTAINERS}
)
#: Rules with problems about a record that was read; the problems of all other rules belong to the file.
RECORD_RULES: Final = frozenset(
    {"duplicate-key", "nan-literal", "lone-surrogate", "integer-overflow", "excessive-nesting"}
)

Places = npt.NDArray[np.int64]
NO_PLACES: Final[Places] = np.empty(0, np.int64)


@mutable
class Located(Raw):
    """The result of a chunk, with the offset at which each record can be read again.

    ``offsets[i]`` is the argument of :meth:`Source.fetch` for ``records[i]``: the byte offset in the decoded file for
    JSON and text, the row number in the file for other formats. ``files`` are the number of records and the facts of
    each file if the chunk is of several; ``facts`` are then those of the first.
    """

    offsets: Places = field(default_factory=lambda: NO_PLACES)
    files: Sequence[tuple[int, FileFacts]] = ()


class SourceChunk(Protocol):
    """A picklable, self-contained description of a part of a source, which any process can load."""

    @property
    def file(self) -> int:
        """The index of the file in the run."""

    def load(self) -> Located:
        """Read and parse the chunk; line numbers are relative to the chunk, starting at 1."""


class Source(Protocol):
    """One file, table or list of rows."""

    @property
    def path(self) -> str:
        """The name shown to the user."""

    @property
    def container(self) -> str:
        """jsonl, json-array, json-object, csv, tsv, text, or one of :data:`ROW_CONTAINERS`."""

    def chunks(self, file: int) -> Iterator[SourceChunk]:
        """Yield the chunks in order; together they cover the file exactly once."""

    def facts(self) -> FileFacts:
        """Return the facts that no chunk has: size, SHA-256 of the bytes, problems of the file. Lines are absolute."""

    def fetch(self, rows: Sequence[int], offsets: Sequence[int] | None = None) -> list[dict[str, Any]]:
        """Read the records at ``rows`` (0-based row numbers in this file) again, in that order.

        With ``offsets``, the :class:`Located` offsets of these rows, plain text is read only at these offsets; without
        them, the file is read up to the last requested row.
        """


def refuse_changed(sources: Iterable[Source]) -> None:
    """Check that no file of the sources has changed since it was opened.

    Raises:
        DatalintError: for the first one that has.
    """
    for source in sources:
        original = getattr(source, "original", None)
        for content in (*(() if original is None else (original,)), *getattr(source, "originals", ())):
            content.refuse_changed()


def has_lines(container: str) -> bool:
    """Return whether line numbers of ``container`` are physical lines rather than row numbers."""
    return container not in ROW_CONTAINERS


def has_numbers(container: str) -> bool:
    """Return whether lines of ``container`` are row numbers, which findings show as rows."""
    return container in NUMBERED_CONTAINERS


def is_padded(container: str) -> bool:
    """Return whether blank lines replace lines without a row, so that line numbers are those of the file."""
    return container == TOKEN_LINES or has_numbers(container)


def fetch_by_loading(source: Source, rows: Sequence[int]) -> list[dict[str, Any]]:
    """Read the records at ``rows`` again by loading chunks in order until the last one is reached."""
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
