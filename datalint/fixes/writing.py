"""Writes what fixing a dataset leaves, in JSON Lines or in the format that it was read from, and what it removed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from datalint.core.errors import DatalintError
from datalint.fixes.decisions import Decisions, Pieces
from datalint.privacy.display import printable
from datalint.sources.data_files import DELIMITED, KNOWN, LINES, SENTENCES, TAGGED, TEXT, YAML, suffix_of
from datalint.support.replacing import is_device

if TYPE_CHECKING:
    from datalint.fixes.result import Fixes
    from datalint.sources import Source
    from datalint.sources.readers.texts.blocks import TextBlocks

#: The format of each suffix of a file that is not JSON Lines, without that of its compression; None for none.
_FORMATS: Final = {
    **dict.fromkeys({*KNOWN, *YAML} - set(LINES)),
    ".json": "json",
    ".csv": "csv",
    ".tsv": "csv",
    ".parquet": "parquet",
    ".txt": "text",
    ".text": "text",
    **dict.fromkeys(TAGGED, "blocks"),
}
#: The containers that each format but JSON Lines can be written from, and the names of their formats.
_SOURCES: Final = {
    "json": ("json-array",), "csv": ("csv", "tsv"), "parquet": ("parquet",), "text": ("text",),
    "blocks": (*SENTENCES, "text-blocks", "text-parts"),
}  # fmt: skip
_NAMES: Final = {
    "json-array": " or JSON", "csv": " or CSV", "tsv": " or TSV", "parquet": " or Parquet",
    **dict.fromkeys(("text", "text-blocks", "text-parts"), " or text"), **dict.fromkeys(SENTENCES, " or CoNLL"),
}  # fmt: skip
#: How compressed files that cannot be written end.
_UNWRITTEN: Final = (".bz2", ".xz", ".zstd")


def own_format(source: Source) -> str | None:
    """Return the format that a source is replaced in; None if it cannot be written as it is."""
    if Path(source.path).suffix.lower() in _UNWRITTEN:
        return None
    own = _own(source)
    # An array in a file of JSON Lines is a finding.
    return "jsonl" if own == "json" and suffix_of(Path(source.path)) in LINES else own


def is_replaceable(container: str) -> bool:
    """Return whether sources of a container can be written as they are, so that a command may replace them."""
    return container == "jsonl" or any(container in containers for containers in _SOURCES.values())


def _own(source: Source) -> str | None:
    container = _container(source)
    own = next((kind for kind, containers in _SOURCES.items() if container in containers), "jsonl")
    return own if is_replaceable(container) else None


def output_format(path: str, source: Source) -> str:
    """Return the format that a fixed source is written in at a path: that of its suffix, or that of the source where
    the suffix names none.

    Raises:
        DatalintError: if the source cannot be written in this format.
    """
    _refuse_compression(path)
    suffix, container, own = suffix_of(Path(path)), _container(source), _own(source)
    is_own = suffix == suffix_of(Path(source.path))
    wanted = "jsonl" if suffix in LINES or is_device(Path(path)) else _FORMATS.get(suffix, own or "jsonl")
    if (is_own and own in ("csv", "blocks")) or (own == "blocks" and suffix in TEXT):
        wanted = own
    # A table keeps its separator, and paragraphs have no tags. The name of one format is not given to another.
    is_other = wanted == own == "csv" and suffix in DELIMITED and suffix != f".{container}" and not is_own
    is_other |= wanted == own == "blocks" and suffix in TAGGED and container not in SENTENCES
    is_other |= own is None and wanted == "jsonl" and is_own and suffix not in ("", *LINES)
    if wanted is None or wanted not in ("jsonl", own) or is_other:
        why = ", since files such as this one are only read" if own is None and is_own else ""
        raise DatalintError(
            f"{printable(source.path)} can be written as JSON Lines{_NAMES.get(container, '')}, not as {suffix}{why}: "
            "name the output NAME.jsonl"
        )
    return wanted


def _container(source: Source) -> str:
    # Rows that are no objects are written as objects.
    return "" if getattr(source, "nameless", None) is not None else source.container


def _refuse_compression(path: str) -> None:
    if (suffix := Path(path).suffix.lower()) in _UNWRITTEN:
        raise DatalintError(f"{suffix} files are only read: name the output NAME.jsonl or NAME.jsonl.gz")


def refuse_other_than_lines(path: str) -> None:
    """Refuse a path whose suffix names another format than JSON Lines.

    Raises:
        DatalintError: if it does.
    """
    _refuse_compression(path)
    if (suffix := suffix_of(Path(path))) in _FORMATS:
        raise DatalintError(f"rows are written as JSON Lines, not as {suffix}: name the output NAME.jsonl")


def written_pieces(fixes: Fixes, file: int, kind: str = "jsonl") -> Pieces:
    """Yield the bytes of a file after its fixes, and each row and line that is not in it.

    ``kind`` is what :func:`output_format` returns. What no fix touches keeps its bytes, as far as the format is the
    same.
    """
    from datalint.sources.readers.documents.reader import Document
    from datalint.sources.readers.json_lines.reader import JsonLines
    from datalint.sources.readers.texts.reader import TextLines

    decisions = Decisions(fixes, file)
    source = decisions.source
    if isinstance(source, JsonLines) or (kind == "text" and isinstance(source, TextLines)):
        from datalint.fixes.same_lines import same_lines

        return same_lines(decisions, source)
    if isinstance(source, Document):
        from datalint.fixes.elements import as_array, as_lines

        return as_array(decisions, source) if kind == "json" else as_lines(decisions, source)
    if kind == "blocks":
        from datalint.fixes.blocks import as_blocks

        return as_blocks(decisions, cast("TextBlocks", source))
    if kind == "csv":
        from datalint.fixes.delimited import as_table

        return as_table(decisions)
    from datalint.fixes.tables import as_parquet, rows_as_lines

    return as_parquet(decisions) if kind == "parquet" else rows_as_lines(decisions)
