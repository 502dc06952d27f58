"""Tables of Arrow record batches, split into chunks that workers convert to rows independently.

A table is not trusted until it is validated: with a wrong offset, pyarrow reads out of bounds, and a few bytes can
represent any number of values. So every batch passes through :meth:`Tables._checked` before it is read, whether it is
from a file, a stream, Parquet, ``datasets`` or memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

import numpy as np

from datalint.core.errors import DatalintError
from datalint.records.record import FileFacts, Problem
from datalint.sources.base import CHUNK_BYTES, CHUNK_ROWS, Located, SourceChunk
from datalint.sources.content import Content, whole_facts
from datalint.sources.inflate import LIMITS, DecompressionLimits
from datalint.sources.limits import MOST_ROW, too_large
from datalint.sources.merge import bounded
from datalint.sources.tables.arrow_types import as_bytes, without_dictionaries
from datalint.sources.tables.rows import read_rows, words
from datalint.sources.tables.weight import batch_weight
from datalint.support.named_tuple import NamedTuple

REMEDY: Final = "write its rows as JSON Lines if you trust it"


class UnreadRows(NamedTuple):
    """Rows that cannot be read, and the reason; ``rule`` is the rule that reports it."""

    rows: int
    reason: str
    rule: str = "truncated-file"


def lost(rows: int, reason: str) -> UnreadRows:
    """Return the value for rows that Arrow refuses to read for a reason."""
    return UnreadRows(rows, reason, "invalid-utf8" if "UTF8" in reason else "truncated-file")


class BatchPart(Protocol):
    """Some record batches of a table, which can be read repeatedly."""

    def batches(self, wanted: Sequence[int] | None = None) -> Iterator[tuple[int, Any]]:
        """Yield the number of the first row in this part, and a ``pyarrow`` record batch or :class:`UnreadRows`.

        Batches that contain none of the ``wanted`` rows may be skipped.
        """

    def rows(self) -> int:
        """Return the number of rows, including lost ones."""


@dataclass(slots=True)
class Tables:
    """Rows of one or more Arrow tables; ``stored`` is their size in files in bytes, None in memory.

    ``texts`` are the names of the columns of texts, where they are known before a row is read. Names are read without
    the quotation marks around them if ``unquoted`` is true.
    """

    path: str
    container: str
    parts: Sequence[BatchPart]
    originals: tuple[Content, ...] = ()
    problems: tuple[Problem, ...] = ()
    stored: int | None = None
    limits: DecompressionLimits = LIMITS
    texts: tuple[str, ...] = ()
    unquoted: bool = False
    _valid: set[int] = field(default_factory=set, repr=False)
    _facts: FileFacts | None = field(default=None, repr=False)

    def chunks(self, file: int) -> Iterator[SourceChunk]:
        """Yield batches of rows as Arrow IPC bytes.

        Raises:
            DatalintError: if the rows exceed the limits.
        """
        first = 0
        for found in _gathered(self._pieces()):
            rows = found.rows if isinstance(found, UnreadRows) else sum(batch.num_rows for batch in found)
            data = b"" if isinstance(found, UnreadRows) else _ipc(found)
            lost = found if isinstance(found, UnreadRows) else None
            yield TableChunk(file, self.path, self.container, data, first, rows, lost, self.unquoted)
            first += rows

    def facts(self) -> FileFacts:
        """Return size, hash and the problems of the whole file."""
        if self._facts is None:
            self._facts = whole_facts(self.path, self.container, self.originals, self.problems)
        return self._facts

    def fetch(self, rows: Sequence[int], offsets: Sequence[int] | None = None) -> list[dict[str, Any]]:
        """Read rows again; offsets are row numbers that count unreadable rows too."""
        import pyarrow as pa  # type: ignore[import-untyped]

        places = [int(place) for place in (rows if offsets is None else offsets)]
        found: dict[int, dict[str, Any]] = {}
        for first, batch in self._batches(sorted(set(places))):
            if isinstance(batch, UnreadRows):
                continue
            here = [place for place in set(places) - found.keys() if first <= place < first + batch.num_rows]
            if here:
                # Slices, because ``take`` is not implemented for some types.
                table = pa.Table.from_batches([batch.slice(place - first, 1) for place in here])
                taken, refused = read_rows(table, unquoted=self.unquoted)
                kept = (place for at, place in enumerate(here) if at not in refused)
                found.update(zip(kept, taken, strict=True))
        if len(found) < len(set(places)):
            raise DatalintError(f"{self.path} changed while it was read: run again when it is complete")
        return [found[place] for place in places]

    def _pieces(self) -> Iterator[Any]:
        """Yield all rows in batches of about the size of a chunk at most, with :class:`UnreadRows` between them."""
        total = 0
        for _, batch in self._batches(None):
            if isinstance(batch, UnreadRows):
                yield batch
                continue
            weight = batch_weight(batch)
            total += weight
            if self.stored is not None:
                limits = self.limits._replace(total=max(self.limits.total, 2 * self.stored))
                limits.check(self.path, total, self.stored, REMEDY)
            for piece in _cut(batch, weight):
                yield piece if isinstance(piece, UnreadRows) else without_dictionaries(piece)

    def _batches(self, wanted: Sequence[int] | None) -> Iterator[tuple[int, Any]]:
        """Yield the number of a batch's first row, and the validated batch or :class:`UnreadRows`."""
        before = 0
        for part in self.parts:
            rows = 0
            if wanted is not None:
                rows = part.rows()
                here = [place - before for place in wanted if before <= place < before + rows]
            if wanted is None or here:
                for first, batch in part.batches(None if wanted is None else here):
                    yield before + first, self._checked(batch, before + first)
                    rows = max(rows, first + (batch.rows if isinstance(batch, UnreadRows) else batch.num_rows))
            before += rows

    def _checked(self, batch: Any, first: int) -> Any:
        """Return a batch that is safe to read; its texts may not be UTF-8, which is checked when they are read."""
        if isinstance(batch, UnreadRows) or first in self._valid:
            return batch
        if damage := damage_of(batch):
            # The row count of a damaged batch is not trusted; most rows take at least one byte.
            rows = batch.num_rows if self.stored is None else min(batch.num_rows, self.stored)
            return lost(rows, damage)
        self._valid.add(first)
        return batch


