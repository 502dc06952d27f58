"""Open Arrow and ``datasets`` tables: their record batches, with limits on the decoded size."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from datalint.core.errors import DatalintError, unreadable
from datalint.core.files import read_regular
from datalint.records.record import Problem
from datalint.sources.base import CHUNK_BYTES, CHUNK_ROWS
from datalint.sources.content import Content, of_file
from datalint.sources.header_names import unquoted_names
from datalint.sources.inflate import LIMITS, DecompressionLimits
from datalint.sources.tables.arrow_types import check_names
from datalint.sources.tables.batches import REMEDY, BatchPart, Tables, UnreadRows, damage_of
from datalint.sources.tables.ipc import MAGIC, ipc_messages
from datalint.sources.tables.rows import words

_CALL: Final = "write the file again with the tool that made it"
_EMPTY: Final = Problem("empty-file", "no record at all")
#: Bytes of a name that file systems accept.
_LONGEST_NAME: Final = 255


@contextmanager
def readable(path: str, kind: str) -> Iterator[None]:
    """Convert the errors of libraries about a damaged file into a DatalintError."""
    import pyarrow as pa  # type: ignore[import-untyped]

    try:
        yield
    except (pa.ArrowException, OSError, ValueError) as error:
        # A column name that is not UTF-8 raises UnicodeDecodeError, a ValueError.
        raise DatalintError(f"{path} is not {kind} ({words(error)}): {_CALL}") from error


@dataclass(frozen=True, slots=True)
class _InMemory:
    """Record batches in memory."""

    found: Sequence[Any]

    def rows(self) -> int:
        return sum(batch.num_rows for batch in self.found)

    def batches(self, wanted: Sequence[int] | None = None) -> Iterator[tuple[int, Any]]:
        first = 0
        for batch in self.found:
            if wanted is None or _any_in(wanted, first, batch.num_rows):
                yield first, batch
            first += batch.num_rows


@dataclass(frozen=True, slots=True)
class _Dataset:
    """A ``datasets.Dataset``, whose rows may be in a different order than in its table."""

    view: Any
    damage: str

    def rows(self) -> int:
        return len(self.view)

    def batches(self, wanted: Sequence[int] | None = None) -> Iterator[tuple[int, Any]]:
        rows = self.rows()
        if self.damage:
            yield 0, UnreadRows(rows, self.damage)
            return
        size = self.view.data.nbytes // max(1, self.view.data.num_rows)
        step = max(1, min(CHUNK_ROWS, CHUNK_BYTES // max(1, size)))
        for start in range(0, rows, step):
            if wanted is None or _any_in(wanted, start, step):
                table = self.view[start : start + step]
                first = start
                for batch in table.to_batches():
                    yield first, batch
                    first += batch.num_rows


@dataclass(slots=True)
class _Ipc:
    """An Arrow IPC file or stream.

    ``counts`` are the rows of its record batches. ``is_cut`` is true for a stream that ends in the middle of the next
    batch. ``names`` are those of its columns.
    """

    content: Content
    counts: list[int]
    is_cut: bool
    names: tuple[str, ...]

    def rows(self) -> int:
        return sum(self.counts) + self.is_cut

    def batches(self, wanted: Sequence[int] | None = None) -> Iterator[tuple[int, Any]]:
        import pyarrow as pa

        source = _source(self.content)
        is_file = self.content.read(0, len(MAGIC)) == MAGIC
        reader = (pa.ipc.open_file if is_file else pa.ipc.open_stream)(source)
        first = 0
        for place, count in enumerate(self.counts):
            try:
                if is_file and wanted is not None and not _any_in(wanted, first, count):
                    first += count
                    continue
                batch = reader.get_batch(place) if is_file else reader.read_next_batch()
            except (pa.ArrowException, OSError, ValueError, LookupError, StopIteration) as error:
                # After an error in a stream, the rest of it cannot be read.
                lost = UnreadRows(count if is_file else sum(self.counts[place:]) + self.is_cut, words(error))
                yield first, lost
                if not is_file:
                    return
                first += lost.rows
            else:
                self.counts[place] = batch.num_rows
                yield first, batch
                first += batch.num_rows
        if not is_file and self.is_cut:
            yield first, UnreadRows(1, "the stream ends in the middle of a message; what is missing counts as one row")


def _any_in(wanted: Sequence[int], first: int, count: int) -> bool:
    return any(first <= place < first + count for place in wanted)


def _source(content: Content) -> Any:
    import pyarrow as pa

    return pa.memory_map(content.path) if content.path else pa.BufferReader(content.read(0, content.size))


def of_table(table: Any, path: str) -> Tables:
    """Return the rows of a ``pyarrow`` table or record batch."""
    import pyarrow as pa

    found = [table] if isinstance(table, pa.RecordBatch) else table.to_batches()
    return tables(path, "dataset", [_InMemory(found)])


def of_dataset(dataset: Any, path: str) -> Tables:
    """Return the rows of a ``datasets.Dataset``, in order, without decoding images or audio."""
    damaged = (damage_of(batch) for batch in dataset.data.table.to_batches())
    view = dataset.with_format("arrow")
    return tables(path, "dataset", [_Dataset(view, next(filter(None, damaged), ""))])


def open_arrow(
    path: str,
    content: Content,
    original: Content,
    problems: tuple[Problem, ...] = (),
    limits: DecompressionLimits = LIMITS,
) -> Tables:
    """Return the rows of an Arrow IPC file or stream, or a Feather file.

    Raises:
        DatalintError: if it is not such a file, or would decompress to more than ``limits``.
    """
    part = _open_ipc(path, content, original.size, limits)
    found = tables(path, "arrow", [part], (original,), problems, original.size, limits)
    return without_quotes(found, part.names)


def open_saved(folder: Path, path: str, limits: DecompressionLimits = LIMITS) -> Tables:
    """Return the rows of a split that ``Dataset.save_to_disk`` wrote: the Arrow files listed in state.json."""
    try:
        names = [str(entry["filename"]) for entry in json.loads(read_regular(folder / "state.json"))["_data_files"]]
    except OSError as error:
        raise DatalintError(unreadable(f"{path}/state.json", error)) from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise DatalintError(f"{path} has no readable state.json: save the dataset again") from error
    if any(Path(name).name != name for name in names):
        raise DatalintError(f"{path}/state.json names files outside its folder: save the dataset again")
    if any(len(name.encode("utf-8", "surrogatepass")) > _LONGEST_NAME for name in names):
        raise DatalintError(f"{path}/state.json names a file of over {_LONGEST_NAME} bytes: save the dataset again")
    contents = tuple(of_file(str(folder / name)) for name in names)
    parts = [
        _open_ipc(f"{path}/{name}", content, content.size, limits)
        for name, content in zip(names, contents, strict=True)
    ]
    return tables(path, "dataset", parts, contents, (), sum(content.size for content in contents), limits)


def _open_ipc(path: str, content: Content, stored: int, limits: DecompressionLimits) -> _Ipc:
    import pyarrow as pa

    with readable(path, "a readable Arrow file"):
        is_file = content.read(0, len(MAGIC)) == MAGIC
        schema = (pa.ipc.open_file if is_file else pa.ipc.open_stream)(_source(content)).schema
        check_names(schema)
        found, is_cut = ipc_messages(content)
    limits.check(path, sum(each.allocated for each in found), stored, REMEDY)
    # Row counts of a file are not trusted before the rows are read; most rows take at least one byte.
    counts = [min(each.rows, content.size) for each in found if each.is_batch]
    return _Ipc(content, counts, is_cut, tuple(schema.names))


def without_quotes(found: Tables, names: Sequence[str]) -> Tables:
    """Return a table whose columns have these names, read without quotation marks that are part of the names."""
    bare, problems = unquoted_names(names)
    if not problems:
        return found
    texts = tuple(dict(zip(names, bare, strict=True)).get(name, name) for name in found.texts)
    return replace(found, problems=(*found.problems, *problems), texts=texts, unquoted=True)


def tables(
    path: str,
    container: str,
    parts: Sequence[BatchPart],
    originals: tuple[Content, ...] = (),
    problems: tuple[Problem, ...] = (),
    stored: int | None = None,
    limits: DecompressionLimits = LIMITS,
) -> Tables:
    """Return the rows of all parts; a table without rows gets the problem ``empty-file``."""
    if not any(part.rows() for part in parts):
        problems = (*problems, _EMPTY)
    return Tables(path, container, parts, originals, problems, stored, limits)
