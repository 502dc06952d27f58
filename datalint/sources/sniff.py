"""Detect the format of a file from its bytes; the name is only a hint, and a finding reports if it disagrees."""

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
from datalint.sources.data_files import DELIMITED, JSON, KNOWN, PARTS, TABLES, TAGGED, TEXT, WORKBOOKS
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
from datalint.sources.json_kind import first_line_is_json, open_json, open_lines
from datalint.sources.opening import Opening, first_text
from datalint.sources.readers.ends import line_end
from datalint.sources.readers.jsonl import JsonLines
from datalint.sources.readers.lines import SPACE, split
from datalint.sources.token_marks import may_have_tokens
from datalint.support.named_tuple import NamedTuple

#: The maximum size of a Git LFS pointer by its specification; a longer file that begins like one may contain rows.
POINTER_BYTES: Final = 1024

_HEAD: Final = 1 << 16
_HEADER_BYTES: Final = 1 << 12
#: Lines of a text that are looked at for tabs.
_MANY: Final = 20
#: Names of files that have text in any form, and of those that have no token and its tag on each line.
_OF_LINES: Final = (*TEXT, *PARTS)
_NEVER_TAGGED: Final = (*JSON, ".csv", *TABLES, *WORKBOOKS)
#: Formats of data that are not read; a file with another name is no help.
_FOREIGN: Final = frozenset((".yml", ".yaml", ".xml", ".toml", ".html", ".md"))
_STREAM: Final = re.compile(r"/dev/(?:fd/\d{1,9}|stdin)|/proc/self/fd/\d{1,9}")
_LFS: Final = re.compile(rb"version https://git-lfs\.github\.com/spec/v1\b")


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
            from datalint.sources.readers.token_rows import by_sentence

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
    refuse_binary(content, head, suffix, shown)
    if compression_of(head):
        raise DatalintError(f"{shown} is compressed twice: decompress it once")
    content, start, marked = _as_utf8(content, head, suffix)
    return _text(opening._replace(content=content, start=start, problems=(*problems, *marked)), suffix)


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


def _text(opening: Opening, suffix: str) -> Source:
    content, shown = opening.content, opening.path
    position = first_text(content, opening.start)
    first = content.read(position, position + 1) if position >= 0 else b""
    if position < 0:
        return open_lines(opening, Problem("empty-file", "no record at all"))
    looks_json = first in (b"{", b"[") and (suffix in JSON or first_line_is_json(content, position))
    if (
        suffix not in (*_NEVER_TAGGED, *_FOREIGN)
        and not looks_json
        and (blocks := _blocks(opening, position, suffix)) is not None
    ):
        return blocks
    if suffix in DELIMITED and not looks_json:
        return _delimited(opening, DELIMITED[suffix])
    if suffix in (*JSON, *PARTS) and first not in (b"{", b"[") and _is_header(content, position):
        return _delimited(opening, "csv", Problem("wrong-extension", f"CSV in a file named {suffix}"))
    if suffix in _OF_LINES and not looks_json:
        if _has_tabs(content, position):
            return _delimited(
                opening, "tsv", Problem("wrong-extension", f"tab-separated values in a file named {suffix}")
            )
        from datalint.sources.readers.text import TextLines

        return TextLines(shown, content, opening.original, opening.start, opening.problems, opening.chunk_bytes)
    if suffix in (*TABLES, *WORKBOOKS) or (suffix in KNOWN and suffix not in JSON and looks_json):
        if not looks_json:
            kind = "an Excel workbook" if suffix in WORKBOOKS else suffix[1:].capitalize()
            raise DatalintError(f"{shown} is not {kind}: write it again, or give it its right name")
        wrong = Problem("wrong-extension", f"JSON in a file named {suffix}")
        return open_json(opening, position, suffix, (wrong,))
    if (suffix not in KNOWN or suffix in TAGGED) and _has_tabs(content, position):
        return _delimited(opening, "tsv", Problem("wrong-extension", "tab-separated values in a file not named .tsv"))
    if suffix not in JSON and first not in (b"{", b"[") and shown != "<stdin>":
        if suffix in _FOREIGN:
            raise DatalintError(
                f"{shown}: datalint does not read {suffix} files; convert this one to JSON Lines (.jsonl)"
            )
        raise DatalintError(
            f"cannot detect the format of {shown}: name it {', '.join(KNOWN[:2])}, .csv, .tsv, .parquet, .arrow or "
            ".xlsx, .conll if each line is a token with its tag, or .txt if each line is a text"
        )
    return open_json(opening, position, suffix, ())


def _blocks(opening: Opening, position: int, suffix: str) -> Source | None:
    """Return the source for text in blocks of lines, None for any other text."""
    from datalint.sources.readers.blocks import PLAIN, SEPARATED, TextBlocks, blocks_of

    container = blocks_of(opening.content.read(position, position + _HEAD), tagged=suffix in TAGGED)
    plain = container in (PLAIN, SEPARATED)
    if container is None or (plain and (suffix not in _OF_LINES or _has_tabs(opening.content, position))):
        return None
    start, more = opening.start, opening.problems
    return TextBlocks(opening.path, opening.content, opening.original, start, more, opening.chunk_bytes, container)


def _delimited(opening: Opening, container: str, *more: Problem) -> Source:
    from datalint.sources.readers.delimited_open import open_delimited

    return open_delimited(
        opening.path,
        container,
        opening.content,
        opening.original,
        start=opening.start,
        problems=(*opening.problems, *more),
        given=opening.table,
        chunk_bytes=opening.chunk_bytes,
    )


def _has_tabs(content: Content, position: int) -> bool:
    """Return whether the first lines have the same number of tabs, as those of a table have, but for blank lines."""
    head = content.read(position, position + _HEAD)
    lines = [line for line in head.split(b"\n") if line.strip()][:_MANY]
    tabs = {line.strip(b"\r").count(b"\t") for line in lines}
    return len(lines) == _MANY and len(tabs) == 1 and tabs != {0} and not any(line[:1] in b"\t" for line in lines)


def _is_header(content: Content, position: int) -> bool:
    """Return whether a line is the header of a table: names of columns, and nothing else."""
    from datalint.support.column_names import is_name

    line = content.read(position, min(line_end(content, position + 1), position + _HEADER_BYTES))
    fields = re.split(rb"[,;\t|]", line.strip())
    if len(fields) < 2 and first_text(content, position + len(line)) < 0:
        return False
    return all(is_name(field.decode("utf-8", "replace").strip(' "')) for field in fields)