def damage_of(batch: Any) -> str:
    """Return why a record batch cannot be read; an empty string for a valid one."""
    import pyarrow as pa

    try:
        batch.validate()
        for column in batch.columns:
            as_bytes(column).validate(full=True)
    except (pa.ArrowException, ValueError) as error:
        return words(error) or "it is not valid"
    return ""


def _cut(batch: Any, weight: int) -> Iterator[Any]:
    """Split a batch into parts of at most about the size of a chunk; a row over the limit is lost."""
    rows = batch.num_rows
    if rows <= CHUNK_ROWS and weight <= 2 * CHUNK_BYTES:
        yield batch
    elif rows == 1:
        yield batch if weight <= MOST_ROW else UnreadRows(1, too_large(weight), "oversized-line")
    else:
        step = max(1, min(CHUNK_ROWS, rows * CHUNK_BYTES // weight))
        for start in range(0, rows, step):
            piece = batch.slice(start, step)
            yield from _cut(piece, batch_weight(piece))


def _gathered(pieces: Iterable[Any]) -> Iterator[Any]:
    """Yield lists of batches that together form a chunk, and :class:`UnreadRows` rows unchanged."""
    waiting: list[Any] = []
    rows = weight = 0
    for piece in pieces:
        lost = isinstance(piece, UnreadRows)
        size = 0 if lost else batch_weight(piece)
        full = lost or rows + piece.num_rows > CHUNK_ROWS or weight + size > CHUNK_BYTES
        if waiting and (full or piece.schema != waiting[0].schema):
            yield waiting
            waiting, rows, weight = [], 0, 0
        if lost:
            yield piece
        elif piece.num_rows:
            waiting.append(piece)
            rows, weight = rows + piece.num_rows, weight + size
    if waiting:
        yield waiting


def _ipc(batches: Sequence[Any]) -> bytes:
    import pyarrow as pa

    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batches[0].schema) as writer:
        for batch in batches:
            writer.write_batch(batch)
    return sink.getvalue().to_pybytes()  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class TableChunk:
    """``count`` rows from row number ``first`` on, as Arrow IPC bytes, unless they are ``lost``.

    For ``unquoted``, see :class:`Tables`.
    """

    file: int
    path: str
    container: str
    data: bytes
    first: int
    count: int
    lost: UnreadRows | None = None
    unquoted: bool = False

    def load(self) -> Located:
        """Return the rows; ``lines`` are their row numbers, starting at 1."""
        facts = FileFacts(self.path, self.container, size=len(self.data), lines=self.count)
        if self.lost is not None:
            facts.rows_refused = self.count
            rows = f"row {self.first + 1:,}"
            if self.count != 1:
                rows = f"rows {self.first + 1:,} to {self.first + self.count:,}"
            facts.problems.append(Problem(self.lost.rule, f"{rows} cannot be read: {self.lost.reason}"))
            return Located([], [], facts)
        import pyarrow as pa

        records, refused = read_rows(pa.ipc.open_stream(self.data).read_all(), unquoted=self.unquoted)
        kept = np.delete(np.arange(self.count, dtype=np.int64), list(refused))
        facts.rows_read, facts.rows_refused = len(records), len(refused)
        facts.problems = bounded(
            problem._replace(message=f"row {self.first + place + 1:,} cannot be read: {problem.message}")
            for place, problem in refused.items()
        )
        return Located(records, (kept + 1).tolist(), facts, offsets=self.first + kept)
