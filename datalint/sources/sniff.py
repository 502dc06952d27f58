"""Detect the format of a file from its bytes; its name is only a hint, and a finding reports a contradiction."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from datalint.checkout.confine import ANYWHERE, Confinement
from datalint.core.errors import DatalintError, unreadable
from datalint.core.table_format import DETECTED, TableFormat
from datalint.records.record import Problem
from datalint.sources.base import CHUNK_BYTES, Source
from datalint.sources.binary import is_workbook, refuse_binary
from datalint.sources.code_pages import code_page, converted, not_utf8_lines
from datalint.sources.content import Content, of_file, spooled, stream_blocks
from datalint.sources.data_files import DELIMITED, TABLES, WORKBOOKS
from datalint.sources.encoding import UTF8_BOM, to_utf8, wide
from datalint.sources.inflate import (
    LIMITS,
    MAGIC,
    SUFFIXES,
    CutShortError,
    DecompressionLimits,
    compression_of,
    inflate,
)
from datalint.sources.line_ends import with_line_feeds
from datalint.sources.opening import Opening
from datalint.sources.readers.json_lines.reader import JsonLines
from datalint.sources.readers.lines import SPACE, split
from datalint.sources.text_kind import open_text
from datalint.sources.token_marks import may_have_tokens
from datalint.support.lazy_pattern import lazy_pattern
from datalint.support.named_tuple import NamedTuple

#: The maximum size of a Git LFS pointer by its specification; a longer file that begins like one may contain rows.
POINTER_BYTES: Final = 1024

_HEAD: Final = 1 << 16
_STREAM: Final = lazy_pattern(r"/dev/(?:fd/\d{1,9}|stdin)|/proc/self/fd/\d{1,9}")
_LFS: Final = lazy_pattern(rb"version https://git-lfs\.github\.com/spec/v1\b")


class OpenSettings(NamedTuple):
    """The arguments of the functions that open sources, in addition to the path."""

    split: str | None = None
    chunk_bytes: int = CHUNK_BYTES
    limits: DecompressionLimits = LIMITS
    held: bool = False
    confine: Confinement = ANYWHERE
    table: TableFormat = DETECTED


def open_path(path: str, shown: str, settings: OpenSettings) -> Source:
    """Return the source for a regular file."""
    settings.confine.check(path)
    return open_content(of_file(path), shown, settings)


def open_stdin(shown: str, settings: OpenSettings) -> Source:
    """Return the source for standard input; ``shown`` is its displayed name and a hint at its format."""
    return _spooled(sys.stdin.buffer, "standard input", shown, settings)


def is_stream(path: str) -> bool:
    """Return whether a path is a stream that the shell opened for ``<(command)``."""
    return _STREAM.fullmatch(path) is not None


def open_stream(path: str, settings: OpenSettings) -> Source:
    """Return the source for the stream at a path."""
    try:
        with Path(path).open("rb") as stream:
            return _spooled(stream, path, path, settings)
    except OSError as error:
        raise DatalintError(unreadable(path, error)) from error


def _spooled(stream: BinaryIO, name: str, shown: str, settings: OpenSettings) -> Source:
    return open_content(spooled(stream_blocks(stream, name, settings.limits.total)), shown, settings)


def open_content(original: Content, shown: str, settings: OpenSettings) -> Source:
    """Return the source for the bytes of an input."""
    with original.with_head(_HEAD) as head:
        found = _detected(original, head, shown, settings)
        if may_have_tokens(found):
            from datalint.sources.readers.tagged.token_rows import by_sentence

            return by_sentence(found)
        return found


def _detected(original: Content, head: bytes, shown: str, settings: OpenSettings) -> Source:
    if original.size <= POINTER_BYTES and _LFS.match(head):
        return _pointer(original, shown, head)
    content, name, problems = _decompressed(original, shown, head, settings.limits)
    head = content.read(0, _HEAD)
    suffix = Path(name).suffix.lower()
    if head.startswith((b"PAR1", b"ARROW1")) or (suffix in TABLES and head.startswith(b"\xff\xff\xff\xff")):
        return _table(content, original, shown, suffix, problems, settings.limits)
    opening = Opening(
        shown,
        content,
        original,
        0,
        problems,
        split=settings.split,
        held=settings.held,
        chunk_bytes=settings.chunk_bytes,
        table=settings.table,
    )
    if is_workbook(content, head, suffix):
        return _workbook(opening, suffix, settings.limits)
    return open_text(_as_text(opening, head, suffix), suffix)


def text_opening(original: Content, shown: str, settings: OpenSettings) -> Opening:
    """Return the state of a text before its format is detected, decompressed and in UTF-8.

    Raises:
        DatalintError: if it cannot be read, or is no text.
    """
    with original.with_head(_HEAD) as head:
        content, name, problems = _decompressed(original, shown, head, settings.limits)
        opening = Opening(shown, content, original, 0, problems, chunk_bytes=settings.chunk_bytes)
        return _as_text(opening, content.read(0, _HEAD), Path(name).suffix.lower())


def _as_text(opening: Opening, head: bytes, suffix: str) -> Opening:
    """Return the state of a text in UTF-8, whose lines end with line feeds."""
    content, problems = opening.content, opening.problems
    refuse_binary(content, head, suffix, opening.path)
    if compression_of(head):
        raise DatalintError(f"{opening.path} is compressed twice: decompress it once")
    content, start, marked = _as_utf8(content, head, suffix)
    content, ends = with_line_feeds(content, content.read(start, start + _HEAD))
    return opening._replace(content=content, start=start, problems=(*problems, *marked, *ends))


def _pointer(original: Content, shown: str, head: bytes) -> Source:
    size = re.search(rb"^size (\d{1,18})", head, re.MULTILINE)
    words = f" for {int(size[1]):,} bytes" if size else ""
    message = f"a Git LFS pointer{words}, not the data itself: run `git lfs pull`"
    refused = sum(1 for line in split(head) if line.strip(SPACE))
    return JsonLines(shown, Content(), original, problems=(Problem("git-lfs-pointer", message, 1),), refused=refused)


def _decompressed(
    original: Content, shown: str, head: bytes, limits: DecompressionLimits
) -> tuple[Content, str, tuple[Problem, ...]]:
    kind = compression_of(head)
    named = next((suffix for suffix in (*SUFFIXES, ".zstd") if shown.lower().endswith(suffix)), "")
    name = shown[: -len(named)] if named else shown
    if not kind:
        wrong = Problem("wrong-extension", f"named {named}, but not compressed")
        return original, name, (wrong,) if named and original.size else ()
    problems = []
    promised = Path(shown).suffix
    if promised and named.removesuffix("d") != next(suffix for _, other, suffix in MAGIC if other == kind):
        problems.append(Problem("wrong-extension", f"{kind} data in a file named {promised}"))

    def blocks() -> Iterator[bytes]:
        try:
            yield from inflate(original, kind, shown, limits)
        except CutShortError as error:
            problems.append(Problem("truncated-file", f"{error}; everything before that was read"))

    return spooled(blocks()), name, tuple(problems)


def _table(
    content: Content,
    original: Content,
    shown: str,
    suffix: str,
    problems: tuple[Problem, ...],
    limits: DecompressionLimits,
) -> Source:
    from datalint.sources.tables.arrow import open_arrow
    from datalint.sources.tables.parquet import open_parquet

    is_parquet = content.read(0, 4) == b"PAR1"
    right = (".parquet",) if is_parquet else (".arrow", ".feather")
    if suffix and suffix not in right:
        kind = "Parquet" if is_parquet else "Arrow"
        problems = (*problems, Problem("wrong-extension", f"{kind} data in a file named {suffix}"))
    return (open_parquet if is_parquet else open_arrow)(shown, content, original, problems, limits)


def _workbook(opening: Opening, suffix: str, limits: DecompressionLimits) -> Source:
    from datalint.sources.workbooks.workbook import open_workbook

    if suffix and suffix not in WORKBOOKS:
        wrong = Problem("wrong-extension", f"an Excel workbook in a file named {suffix}")
        opening = opening._replace(problems=(*opening.problems, wrong))
    return open_workbook(opening, limits)


def _as_utf8(content: Content, head: bytes, suffix: str) -> tuple[Content, int, tuple[Problem, ...]]:
    if head.startswith(UTF8_BOM):
        return content, len(UTF8_BOM), (Problem("byte-order-mark", "the file begins with a UTF-8 byte-order mark", 1),)
    found = wide(head)
    if found is None:
        codec = None if suffix in DELIMITED else _code_page(head)
        decoded, problems = (content, ()) if codec is None else converted(content, codec)
        return decoded, 0, problems
    codec, name, mark = found
    decoded = spooled(to_utf8(content.blocks(), codec, mark))
    return decoded, 0, (Problem("wrong-encoding", f"the file is {name}, not UTF-8", 1),)


def _code_page(head: bytes) -> str | None:
    """Return the code page of a file of several lines that begins with ``head``, None if it is UTF-8 so far."""
    *lines, _ = split(head + b"\n" if len(head) < _HEAD else head)
    return code_page([line for _, line in not_utf8_lines(lines)]) if len(lines) > 1 and not head.isascii() else None
