"""Writes what fixing a dataset leaves, in JSON Lines or in the format that it was read from, and what it removed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from datalint.core.errors import DatalintError
from datalint.fixes.decisions import Decisions, Pieces
from datalint.privacy.display import printable

if TYPE_CHECKING:
    from datalint.fixes.result import Fixes
    from datalint.sources import Source

#: The format of each file suffix, without that of compression.
_FORMATS: Final = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".jsonlines": "jsonl",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "csv",
    ".parquet": "parquet",
    ".txt": "text",
    ".text": "text",
}
#: The containers that each format but JSON Lines can be written from.
_SOURCES: Final = {"json": ("json-array",), "csv": ("csv", "tsv"), "parquet": ("parquet",), "text": ("text",)}
_COMPRESSED: Final = (".gz", ".zst")


def output_format(path: str, source: Source, *, replacing: bool = False) -> str:
    """Return the format that a fixed source is written in at a path: that of its suffix.

    Raises:
        DatalintError: if the source cannot be written in this format.
    """
    name = path.lower()
    for suffix in _COMPRESSED:
        name = name.removesuffix(suffix)
    wanted = _FORMATS.get(Path(name).suffix, "jsonl")
    container = source.container
    if getattr(source, "nameless", None) is not None:
        container = "JSON whose rows are not its objects"  # and are written as objects
    if replacing:
        wanted = next((kind for kind, containers in _SOURCES.items() if container in containers), "jsonl")
    if wanted == "jsonl" and replacing and container != "jsonl":
        raise DatalintError(
            f"{printable(source.path)} ({container}) cannot be replaced; write it with --output NAME.jsonl"
        )
    if wanted != "jsonl" and container not in _SOURCES[wanted]:
        raise DatalintError(
            f"{printable(source.path)} is {container}, and is written as JSON Lines: name the output NAME.jsonl"
        )
    return wanted


def written_pieces(fixes: Fixes, file: int, kind: str = "jsonl") -> Pieces:
    """Yield the bytes of a file after its fixes, and each row and line that is not in it.

    ``kind`` is what :func:`output_format` returns. What no fix touches keeps its bytes, as far as the format is the
    same.
    """
    from datalint.sources.readers.document import Document
    from datalint.sources.readers.jsonl import JsonLines
    from datalint.sources.readers.text import TextLines

    decisions = Decisions(fixes, file)
    source = decisions.source
    if isinstance(source, JsonLines) or (kind == "text" and isinstance(source, TextLines)):
        from datalint.fixes.same_lines import same_lines

        return same_lines(decisions, source)
    if isinstance(source, Document):
        from datalint.fixes.elements import as_array, as_lines

        return as_array(decisions, source) if kind == "json" else as_lines(decisions, source)
    if kind == "csv":
        from datalint.fixes.delimited import as_table

        return as_table(decisions)
    from datalint.fixes.tables import as_parquet, rows_as_lines

    return as_parquet(decisions) if kind == "parquet" else rows_as_lines(decisions)
