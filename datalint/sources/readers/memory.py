"""Rows in memory (data frames, tables, iterables), written as JSON Lines once so that they are read like a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from datalint.core.errors import DatalintError
from datalint.records.record import Problem
from datalint.sources.base import CHUNK_BYTES, Source
from datalint.sources.content import spooled
from datalint.sources.python_values import kind_name, plain_value, to_line
from datalint.sources.readers.json_lines.reader import JsonLines
from datalint.sources.split_choice import choices, held_split, no_split
from datalint.sources.tables.arrow import of_dataset, of_table

_BLOCK_ROWS = 4096


def from_object(obj: Any, *, split: str | None = None, chunk_bytes: int = CHUNK_BYTES) -> Source:
    """Return the rows of a pandas or Polars frame, an Arrow table, a ``datasets`` object, or an iterable of dicts.

    The type is recognised by its name, so that nothing has to be imported. The object is not changed; an iterator is
    consumed. Raises DatalintError for an object without rows.
    """
    library, kind = type(obj).__module__.split(".")[0], kind_name(obj)
    if library == "pandas" and kind == "DataFrame":
        return spool_rows(_pandas_rows(obj), "<DataFrame>", "dataframe", chunk_bytes)
    if library == "polars" and kind in ("DataFrame", "LazyFrame"):
        frame = obj.collect() if kind == "LazyFrame" else obj
        return spool_rows(frame.iter_rows(named=True), "<DataFrame>", "dataframe", chunk_bytes)
    if library == "pyarrow" and kind in ("Table", "RecordBatch"):
        return of_table(obj, "<Table>")
    if kind in ("DatasetDict", "IterableDatasetDict") and isinstance(obj, Mapping):
        names = [str(key) for key in obj]
        remedy = f"pass one of its splits, such as data[{names[0]!r}]" if names else ""
        chosen = choose_split(names, split, kind, remedy=remedy)
        found = from_object(obj[chosen], chunk_bytes=chunk_bytes)
        # Two evaluation splits are named apart, where a finding says in which of them a row is.
        return found if split is None else replace(found, path=f"<{chosen}>")  # type: ignore[type-var]
    if library == "datasets" and kind == "Dataset":
        return of_dataset(obj, "<Dataset>")
    if library == "datasets" and kind == "IterableDataset":
        return spool_rows(undecoded(obj), "<IterableDataset>", "dataset", chunk_bytes)
    if isinstance(obj, str | bytes | bytearray | Mapping) or not isinstance(obj, Iterable):
        raise DatalintError(
            f"cannot read {'an' if kind[:1] in 'aeiou' else 'a'} {kind}; "
            "give a path, a pandas DataFrame, a datasets.Dataset or dicts"
        )
    return spool_rows(obj, "<rows>", "records", chunk_bytes)


def choose_split(names: list[str], wanted: str | None, where: str, *, remedy: str = "", held: bool = False) -> str:
    """Return ``wanted`` if given, otherwise ``train`` or the only split; with ``held``, prefer the evaluation split.

    Raises DatalintError with the ``remedy`` if several splits are possible.
    """
    if wanted is not None and wanted not in names:
        raise no_split(where, wanted, names, remedy)
    if wanted is not None:
        return wanted
    if held and (other := held_split(names)) is not None:
        return other
    if "train" in names or len(names) == 1:
        return "train" if "train" in names else names[0]
    if not names:
        raise DatalintError(f"{where} has no split: add one")
    raise DatalintError(f"{where} has several splits: {remedy or choices(names)}")


def undecoded(stream: Any) -> Iterable[Any]:
    """Return a ``datasets.IterableDataset`` that does not decode images and audio, if its features are known."""
    rows: Iterable[Any] = (
        stream.decode(False) if getattr(stream, "features", None) and hasattr(stream, "decode") else stream
    )
    return rows


def spool_rows(rows: Iterable[Any], path: str, container: str, chunk_bytes: int = CHUNK_BYTES) -> JsonLines:
    """Write ``rows`` as JSON Lines to memory or a temporary file; row n is line n."""
    content = spooled(_blocks(rows))
    problems = () if content.size else (Problem("empty-file", "no record at all"),)
    return JsonLines(path, content, None, 0, container, problems, chunk_bytes)


def _blocks(rows: Iterable[Any]) -> Iterator[bytes]:
    lines: list[bytes] = []
    for row in rows:
        lines.append(to_line(row))
        if len(lines) == _BLOCK_ROWS:
            yield b"\n".join(lines) + b"\n"
            lines.clear()
    if lines:
        yield b"\n".join(lines) + b"\n"


def _pandas_rows(frame: Any) -> Iterator[dict[str, Any]]:
    names = [str(name) for name in frame.columns]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise DatalintError(f"the DataFrame has two columns named {twice!r}: rename one")
    for start in range(0, len(frame), _BLOCK_ROWS):
        block = frame.iloc[start : start + _BLOCK_ROWS]
        columns = []
        for place in range(len(names)):
            column = block.iloc[:, place]
            present = column.notna().tolist()
            values = column.astype(object).tolist()
            columns.append(
                [plain_value(value) if there else None for value, there in zip(values, present, strict=True)]
            )
        for values in zip(*columns, strict=True):
            yield dict(zip(names, values, strict=True))
