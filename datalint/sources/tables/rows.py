"""Convert rows of a validated Arrow table to Python objects, and report those that cannot be read."""

from __future__ import annotations

from typing import Any

from datalint.privacy.display import excerpt
from datalint.privacy.json_paths import json_path
from datalint.records.record import Problem
from datalint.sources.header_names import unquoted_names
from datalint.sources.json_truth.truth import not_utf8
from datalint.sources.python_values import plain_value
from datalint.sources.tables.arrow_types import as_bytes, is_json


def read_rows(table: Any, *, unquoted: bool = False) -> tuple[list[dict[str, Any]], dict[int, Problem]]:
    """Return the rows of a valid table as JSON values, and the problems of rows that cannot be read.

    If names of columns are read as ``unquoted``, quotation marks are no part of them.
    """
    names = table.schema.names
    if unquoted:
        names = list(unquoted_names(names)[0])
        table = table.rename_columns(names)
    if len(set(names)) != len(names):
        unique = [f"{name}_{place}" if name in names[:place] else name for place, name in enumerate(names)]
        table = table.rename_columns(unique)
    as_is = all(map(is_json, table.schema.types))
    try:
        return _read(table, as_is), {}
    except MemoryError:
        raise
    except Exception:  # errors of pyarrow and of the types that it creates: dates, decimals, time zones
        pass
    records, refused = [], {}
    for place in range(table.num_rows):
        row = table.slice(place, 1)
        try:
            records += _read(row, as_is)
        except MemoryError:
            raise
        except UnicodeDecodeError as error:
            refused[place] = _not_text(row, error)
        except Exception as error:
            refused[place] = Problem("invalid-row", words(error))
    return records, refused


def _read(table: Any, as_is: bool) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = table.to_pylist()
    return rows if as_is else [plain_value(row) for row in rows]


def words(error: BaseException) -> str:
    """Return the first line of a library's error about damaged data."""
    return excerpt(str(error).split("\n")[0], 80)


def _not_text(row: Any, error: UnicodeDecodeError) -> Problem:
    """Return the problem that a text in a table of one row is not UTF-8."""
    for name, column in zip(row.schema.names, row.columns, strict=True):
        for array in column.chunks:
            for value in as_bytes(array).to_pylist():
                if (found := _undecodable(value, array.type, [name])) is not None:
                    return found
    return Problem("invalid-utf8", not_utf8(error.object, error, "text"))


def _undecodable(value: Any, kind: Any, steps: list[str | int]) -> Problem | None:
    """Return the problem of the first text that is not UTF-8; ``kind`` is the type with texts, ``value`` has bytes."""
    import pyarrow.types as types  # type: ignore[import-untyped]

    if types.is_dictionary(kind):
        kind = kind.value_type
    if isinstance(value, bytes) and "string" in str(kind):
        try:
            value.decode("utf-8")
        except UnicodeDecodeError as error:
            return Problem("invalid-utf8", not_utf8(value, error, "text"), path=json_path(steps))
    inner: list[tuple[Any, Any, list[str | int]]] = []
    if isinstance(value, dict):
        inner = [(each, kind.field(place).type, [name]) for place, (name, each) in enumerate(value.items())]
    elif isinstance(value, list) and types.is_map(kind):
        kinds = (kind.key_type, kind.item_type)
        inner = [(pair[side], kinds[side], [place, side]) for place, pair in enumerate(value) for side in (0, 1)]
    elif isinstance(value, list):
        inner = [(each, kind.value_type, [place]) for place, each in enumerate(value)]
    found = (_undecodable(each, each_kind, steps + more) for each, each_kind, more in inner)
    return next((problem for problem in found if problem is not None), None)
