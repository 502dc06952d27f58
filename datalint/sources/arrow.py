"""Parquet, Arrow and ``datasets`` tables, in batches that a worker turns into rows on its own."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np

from datalint.core.errors import DatalintError
from datalint.core.record import FileFacts, Problem
from datalint.privacy.display import excerpt
from datalint.sources.base import CHUNK_BYTES, CHUNK_ROWS, Chunk, Located
from datalint.sources.content import Content, of_file, whole_facts
from datalint.sources.plain import plain

#: A table, a first row, and the number of rows; ``None`` for the table where it could not be read.
Batches = Callable[[], Iterator[tuple[Any, int]]]


@dataclass(slots=True)
class Tables:
    """Rows of one or more Arrow tables. ``take`` returns a table of the rows at some ordinals."""

    path: str
    container: str
    batches: Batches
    take: Callable[[list[int]], Any]
    originals: tuple[Content, ...] = ()
    problems: tuple[Problem, ...] = ()
    _facts: FileFacts | None = field(default=None, repr=False)

    def chunks(self, file: int) -> Iterator[Chunk]:
        """Yield batches of rows as Arrow IPC bytes."""
        first = 0
        for table, count in self.batches():
            reason = table if isinstance(table, str) else ""
            data = b"" if reason else _ipc(table)
            yield TableChunk(file, self.path, self.container, data, first, count, reason)
            first += count

    def facts(self) -> FileFacts:
        """Return size, hash and the problems of the whole file."""
        if self._facts is None:
            self._facts = whole_facts(self.path, self.container, self.originals, self.problems)
        return self._facts

    def fetch(self, rows: Sequence[int], offsets: Sequence[int] | None = None) -> list[dict[str, Any]]:
        """Return rows again; offsets are ordinals that count unreadable rows too."""
        places = [int(place) for place in (rows if offsets is None else offsets)]
        order = sorted(set(places))
        found = dict(zip(order, _rows(self.take(order)), strict=True))
        return [found[place] for place in places]


@dataclass(frozen=True, slots=True)
class TableChunk:
    """Rows as Arrow IPC bytes; ``reason`` says why ``count`` rows from ``first`` on cannot be read."""

    file: int
    path: str
    container: str
    data: bytes
    first: int
    count: int
    reason: str = ""

    def load(self) -> Located:
        """Return the rows; ``lines`` are their ordinals from 1 on."""
        facts = FileFacts(self.path, self.container, size=len(self.data), lines=self.count)
        if self.reason:
            facts.rows_refused = self.count
            message = f"rows {self.first + 1:,} to {self.first + self.count:,} cannot be read: {self.reason}"
            facts.problems.append(Problem("truncated-file", message))
            return Located([], [], facts)
        import pyarrow as pa  # type: ignore[import-untyped]

        records = _rows(pa.ipc.open_stream(self.data).read_all())
        facts.rows_read = len(records)
        offsets = np.arange(self.first, self.first + len(records), dtype=np.int64)
        return Located(records, list(range(1, len(records) + 1)), facts, offsets=offsets)


def _rows(table: Any) -> list[dict[str, Any]]:
    names = table.column_names
    if len(set(names)) != len(names):
        unique = [f"{name}_{place}" if name in names[:place] else name for place, name in enumerate(names)]
        table = table.rename_columns(unique)
    rows = table.to_pylist()
    if all(map(_is_json, table.schema.types)):
        return rows  # type: ignore[no-any-return]
    return [plain(row) for row in rows]


def _is_json(kind: Any) -> bool:
    import pyarrow.types as types  # type: ignore[import-untyped]

    if types.is_struct(kind):
        return all(_is_json(kind.field(index).type) for index in range(kind.num_fields))
    if types.is_list(kind) or types.is_large_list(kind):
        return _is_json(kind.value_type)
    return any(
        test(kind)
        for test in (
            types.is_string,
            types.is_large_string,
            types.is_integer,
            types.is_floating,
            types.is_boolean,
            types.is_null,
        )
    ) and not types.is_float16(kind)


def _ipc(table: Any) -> bytes:
    import pyarrow as pa

    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write(table)
    return sink.getvalue().to_pybytes()  # type: ignore[no-any-return]


def _batch_rows(size: int, rows: int) -> int:
    return max(1, min(CHUNK_ROWS, CHUNK_BYTES * rows // max(size, 1)))


def of_table(table: Any, path: str, *, container: str = "dataset", originals: tuple[Content, ...] = ()) -> Tables:
    """Return the rows of a ``pyarrow`` table or record batch."""
    import pyarrow as pa

    whole = pa.Table.from_batches([table]) if isinstance(table, pa.RecordBatch) else table
    return _sliced(whole.num_rows, whole.nbytes, whole.slice, whole.take, path, container, originals)


def of_dataset(dataset: Any, path: str) -> Tables:
    """Return the rows of a ``datasets.Dataset``, in its order, without decoding images or audio."""
    view = dataset.with_format("arrow")

    def rows(start: int, count: int) -> Any:
        return view[start : start + count]

    size = dataset.data.nbytes // max(1, dataset.data.num_rows) * len(dataset)
    return _sliced(len(dataset), size, rows, view.__getitem__, path, "dataset", ())


def _sliced(
    rows: int,
    size: int,
    part: Callable[[int, int], Any],
    take: Callable[[list[int]], Any],
    path: str,
    container: str,
    originals: tuple[Content, ...],
) -> Tables:
    step = _batch_rows(size, rows)

    def batches() -> Iterator[tuple[Any, int]]:
        for start in range(0, rows, step):
            count = min(step, rows - start)
            yield part(start, count), count

    return Tables(path, container, batches, take, originals, _empty(rows))


def _empty(rows: int) -> tuple[Problem, ...]:
    return () if rows else (Problem("empty-file", "no record at all"),)


_CALL: Final = "write the file again with the tool that made it"


def open_parquet(path: str, content: Content, original: Content, problems: tuple[Problem, ...] = ()) -> Tables:
    """Return the rows of a Parquet file; raises DatalintError when its footer cannot be read."""
    import pyarrow as pa
    import pyarrow.parquet as pq  # type: ignore[import-untyped]

    def file() -> Any:
        return pq.ParquetFile(content.path or pa.BufferReader(content.read(0, content.size)))

    try:
        meta = file().metadata
    except (pa.ArrowException, OSError) as error:
        raise DatalintError(f"{path} is not readable Parquet ({_first_words(error)}): {_CALL}") from error
    sizes = [meta.row_group(index).num_rows for index in range(meta.num_row_groups)]
    size = sum(meta.row_group(index).total_byte_size for index in range(meta.num_row_groups))
    step = _batch_rows(size, meta.num_rows)

    def batches() -> Iterator[tuple[Any, int]]:
        for group, rows in enumerate(sizes):
            read = 0
            try:
                for batch in file().iter_batches(batch_size=step, row_groups=[group]):
                    read += batch.num_rows
                    yield pa.Table.from_batches([batch]), batch.num_rows
            except (pa.ArrowException, OSError) as error:
                yield _first_words(error), rows - read

    def take(rows: list[int]) -> Any:
        parts, before = [], 0
        for group, count in enumerate(sizes):
            here = [row - before for row in rows if before <= row < before + count]
            if here:
                parts.append(file().read_row_group(group).take(here))
            before += count
        return pa.concat_tables(parts) if parts else file().schema_arrow.empty_table()

    return Tables(path, "parquet", batches, take, (original,), (*problems, *_empty(meta.num_rows)))


def open_arrow(path: str, content: Content, original: Content, problems: tuple[Problem, ...] = ()) -> Tables:
    """Return the rows of an Arrow IPC file or stream, or a Feather file."""
    found = of_table(_arrow_table(path, content), path, container="arrow", originals=(original,))
    found.problems = (*problems, *found.problems)
    return found


def _arrow_table(path: str, content: Content) -> Any:
    import pyarrow as pa

    try:
        data = pa.memory_map(content.path) if content.path else pa.BufferReader(content.read(0, content.size))
        if content.read(0, 6) == b"ARROW1":
            return pa.ipc.open_file(data).read_all()
        return pa.ipc.open_stream(data).read_all()
    except (pa.ArrowException, OSError) as error:
        raise DatalintError(f"{path} is not a readable Arrow file ({_first_words(error)}): {_CALL}") from error


def open_saved(folder: Path, path: str) -> Tables:
    """Return the rows of one split that ``Dataset.save_to_disk`` wrote: the Arrow files that state.json names."""
    import pyarrow as pa

    try:
        names = [str(entry["filename"]) for entry in json.loads((folder / "state.json").read_bytes())["_data_files"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DatalintError(f"{path} has no readable state.json: save the dataset again") from error
    if any(Path(name).name != name for name in names):
        raise DatalintError(f"{path}/state.json names files outside its folder: save the dataset again")
    contents = tuple(of_file(str(folder / name)) for name in names)
    tables = [_arrow_table(f"{path}/{name}", content) for name, content in zip(names, contents, strict=True)]
    table = pa.concat_tables(tables) if tables else pa.table({})
    return of_table(table, path, container="dataset", originals=contents)


def _first_words(error: BaseException) -> str:
    return excerpt(str(error).split("\n")[0], 80)
