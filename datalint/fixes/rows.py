"""The JSON texts of rows, read again from their source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from datalint.fixes.repair import as_json, as_utf8
from datalint.sources.json_truth.fast_path import reread
from datalint.sources.json_truth.raw_breaks import escape_controls
from datalint.sources.python_values import to_line
from datalint.sources.readers.documents.reader import Document
from datalint.sources.readers.json_lines.ends import BETWEEN, group_end, line_end
from datalint.sources.readers.json_lines.glued_lines import first_row_on
from datalint.sources.readers.json_lines.joined_lines import read_group
from datalint.sources.readers.json_lines.reader import JsonLines, lines_at
from datalint.sources.readers.lines import split
from datalint.support.distinct import distinct

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from datalint.sources import Source


def row_texts(sources: Sequence[Source], places: pl.DataFrame) -> list[bytes]:
    """Return the JSON text of each row; ``places`` has ``file``, ``row`` and ``offset``.

    Rows of JSON keep their bytes, but for line breaks, which are escaped inside strings, a byte-order mark, and other
    encodings than UTF-8.
    """
    found: list[bytes] = [b""] * places.height
    files = places["file"].to_numpy()
    for file in distinct(files).tolist():
        at = np.flatnonzero(files == file)
        mine = places[at]
        source = sources[file]
        if isinstance(source, JsonLines):
            texts = line_texts(source, mine["offset"].to_list())
        elif isinstance(source, Document):
            texts = _elements(source, mine["offset"].to_numpy())
        else:
            records = source.fetch([row - 1 for row in mine["row"].to_list()], mine["offset"].to_list())
            texts = [to_line(record) for record in records]
        for index, text in zip(at.tolist(), texts, strict=True):
            found[index] = text
    return found


def _elements(source: Document, offsets: NDArray[np.int64]) -> list[bytes]:
    found = []
    with source.content.open() as file:
        for index in np.searchsorted(source.starts, offsets).tolist():
            start = int(source.starts[index])
            file.seek(start)
            element = file.read(int(source.stops[index]) - start)
            found.append(escape_controls(as_json(source.row_of(as_utf8(element.strip()), start))))
    return found


def line_texts(source: JsonLines, offsets: Sequence[int]) -> list[bytes]:
    """Return the JSON texts of rows of JSON Lines, which begin at ``offsets``."""
    with source.content.open() as file:
        return [_text(source, line, offset) for line, offset in lines_at(file, offsets)]


def _text(source: JsonLines, line: bytes, offset: int) -> bytes:
    if reread(line) is not None:
        pass
    elif first := first_row_on(line):
        line = first
    else:
        lines = split(source.content.read(offset, line_end(source.content, offset + 1, BETWEEN)))
        found, group = read_group(lines[: group_end(lines, 0)])
        joined = b"\n".join(group)
        # Otherwise, the brackets of the line are wrong.
        line = line if found.refused else escape_controls(joined) if found.raw_breaks else joined
    return as_json(as_utf8(line.rstrip(b"\r")))
